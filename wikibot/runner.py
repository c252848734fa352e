"""Survey, plan, apply: the one way that data takes through the program."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from wikibot import checks
from wikibot import plan as plans
from wikibot.config import Config
from wikibot.directory import Directory, Facts, World, join
from wikibot.errors import PlanError, Terminated, WikiError
from wikibot.model import Change, Edit, Finding, Outcome, OutcomeKind, Page, Site
from wikibot.past import Past
from wikibot.period import Period
from wikibot.readings import read, watched
from wikibot.tasks import MENDING, TASKS, modules_needed, templates_needed
from wikibot.tasks.reminder import accounts_to_notify
from wikibot.titles import normal_title, translated
from wikibot.wiki.protocol import Wiki
from wikibot.wikitext.exclusion import excluded
from wikibot.wikitext.redirects import redirect_target
from wikibot.wikitext.saved import reads_as

Say = Callable[[str], None]
ROUNDS = 8  # more than a change can have consequences of consequences


@dataclass(frozen=True, slots=True)
class Survey:
    """What the pages say and what is wrong with it."""

    directory: Directory
    findings: tuple[Finding, ...]


def survey(
    wiki: Wiki,
    config: Config,
    *,
    period: Period,
    today: date,
    until: date | None = None,
    past: Past = Past(),
    ask: Callable[[Directory], World] = lambda _: World(),
    say: Say = lambda _: None,
) -> Survey:
    """Load and read the pages of a configuration, ask what must be known of them, and check.

    ``until`` is the day up to which updates were awaited, today if it is not given. ``past`` is
    what earlier runs have seen. ``ask`` gets what only reports need, see :mod:`wikibot.gathering`.
    """
    titles = watched(config, period)
    say(f"reading {len(titles)} pages")
    site = config.on(wiki.site())
    templates = [f"{config.wiki.templates}{name}" for name in templates_needed(config)]
    templates += modules_needed(config, site)
    loaded = wiki.load([*titles, *templates])
    pages = {title: loaded[title] for title in titles}
    readings = read(config, site, pages, period=period)
    say("asking about accounts and links")
    targets = readings.link_targets() | _led_to((loaded[title] for title in templates), site)
    known = {title: page.exists or bool(page.problem) for title, page in loaded.items()}
    facts = Facts(
        accounts=wiki.accounts(
            sorted(readings.usernames() | accounts_to_notify(config, site)),
            since=today - timedelta(days=config.limits.inactive_days),
        ),
        exists=known | wiki.exists(sorted(targets - known.keys())),
        templates={title: loaded[title] for title in templates},
    )
    elsewhere = readings.anchor_targets() - set(pages)
    if elsewhere:
        readings = readings.with_pages(wiki.load(sorted(elsewhere)))
    directory = join(
        readings,
        config=config,
        site=site,
        facts=facts,
        period=period,
        today=today,
        until=until or today,
    )
    directory = replace(directory, past=past.looking_at(readings, today=today))
    directory = replace(directory, world=ask(directory))
    return Survey(directory, checks.run(directory))


def _led_to(pages: Iterable[Page], site: Site) -> set[str]:
    """The titles that those of the pages lead to that are redirects."""
    found = set()
    for page in pages:
        if page.redirect:
            try:
                found.add(normal_title(redirect_target(page.text), site))
            except ValueError:
                continue  # it leads nowhere
    return found


def make_plan(found: Survey, tasks: Sequence[str]) -> plans.Plan:
    """What the tasks want, merged into one edit a page, after the guards.

    One change can make another one necessary: a title that is mended stands on generated pages,
    too. So the tasks are asked again, of the pages as they would be, until nothing more changes;
    after that a second run has nothing left to do. Those that mend are asked until they are done
    before the others, which would have to write their pages twice.
    """
    directory, findings = found.directory, found.findings
    config = directory.config
    stages = [[t for t in tasks if t in MENDING], [t for t in tasks if t not in MENDING]]
    edits: dict[str, Edit] = {}
    held: dict[str, plans.Held] = {}
    for _ in range(ROUNDS):
        more: tuple[Edit, ...] = ()
        for stage in stages:
            changes = [change for name in stage for change in TASKS[name](directory, findings)]
            more, refused = _edits(changes, directory, held)
            held |= {item.title: item for item in refused}
            if more:
                break
        if not more:
            break
        for edit in more:
            edits[edit.title] = plans.follow(edits.get(edit.title), edit, config=config)
        directory = _after(directory, more)
        findings = checks.run(directory)
    else:
        for edit in more:
            held[edit.title] = plans.Held(edit.title, "its changes undo each other; report this")
    kept = [e for e in edits.values() if e.title not in held and e.old != e.new]
    allowed, late = plans.limited(kept, config=config)
    return plans.Plan(
        wiki=address(config),
        tasks=tuple(tasks),
        period=str(directory.period),
        edits=allowed,
        held=(*held.values(), *late),
        findings=found.findings,
    )


def _edits(
    changes: Sequence[Change], directory: Directory, held: Container[str]
) -> tuple[tuple[Edit, ...], tuple[plans.Held, ...]]:
    """The edits that changes of pages not ``held`` come to, and what is held back of them."""
    wanted = dict.fromkeys(change.title for change in changes if change.title not in held)
    alone = {title: why for title in wanted if (why := _left_alone(title, directory))}
    edits, refused = plans.build(
        [change for change in changes if change.title in wanted and change.title not in alone],
        directory.pages,
        config=directory.config,
        site=directory.site,
    )
    return edits, (*(plans.Held(title, why) for title, why in alone.items()), *refused)


def _after(directory: Directory, edits: Iterable[Edit]) -> Directory:
    """The directory as it would be after the edits; a page that they create is there then.

    Only what they change is read again.
    """
    pages = dict(directory.pages)
    for edit in edits:
        page = pages[edit.title]
        model = page.model if page.exists else edit.model
        pages[edit.title] = replace(page, text=edit.new, revision=page.revision or 0, model=model)
    readings = read(
        directory.config,
        directory.site,
        pages,
        period=directory.period,
        earlier=directory.readings,
    )
    joined = join(
        readings,
        config=directory.config,
        site=directory.site,
        facts=directory.facts,
        period=directory.period,
        today=directory.today,
        until=directory.until,
        world=directory.world,
    )
    return replace(joined, past=directory.past)


def _left_alone(title: str, directory: Directory) -> str:
    """Why a page is not edited, whatever the tasks want: an empty source removes everybody, one
    that was cut removes many.
    """
    if directory.readings.broken[title]:
        return "its managed regions are broken (region-broken)"
    source = translated(title)
    if source and "<translate" in directory.pages[source].text:
        return f"it is generated by the Translate extension from “{source}”; name that page instead"
    if unread := directory.unread_sources(title):
        return f"nothing could be read from {', '.join(f'“{page}”' for page in unread)}"
    return "; ".join(directory.shrunk_sources(title))


def address(config: Config) -> str:
    """What a plan remembers of the wiki that it was made for."""
    return config.wiki.api or str((config.folder or Path()).resolve())


def apply(wiki: Wiki, plan: plans.Plan, *, config: Config) -> Iterator[Outcome]:
    """Save the edits of a plan, one outcome each, as it happens.

    A page that is at another revision than the plan was made from is left alone, unless it reads
    as planned already. The guards are asked again: a plan is a file that can be changed. Each page
    is looked at just before it is saved, for there may be minutes between two edits, and so is the
    shut-off page. After an outcome with ``stop``, when the shut-off page is set, and on a wiki that
    takes no edits, nothing more is saved. An interrupt (SIGTERM) ends the run after the page in
    hand has been looked at again.
    """
    if plan.wiki != address(config):
        raise PlanError(
            f"The plan was made for “{plan.wiki}”, the configuration is about "
            f"“{address(config)}”; use the configuration that it was made with."
        )
    if not plan.edits:
        return
    site = config.on(wiki.site())
    stop = ""
    tried = False
    for edit in plan.edits:
        if not stop:
            try:
                page = wiki.load([edit.title])[edit.title]
                if outcome := _settled(edit, page, config=config, site=site):
                    yield outcome
                    continue
                if not tried:  # a wiki that is read-only would be tried again for minutes
                    stop = wiki.why_not_writable() or ""
                stop = stop or wiki.stop_reason() or ""
            except WikiError as error:  # what was done before is still told
                stop = str(error)
        if stop:
            yield Outcome(edit.title, "failed", f"not tried: {stop}", stop=stop)
            continue
        try:
            outcome = wiki.save(edit)
        except Terminated as interrupt:
            outcome = _look_again(wiki, edit, stop=str(interrupt))
        tried = True
        stop = outcome.stop
        yield outcome


def _settled(edit: Edit, page: Page, *, config: Config, site: Site) -> Outcome | None:
    """The outcome of an edit that need not, or must not, be tried."""
    if page.exists and page.text.rstrip() == edit.new.rstrip():  # as after a plan applied twice
        return Outcome(edit.title, "unchanged", revision=page.revision)
    return _objection(edit, page, config=config, site=site)


def _objection(edit: Edit, page: Page, *, config: Config, site: Site) -> Outcome | None:
    """Why an edit is not tried; a plan may be old, and people may have changed the file."""
    if page.problem:
        return Outcome(edit.title, "failed", f"cannot be read: {page.problem}")
    if not config.may_write(edit.title):
        return Outcome(edit.title, "refused", plans.NOT_ALLOWED)
    if page.revision != edit.base:
        return _moved_on(edit, page, user=config.wiki.user or "wikibot")
    if page.text != edit.old:
        detail = f"the plan has another text of revision {edit.base} than the wiki; make it anew"
        return Outcome(edit.title, "refused", detail)
    if held := next(plans.objections(edit, config, site), None):
        return Outcome(edit.title, "refused", held.why)
    return None


def _moved_on(edit: Edit, page: Page, *, user: str) -> Outcome:
    since = "since the plan was made"
    if not page.exists:
        return Outcome(edit.title, "missing", f"was deleted, or moved away, {since}")
    kind: OutcomeKind
    if edit.base is None:
        kind, detail = "moved on", f"was created {since}"
    elif page.redirect:
        kind, detail = "moved on", f"is a redirect now, {since}"
    elif page.model != edit.model:
        kind, detail = "moved on", f"is not {edit.model} any more ({page.model}), {since}"
    elif excluded(page.text, user):
        kind, detail = "excluded", f"keeps the bot away ({{{{bots}}}}), {since}"
    else:
        kind = "moved on"
        detail = f"is at revision {page.revision}, the plan was made from {edit.base}"
    return Outcome(edit.title, kind, detail, page.revision)


def _look_again(wiki: Wiki, edit: Edit, *, stop: str) -> Outcome:
    """Whether an interrupted save has reached the wiki. Others may have edited the page, too."""
    try:
        page = wiki.load([edit.title])[edit.title]
    except WikiError as error:
        detail = f"whether it was saved is not known: {stop}, and then: {error}"
        return Outcome(edit.title, "failed", detail, stop=stop)
    if page.exists and reads_as(page.text, edit.new):
        return Outcome(edit.title, "changed", "saved while ending", page.revision, stop=stop)
    if page.revision != edit.base:
        detail = f"whether it was saved is not known, look at the page's history: {stop}"
        return Outcome(edit.title, "failed", detail, stop=stop)
    return Outcome(edit.title, "failed", f"not saved: {stop}", stop=stop)


def exit_code(outcomes: Iterable[Outcome], held: Iterable[plans.Held] = ()) -> int:
    """0: everything planned is on the wiki; 1: some page was not saved; 2: the run was stopped."""
    outcomes = tuple(outcomes)
    if any(outcome.stop for outcome in outcomes):
        return 2
    done = all(outcome.kind in ("changed", "unchanged") for outcome in outcomes)
    return 0 if done and not any(h.serious for h in held) else 1
