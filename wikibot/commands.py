"""What each command does, once the command line has been understood.

Each function returns the exit code. stdout is data, stderr is talk.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from wikibot import config as configuration
from wikibot import (
    confirmation,
    fights,
    gathering,
    messages,
    on_wiki,
    printing,
    removals,
    runner,
    state,
    talk,
)
from wikibot import plan as plans
from wikibot.checks import CODES
from wikibot.config import Config
from wikibot.directory import Directory, World
from wikibot.errors import Busy, ConfigError, Terminated, Trouble
from wikibot.model import Outcome, Site
from wikibot.period import Kind, Period, parse, period_with
from wikibot.readings import people_pages
from wikibot.reports import telling
from wikibot.reports.data import as_data
from wikibot.reports.problems import problems
from wikibot.runs import Lapse, Notes, Run, current, lapses
from wikibot.signals import held_back
from wikibot.tasks import TASKS, reminder, status_report
from wikibot.tasks import runs as runs_page
from wikibot.titles import normal_title
from wikibot.who import GOOD, search
from wikibot.wiki.protocol import Wiki

RUNS_SHOWN = 10
RUNS_LOOKED_AT = 500
RUNS_TOLD = timedelta(days=30)  # on the page


@dataclass(frozen=True, slots=True)
class Session:
    """One configuration with its wiki and state opened."""

    config: Config
    wiki: Wiki
    state: state.State
    period: Period
    today: date
    until: date
    say: Callable[[str], None]
    notes: Notes

    def survey(
        self, tasks: Sequence[str] = (), *, confirmed: Sequence[str] = (), remembering: bool = True
    ) -> runner.Survey:
        """What the pages say, and what else of the world the tasks need.

        ``confirmed`` are pages that are right, although they have shrunk; the next run knows it,
        and whatever else was seen, if it is ``remembering``.
        """
        found = runner.survey(
            self.wiki,
            self.config,
            period=self.period,
            today=self.today,
            until=self.until,
            past=self.state.past.load().confirming(confirmed),
            ask=lambda directory: self._world(directory, tasks),
            say=self.say,
        )
        if remembering:
            self.state.past.keep(removals.noted(found.directory, found.findings))
        return found

    def plan(self, found: runner.Survey, tasks: Sequence[str]) -> plans.Plan:
        """What the tasks want, without what others put back each time."""
        return fights.without(runner.make_plan(found, tasks), self.wiki)

    def _world(self, directory: Directory, tasks: Sequence[str]) -> World:
        from wikibot.sources import phabricator

        world = World()
        if status_report.TASK in tasks and self.config.report:
            world = gathering.gather(
                self.wiki,
                directory,
                token=phabricator_token(),
                fetch=phabricator.fetch,
                say=self.say,
            )
        if reminder.TASK in tasks:
            world = gathering.reminding(self.wiki, directory, world)
        if runs_page.TASK in tasks and self.config.runs.page:
            world = replace(world, lapses=self._lapses(tasks))
        return world

    def _lapses(self, tasks: Sequence[str]) -> tuple[Lapse, ...]:
        """What went wrong of late; this run counts as one that is good, or nobody will read it."""
        now = datetime.now(UTC)
        known = self.state.last_runs(RUNS_LOOKED_AT)[::-1]
        this = Run(self.state.started, 0, tuple(tasks), 0, ())
        found = lapses([*known, this], every=self.config.runs.every, now=now)
        return tuple(lapse for lapse in found if now - (lapse.until or now) < RUNS_TOLD)


def phabricator_token() -> str:
    """The token from the environment, ``""`` when there is none."""
    from wikibot.sources.conduit import TOKEN

    return os.environ.get(TOKEN, "").strip()


def config_files(paths: Sequence[Path]) -> list[Path]:
    """The configuration files that ``--config`` names; a folder stands for those in it."""
    files: list[Path] = []
    for path in paths or [Path("wikibot.toml")]:
        if path.is_dir():
            found = sorted(path.glob("*.toml"))
            if not found:
                raise ConfigError(f"{path}: there is no configuration (*.toml) in this folder.")
            files += found
        else:
            files.append(path)
    return files


@contextmanager
def session(
    path: Path,
    *,
    state_dir: Path | None,
    period: str | None,
    kind: Kind | None = None,
    say: Callable[[str], None] = lambda _: None,
    also_write: Callable[[Config], tuple[str, ...]] = lambda _: (),
    writes: Sequence[str] = (),
) -> Iterator[Session]:
    """Open a configuration, its state and its wiki; close them at the end.

    ``period`` is the name of one, or “last”; ``kind`` which one it must be, and which is meant
    when none is named: a week if it may be any. ``also_write`` names titles that this command may
    write beside those of ``write_under``. ``writes`` are the tasks of a command that writes: it is
    recorded as a run, also when it comes to nothing.
    """
    config = configuration.load(path)
    config = config.allowing(also_write(config))
    _check_names(path, config)
    today = datetime.now(UTC).date()
    about = _period(period, today, kind, config)
    remembered = state.open_state(config, directory=state_dir)
    notes = Notes(tuple(writes))
    try:
        with recorded(config, remembered, notes) if writes else nullcontext():
            say(f"opening {runner.address(config)}")
            wiki = open_wiki(config, remembered)
            try:
                if config.wiki.config_page:
                    config = on_wiki.complete(config, wiki).allowing(also_write(config))
                    _check_names(path, config)
                    about = _period(period, today, kind, config)
                # what is asked for by name counts as over
                until = about.last if period else today
                yield Session(config, wiki, remembered, about, today, until, say, notes)
            finally:
                notes.requests = wiki.requests
                wiki.close()
    finally:
        remembered.close()


def status(path: Path, *, state_dir: Path | None, form: str) -> int:
    """Print the last runs of a configuration and what is wrong with them; 1 when something is.

    Nothing is asked of the wiki.
    """
    config = configuration.load(path)
    remembered = state.open_state(config, directory=state_dir)
    try:
        known = remembered.last_runs(RUNS_LOOKED_AT)
    finally:
        remembered.close()
    now = datetime.now(UTC)
    wrong = current(lapses(known[::-1], every=config.runs.every, now=now))
    shown = known[:RUNS_SHOWN]
    if form == "json":
        data = {
            "configuration": str(path),
            "runs": [printing.run_json(run) for run in shown],
            "wrong": [printing.lapse_json(lapse) for lapse in wrong],
        }
        click.echo(printing.as_json(data))
    else:
        echo_lines(printing.runs_text(str(path), shown, wrong, now=now))
    return 1 if wrong else 0


@contextmanager
def recorded(config: Config, remembered: state.State, notes: Notes) -> Iterator[None]:
    """Note what became of a run, whatever ended it, and tell those who want to know.

    Not of one that has not begun, because another one is at work.
    """
    begun = True
    try:
        yield
    except Busy:
        begun = False
        raise
    except BrokenPipeError:
        notes.trouble = "nobody reads the output any more"
        raise
    except BaseException as end:
        notes.trouble = notes.trouble or str(end) or type(end).__name__
        raise
    finally:
        if begun:
            _record(config, remembered, notes)


def _record(config: Config, remembered: state.State, notes: Notes) -> None:
    with held_back():
        run = remembered.record_run(
            tasks=notes.tasks,
            findings=notes.findings,
            outcomes=notes.outcomes,
            requests=notes.requests,
            trouble=notes.trouble,
            held=notes.held,
            lacking=notes.lacking,
        )
    if config.runs.webhook:
        from wikibot.sources import webhook

        webhook.tell(run, config=config, told=remembered.facts)


def _period(period: str | None, today: date, kind: Kind | None, config: Config) -> Period:
    starts = config.report.fiscal_year_starts if config.report else 1
    now = period_with(today, kind or "week", fiscal_year_starts=starts)
    if period is None:
        return now
    if period == "last":
        return now.before()
    try:
        named = parse(period, fiscal_year_starts=starts)
    except Trouble as trouble:
        raise Trouble(f"--period {period}: {trouble}") from None
    if kind and named.kind != kind:
        example = period_with(named.first, kind, fiscal_year_starts=starts)
        raise Trouble(f"--period {period}: should be a {kind}, such as {example}.")
    return named


def _check_names(path: Path, config: Config) -> None:
    for task in config.runs.every_hours:
        if task not in TASKS:
            known = ", ".join(TASKS)
            raise ConfigError(f"{path}: runs.every_hours: there is no task “{task}”; use {known}.")
    named = {
        *(("severity", code) for code in config.checks.severity),
        *(("ignore", entry.code) for entry in config.checks.ignore if entry.code),
    }
    for key, code in sorted(named):
        if code not in CODES:
            raise ConfigError(
                f"{path}: checks.{key}: there is no check “{code}”; docs/checks.md lists them."
            )


def open_wiki(config: Config, remembered: state.State) -> Wiki:
    """The wiki that the configuration is about; Pywikibot is imported only when it is needed."""
    if config.folder:
        from wikibot.wiki.folder import FolderWiki

        return FolderWiki(
            config.folder,
            may_write=config.may_write,
            user=config.wiki.user or "wikibot",
            stop_page=config.wiki.stop,
            clock=lambda: datetime.now(UTC),
        )
    from wikibot.wiki.live import open_live

    return open_live(
        config,
        state_dir=remembered.path,
        revisions=remembered.revisions,
        facts=remembered.facts,
    )


def echo_lines(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


# --- look ---------------------------------------------------------------------------------------


def check(s: Session, *, form: str) -> int:
    """Print the findings."""
    found = s.survey()
    pages = {**found.directory.facts.templates, **found.directory.pages}

    def url(title: str, line: int) -> str:
        return s.wiki.url(title, revision=pages[title].revision, line=line)

    match form:
        case "json":
            data = {
                "period": str(s.period),
                "findings": printing.findings_json(found.findings, url=url),
            }
            click.echo(printing.as_json(data))
        case "github":
            echo_lines(printing.findings_github(found.findings, file=url))
        case _:
            echo_lines(printing.findings_text(found.findings, url=url))
    return 1 if found.findings else 0


def plan(s: Session, *, tasks: Sequence[str], output: Path | None, form: str) -> int:
    """Print, or save, what a run would do."""
    found = s.survey(tasks)
    made = s.plan(found, tasks)
    if output:
        plans.write(made, output)
        talk.say(f"The plan is in {output}; wikibot apply {output} saves it.")
    if form == "json":
        click.echo(plans.dumps(made), nl=False)
    else:
        echo_lines(printing.plan_text(made))
    return _pending(made)


def _pending(made: plans.Plan) -> int:
    return 1 if made.edits or any(held.serious for held in made.held) else 0


def show(s: Session, *, what: str, person: str | None, form: str) -> int:
    """Print the directory, or what is ``person``'s of it; 1 when no roster has the person."""
    directory = s.survey().directory
    members, duties = directory.members, directory.duties
    if person:
        members = tuple(m for m in members if m.answers_to(person))
        duties = tuple(duty for duty in duties if set(members) & set(duty.members))
        if not members:
            talk.say(f"“{person}” is on no roster; wikibot show roster lists who is.")
    if form == "json":
        data: Any = {"people": [printing.member_json(m) for m in members]}
        if what != "roster":
            data = {"roles": [printing.duty_json(duty) for duty in duties]}
        click.echo(printing.as_json(data))
    elif what == "roster":
        echo_lines(printing.member_text(member) for member in members)
    else:
        for duty in duties:
            echo_lines(printing.duty_text(duty, activities=what == "duties"))
    return 1 if person and not members else 0


