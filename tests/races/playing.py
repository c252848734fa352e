"""Plays a schedule at a place, and says what is wrong with what came of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.races import deeds, judging
from tests.races.bots import Bot, Run
from tests.races.department import CONTACTS, ROLES, STAFF, TEAM, UPDATES
from tests.races.places import Place
from tests.races.schedule import BOTS, COLLEAGUE, Schedule, Step
from wikibot.model import Edit, Outcome
from wikibot.runner import Survey

_DEEDS = {
    TEAM: deeds.ROSTER,
    STAFF: deeds.STAFF,
    UPDATES: deeds.UPDATES,
}


@dataclass
class Game:
    """A schedule being played. ``pages`` is what should be on the wiki, by name."""

    place: Place
    pages: dict[str, str | None]
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    deleted: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    saves: int = 0
    merged: int = 0
    not_saved: int = 0

    def title(self, name: str) -> str:
        return f"{self.place.base}/{name}"

    def found(self, *names: str) -> dict[str, str | None]:
        """The pages as the wiki has them, by name."""
        texts = self.place.texts(self.title(name) for name in names)
        return {name: texts[self.title(name)] for name in names}

    def stored(self, text: str) -> str:
        """A text as the wiki keeps it."""
        return text.rstrip() if self.place.merges else text

    def write(self, name: str, text: str) -> None:
        self.place.write(self.title(name), text)
        self.pages[name] = self.stored(text)

    def watch(self, edit: Edit, outcome: Outcome) -> None:
        """Judge a save of the bot that has just happened."""
        name = edit.title.removeprefix(f"{self.place.base}/")
        before, after = self.pages.get(name), self.place.text(edit.title)
        self.pages[name] = after
        self.saves += outcome.kind == "changed"
        self.not_saved += outcome.kind != "changed"
        self.merged += outcome.kind == "changed" and (before or "") != self.stored(edit.old)
        self.told.append(f"    saves {name}: {outcome.kind} {outcome.detail}".rstrip())
        stored = Edit(
            edit.title,
            edit.base,
            self.stored(edit.old),
            self.stored(edit.new),
            edit.summary,
            edit.tasks,
            edit.reasons,
        )
        for problem in judging.judge(stored, outcome, before, after, merges=self.place.merges):
            self.told.append(f"    !! {problem}")
            self.problems.append(problem)


class Watched:
    """A wiki whose saves are judged. Everything else is as it is."""

    def __init__(self, wiki: Any, game: Game) -> None:
        self._wiki, self._game = wiki, game

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wiki, name)

    def save(self, edit: Edit) -> Outcome:
        outcome: Outcome = self._wiki.save(edit)
        self._game.watch(edit, outcome)
        return outcome


def play(schedule: Schedule, place: Place) -> Game:
    """Play a schedule on the department as it begins, then let the bot come to rest."""
    place.fresh(schedule.seed, schedule.parts)
    game = Game(place, {})
    game.pages = game.found(TEAM, STAFF, ROLES, UPDATES)
    bots = {name: Bot(Watched(place.open(), game), place.config()) for name in BOTS}
    for step in schedule.steps:
        game.told.append(str(step))
        if step.who in BOTS:
            bots[step.who].go_on(step.at)
        elif not do(step, game):
            game.told.append("    which cannot be done")
    for bot in bots.values():
        game.told.append("the run ends")
        bot.finish()
    _come_to_rest(game, bots, schedule.parts)
    for bot in bots.values():
        game.problems += [problem for run in bot.runs for problem in _of_run(run)]
    there = game.found(*game.pages)
    for name, text in game.pages.items():
        if there[name] != text:
            game.problems.append(f"{name} is not as it was left")
    return game


def _of_run(run: Run) -> list[str]:
    if run.error:
        return [f"a run ended with {run.error!r}"]
    assert run.plan
    planned = [edit.title for edit in run.plan.edits]
    said = [outcome.title for outcome in run.outcomes]
    return [] if planned == said else [f"planned {planned}, told of {said}"]


def _come_to_rest(game: Game, bots: dict[str, Bot], parts: Collection[str]) -> None:
    """One run that nobody disturbs does everything; a further one has nothing left to do."""
    last = _undisturbed(game, bots["A"], {"changed", "excluded"})
    if last.outcomes:
        last = _undisturbed(game, bots["B"], {"excluded"})
    if last.found and last.plan and not last.error:  # else it is told with the runs
        game.problems += _unsaid(game, last.found)
        if not last.plan.edits + last.plan.held:
            game.problems += _disagreements(game, last.found, {STAFF, CONTACTS} & set(parts))


def _undisturbed(game: Game, bot: Bot, kinds: Collection[str]) -> Run:
    game.told.append("a run that nobody disturbs")
    bot.go_on(1)
    bot.finish()
    run = bot.runs[-1]
    game.problems += [
        f"undisturbed, {outcome.title} is {outcome.kind}"
        for outcome in run.outcomes
        if outcome.kind not in kinds
    ]
    return run


def _unsaid(game: Game, found: Survey) -> Iterator[str]:
    """Regions that people have written into, and no finding says so."""
    said = {f.page for f in found.findings if f.code in ("region-edited", "region-broken")}
    for name, text in game.pages.items():
        title = game.title(name)
        if title in set(found.directory.pages) - said and judging.edited_regions(text or ""):
            yield f"somebody wrote into a region of {name}, and nothing is said"


def _disagreements(game: Game, found: Survey, names: Collection[str]) -> Iterator[str]:
    """People of the team whom a page lacks that should have them, and no finding says so."""
    said = {f.page for f in found.findings}
    if any(f.code.startswith("person-") for f in found.findings):
        return
    members = {member.username for member in found.directory.members} - {""}
    for name in names:
        missing = members - judging.people_of(game.pages.get(name) or "")
        if missing and game.title(name) not in said:
            yield f"{sorted(missing)} should be on {name}, and nothing is said"


# --- what people do -----------------------------------------------------------------------------


def do(step: Step, game: Game) -> bool:
    """Do what a person does; false where it cannot be done."""
    name, text = step.page, game.pages.get(step.page)
    match step.deed:
        case "moves the page" | "moves the page, without a redirect":
            return text is not None and _move(game, name, redirect=step.deed.endswith("page"))
        case "moves the page back":
            return _move_back(game, name)
        case "deletes the page":
            if text is None:
                return False
            game.place.delete(game.title(name))
            game.deleted[name], game.pages[name] = text, None
            return True
        case "brings the page back":
            if text is not None or name not in game.deleted:
                return False
            game.write(name, game.deleted[name])
            return True
        case deed if deed == COLLEAGUE:
            new = _with_a_colleague(text or "", game.pages.get(TEAM) or "", step.at)
        case _:
            deed = _DEEDS.get(name, {}).get(step.deed) or deeds.ANYWHERE[step.deed]
            new = deed(text, step.at, step.word) if text is not None else None
    if new is None or new == text:
        return False
    game.write(name, new)
    return True


def _move(game: Game, name: str, *, redirect: bool) -> bool:
    text = game.pages[name]
    to = f"Old/{name} {len(game.moved) + 1}"
    if game.pages.get(to) is not None:
        return False
    game.place.move(game.title(name), game.title(to), redirect=redirect)
    game.moved[name] = to
    game.pages[to] = text
    game.pages[name] = game.place.text(game.title(name))
    return True


def _move_back(game: Game, name: str) -> bool:
    there, text = game.moved.get(name), game.pages.get(name)
    if not there or (text is not None and not text.startswith("#REDIRECT")):
        return False
    if text is not None:
        game.place.delete(game.title(name))
    game.place.move(game.title(there), game.title(name), redirect=False)
    game.pages[name], game.pages[there] = game.pages[there], None
    del game.moved[name]
    return True


def _with_a_colleague(staff: str, team: str, at: int) -> str | None:
    """The staff list with a person whom it lacks, entered by somebody who has looked."""
    lacking = sorted(judging.people_of(team) - judging.people_of(staff))
    if not lacking:
        return None
    user = lacking[at % len(lacking)]
    name = next(line for line in team.split("\n") if f"User:{user}" in line)
    entry = name.partition("[[")[2].partition("]]")[0]
    title = name.partition("]], ")[2] or "Clerk"
    return deeds.behind_a_row(staff, at, f"[[{entry}]] || {title}")
