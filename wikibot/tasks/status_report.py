"""``status-report``: the week's page from the teams' updates, and the page that lists all weeks."""

from collections.abc import Iterator, Mapping, Sequence

from wikibot.directory import Directory
from wikibot.messages import Messages, load
from wikibot.model import Change, Finding, Item, Site
from wikibot.report import HealthKind, Report, TeamReport, weekly, weeks
from wikibot.tasks.generated import own_region, page_changes
from wikibot.wikitext import escape

TASK = "status-report"

# Symbol and style of each kind. The word says it, too: colour alone is for nobody. Each colour
# has its background, so that dark mode changes none of them, with a contrast of at least 4.5.
_LOOKS: Mapping[HealthKind, tuple[str, str]] = {
    "on-track": ("✔", "background: #00624d; color: #ffffff"),
    "at-risk": ("▲", "background: #ffcc33; color: #202122"),
    "off-track": ("✖", "background: #b32424; color: #ffffff"),
    "done": ("■", "background: #2a4b8d; color: #ffffff"),
    "unknown": ("○", "background: #eaecf0; color: #202122"),
}


def changes(directory: Directory, _findings: Sequence[Finding]) -> list[Change]:
    """The week's page ``<base>/<week>`` and the list of weeks ``<base>``, where they differ."""
    table = directory.config.report
    if not table:
        return []
    words = load(directory.site.language)
    note = f"<!-- {words('report-note')} -->"
    period = str(directory.period)
    index = "\n".join(_index(directory, table.base, words))
    return [
        *page_changes(
            directory,
            f"{table.base}/{period}",
            task=TASK,
            say=words("report-summary", period=period),
            body=body(directory, base=table.base),
            note=note,
        ),
        *page_changes(
            directory,
            table.base,
            task=TASK,
            say=words("report-index-summary"),
            body=index,
            note=note,
        ),
    ]


def body(directory: Directory, *, base: str) -> str:
    """What stands on the week's page ``<base>/<week>``, as wikitext."""
    words = load(directory.site.language)
    lines = _report(weekly(directory), base=base, site=directory.site, words=words)
    return "\n".join(lines).strip()


# --- the week's page ----------------------------------------------------------------------------


def _report(report: Report, *, base: str, site: Site, words: Messages) -> Iterator[str]:
    week = report.period
    first, last = words.date(week.first), words.date(week.last)
    title = words("report-title", period=str(week), first=first, last=last)
    yield f"{title} __NOTOC__"  # the overview is the table of contents
    yield ""
    before = words("report-before", period=str(week.before()))
    after = words("report-after", period=str(week.after()))
    yield " · ".join(
        (
            escape.page(f"{base}/{week.before()}", before),
            escape.page(base, words("report-index")),
            escape.page(f"{base}/{week.after()}", after),
        )
    )
    yield ""
    yield from _overview(report, site, words)
    if report.missing:
        yield f"== {words('report-missing')} =="
        for team in report.missing:
            pages = ", ".join(_expected(title, report, words) for title in team.updates)
            name = escape.item(team.name)
            yield f"* {words('report-missing-team', team=name, pages=pages)}"
        yield ""
    for said in report.teams:
        yield from _team(said, site, words)
    if report.unknown:
        yield f"== {words('report-unknown')} =="
        for found in report.unknown:
            name = escape.item(found.update.team) or words("report-no-name")
            page = escape.page(found.page, found.page)
            yield f"* {words('report-unknown-team', team=name, page=page)}"


def _expected(title: str, report: Report, words: Messages) -> str:
    """Where an update is missing from, and whether it may be there all the same."""
    link = escape.page(title, title)
    return words("report-unreadable", page=link) if title in report.unreadable else link


def _overview(report: Report, site: Site, words: Messages) -> Iterator[str]:
    if not report.teams:
        yield words("report-no-teams")
        yield ""
        return
    yield '{| class="wikitable"'
    yield f"|+ {words('report-overview')}"
    for head in (words("report-team"), words("report-health"), words("report-headline")):
        yield f'! scope="col" | {head}'
    for said in report.teams:
        headline = said.update.headline
        yield "|-"
        yield f'! scope="row" | {escape.section(said.team, said.team)}'
        yield _health(said, words)
        # A long address must not make the page wider than a telephone
        yield (
            '| style="overflow-wrap: anywhere" | '
            + (escape.inline(headline.source, site=site) if headline else "")
        ).rstrip()
    yield "|}"
    yield ""


def _health(said: TeamReport, words: Messages) -> str:
    symbol, style = _LOOKS[said.health]
    word = escape.cell(said.update.health)
    if said.health != "unknown" or not word:
        word = words(f"health-{said.health}")
    return f'| style="{style}" | {symbol} {word}'


def _team(said: TeamReport, site: Site, words: Messages) -> Iterator[str]:
    update = said.update
    yield f"== {escape.heading(said.team)} =="
    page = escape.page(said.page, said.page)
    yield words("report-source", date=words.date(said.date), page=page)
    yield ""
    parts: tuple[tuple[str, tuple[Item, ...]], ...] = (
        (words("report-done"), update.done),
        (words("report-next"), update.next),
        (words("report-blocked-by"), update.blocked_by),
        (words("report-blocking"), update.blocking),
        (words("report-risks"), update.risks),
    )
    for heading, items in parts:
        if items:
            yield f"'''{heading}'''"
            yield from (f"* {escape.inline(item.source, site=site)}" for item in items)
            yield ""


# --- the list of weeks --------------------------------------------------------------------------


def _index(directory: Directory, base: str, words: Messages) -> Iterator[str]:
    page = directory.pages[base]
    region = own_region(directory, base, TASK)
    found = weeks(directory, base=base, listed=region.body(page.text) if region else "")
    newest = escape.page(f"{base}/{found[0]}", str(found[0]))
    yield words("report-newest", page=newest)
    yield ""
    for week in found:
        link = escape.page(f"{base}/{week}", str(week))
        first, last = words.date(week.first), words.date(week.last)
        yield f"* {words('report-week', page=link, first=first, last=last)}"