def who(s: Session, *, query: str, form: str) -> int:
    """Print whom to ask."""
    directory = s.survey().directory
    answers = search(directory, query)
    good = [answer for answer in answers if answer.score >= GOOD]
    offered = (good or answers)[:10]
    if not good:
        contacts = directory.config.contacts
        ask = f"; ask on {contacts.fallback}" if contacts and contacts.fallback else ""
        near = " The nearest are:" if offered else ""
        talk.say(f"Nothing matches “{query}”{ask}.{near}")
    if form == "json":
        click.echo(printing.as_json([printing.answer_json(answer) for answer in offered]))
    else:
        for answer in offered:
            echo_lines(printing.answer_text(answer))
    return 0 if good else 1


def report(s: Session, *, form: str) -> int:
    """Print the report on the period; 1 when something is missing from it."""
    if not s.config.report:
        raise ConfigError(f"{s.config.path}: report: is missing; add [report] with base.")
    found = s.survey([status_report.TASK])
    directory, findings = found.directory, found.findings
    match form:
        case "wikitext":
            click.echo(status_report.body(directory, findings, period=s.period))
        case "json":
            click.echo(printing.as_json(as_data(telling.tell(directory, findings))))
        case _:
            told = telling.tell(directory, findings)
            url = s.wiki.url(f"{s.config.report.base}/{s.period}")
            words = messages.load(directory.site.language)
            mail = "\n".join(telling.as_mail(told, words=words, url=url))
            click.echo(mail.encode())  # the mail says so, whatever the terminal has
    return 1 if _tell_problems(found, serious_only=False) else 0


