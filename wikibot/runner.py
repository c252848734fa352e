"""Survey, plan, apply: the one way that data takes through the program."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wikibot import checks
from wikibot import plan as plans
from wikibot.config import Config
from wikibot.directory import Directory, Facts, join
from wikibot.errors import PlanError, Terminated
from wikibot.model import Edit, Finding, Outcome
from wikibot.period import Period
from wikibot.readings import read, watched
from wikibot.tasks import TASKS
from wikibot.wiki.protocol import Wiki

Say = Callable[[str], None]
STOP_PAGE_EVERY = 5  # edits between two looks at the shut-off page


@dataclass(frozen=True, slots=True)
class Survey:
    """What the pages say and what is wrong with it."""

    directory: Directory
    findings: tuple[Finding, ...]


def survey(
    wiki: Wiki, config: Config, *, period: Period, today: date, say: Say = lambda _: None
) -> Survey:
    """Load and read the pages of a configuration, ask what must be known of them, and check."""
    titles = watched(config, period)
    say(f"reading {len(titles)} pages")
    site = wiki.site()
    pages = wiki.load(titles)
    readings = read(config, site, pages)
    say("asking about accounts and links")
    targets = readings.link_targets() - set(pages)
    known = {title: page.exists for title, page in pages.items()}
    facts = Facts(
        accounts=wiki.accounts(
            sorted(readings.usernames()),
            since=today - timedelta(days=config.limits.inactive_days),
        ),
        exists=known | wiki.exists(sorted(targets)),
    )
    elsewhere = readings.anchor_targets() - set(pages)
    if elsewhere:
        readings = readings.with_pages(wiki.load(sorted(elsewhere)))
    directory = join(readings, config=config, site=site, facts=facts, period=period, today=today)
    return Survey(directory, checks.run(directory))


def make_plan(found: Survey, tasks: Sequence[str]) -> plans.Plan:
    """What the tasks want, merged into one edit a page, after the guards."""
    directory = found.directory
    changes = [change for name in tasks for change in TASKS[name](directory, found.findings)]
    reasons = {c.title: why for c in changes if (why := _left_alone(c.title, directory))}
    edits, held = plans.build(
        [change for change in changes if change.title not in reasons],
        directory.pages,
        config=directory.config,
        site=directory.site,
    )
    return plans.Plan(
        wiki=address(directory.config),
        tasks=tuple(tasks),
        period=str(directory.period),
        edits=edits,
        held=(*(plans.Held(title, why) for title, why in reasons.items()), *held),
        findings=found.findings,
    )


def _left_alone(title: str, directory: Directory) -> str:
    """Why a page is not edited, whatever the tasks want: an empty source removes everybody."""
    if directory.readings.broken[title]:
        return "its managed regions are broken (region-broken)"
    unread = [source for source in directory.sources_of(title) if source in directory.unread()]
    if unread:
        return f"nothing could be read from {', '.join(f'“{source}”' for source in unread)}"
    return ""


def address(config: Config) -> str:
    """What a plan remembers of the wiki that it was made for."""
    return config.wiki.api or (config.wiki.folder or "")


def apply(wiki: Wiki, plan: plans.Plan, *, config: Config) -> Iterator[Outcome]:
    """Save the edits of a plan, one outcome each, as it happens.

    A page that is at another revision than the plan was made from is left alone. After an
    outcome with ``stop``, and when the shut-off page is set, nothing more is saved. An interrupt
    (SIGTERM) ends the run after the page in hand has been looked at again.
    """
    if plan.wiki != address(config):
        raise PlanError(
            f"The plan was made for “{plan.wiki}”, the configuration is about "
            f"“{address(config)}”; use the configuration that it was made with."
        )
    pages = wiki.load([edit.title for edit in plan.edits]) if plan.edits else {}
    stop = ""
    saved = 0
    for edit in plan.edits:
        if stop:
            yield Outcome(edit.title, "failed", f"not tried: {stop}", stop=stop)
            continue
        page = pages[edit.title]
        if page.revision != edit.base:
            yield _moved_on(edit, page.revision)
            continue
        if page.exists and page.text == edit.new:
            yield Outcome(edit.title, "unchanged", revision=page.revision)
            continue
        if not config.may_write(edit.title):
            yield Outcome(edit.title, "refused", "is not among the titles that the bot may write")
            continue
        if saved % STOP_PAGE_EVERY == 0 and (reason := wiki.stop_reason()):
            stop = reason
            yield Outcome(edit.title, "failed", f"not tried: {stop}", stop=stop)
            continue
        try:
            outcome = wiki.save(edit)
        except Terminated as interrupt:
            outcome = _look_again(wiki, edit, stop=str(interrupt))
        saved += 1
        stop = outcome.stop
        yield outcome


def _moved_on(edit: Edit, revision: int | None) -> Outcome:
    if revision is None:
        return Outcome(edit.title, "missing", "was deleted since the plan was made")
    if edit.base is None:
        return Outcome(
            edit.title, "moved on", "was created since the plan was made", revision=revision
        )
    return Outcome(
        edit.title,
        "moved on",
        f"is at revision {revision}, the plan was made from {edit.base}",
        revision=revision,
    )


def _look_again(wiki: Wiki, edit: Edit, *, stop: str) -> Outcome:
    """Whether an interrupted save has reached the wiki."""
    page = wiki.load([edit.title])[edit.title]
    if page.exists and page.text == edit.new:
        return Outcome(edit.title, "changed", "saved while ending", page.revision, stop=stop)
    return Outcome(edit.title, "failed", f"not saved: {stop}", stop=stop)


def exit_code(outcomes: Iterable[Outcome], held: Iterable[plans.Held] = ()) -> int:
    """0: everything planned is on the wiki; 1: some page was not saved; 2: the run was stopped."""
    outcomes = tuple(outcomes)
    if any(outcome.stop for outcome in outcomes):
        return 2
    done = all(outcome.kind in ("changed", "unchanged") for outcome in outcomes)
    return 0 if done and not any(h.serious for h in held) else 1