def _tell_problems(found: runner.Survey, *, serious_only: bool) -> int:
    """Say on stderr what a report could not be made of; how much that is."""
    lacking = [p for p in problems(found.directory) if p.serious or not serious_only]
    for said in dict.fromkeys(map(telling.problem_in_full, lacking)):
        talk.say(f"missing from the report: {said}", level="error")
    return len(lacking)


# --- write --------------------------------------------------------------------------------------


def apply(s: Session, *, file: Path, form: str) -> int:
    """Save a plan that was made before."""
    made = plans.read(file)
    with s.state.lock():
        return save(s, made, form=form)


def run(
    s: Session,
    *,
    tasks: Sequence[str],
    dry_run: bool,
    form: str,
    yes: bool = False,
    confirmed: Sequence[str] = (),
) -> int:
    """Plan and save; on a wiki to which the bot has never written, save only with ``yes``.

    ``confirmed`` are pages that are right, although they have shrunk.
    """
    confirmed = [_people_page(s.config, title) for title in confirmed]
    with s.state.lock():
        # to try what a confirmation would do is not to confirm
        found = s.survey(tasks, confirmed=confirmed, remembering=not (dry_run and confirmed))
        made = s.plan(found, tasks)
        if form == "text":
            echo_lines(printing.plan_text(made))
        sure = dry_run or yes or not made.edits
        asked = not sure and confirmation.is_asked(s.state, s.wiki)
        if dry_run or asked:
            if form == "json":
                click.echo(plans.dumps(made), nl=False)
            if asked:
                confirmation.ask(s.notes)
            return _pending(made)
        code = save(s, made, form=form)
        if form == "text":
            talk.say(f"Checked before: {printing.summary(found.findings)}")
        s.notes.lacking = _tell_problems(found, serious_only=True)
        return max(code, 1 if s.notes.lacking else 0)


def _people_page(config: Config, said: str) -> str:
    """The title of a page that names people or roles, as somebody wrote it."""
    with suppress(ValueError):
        title = normal_title(said, Site())
        if title in people_pages(config):
            return title
    raise Trouble(
        f"--confirm-shrunk “{said}”: is no page of a team, of roles, or of staff in {config.path}; "
        f"write its title as the configuration does."
    )


def save(
    s: Session,
    made: plans.Plan,
    *,
    form: str,
    told: Callable[[Outcome], None] = lambda _: None,
) -> int:
    """Save and tell; whatever happens to the telling, what was done is recorded.

    ``told`` gets each outcome as it happens.
    """
    notes = s.notes
    notes.tasks, notes.findings = made.tasks, len(made.findings)
    notes.held = sum(held.serious for held in made.held)
    minutes = len(made.edits) * s.config.limits.put_throttle / 60 if s.config.wiki.api else 0
    if minutes >= 2:
        talk.say(f"{len(made.edits)} edits, one at a time: about {minutes:.0f} minutes.")
    try:
        for number, outcome in enumerate(runner.apply(s.wiki, made, config=s.config), start=1):
            notes.outcomes.append(outcome)
            told(outcome)
            notes.trouble = outcome.stop
            if form == "text":
                click.echo(printing.outcome_text(outcome))
            s.say(f"{number} of {len(made.edits)} edits")
    except Terminated as interrupt:  # between two saves
        notes.trouble = str(interrupt)
    if form == "json":
        data = {
            "outcomes": printing.outcomes_json(notes.outcomes),
            "held": [{"title": h.title, "why": h.why} for h in made.held],
        }
        click.echo(printing.as_json(data))
    if notes.trouble:
        talk.say(f"stopped: {notes.trouble}", level="error")
        return 2
    return runner.exit_code(notes.outcomes, made.held)
