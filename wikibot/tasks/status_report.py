"""``status-report``: the pages of the week, of its month and quarter, and the one that lists them.

What is a report made of is in :mod:`wikibot.reports`; here is which pages there are, and when
they are left alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from wikibot.config import ReportTable
from wikibot.directory import Directory, World
from wikibot.messages import Messages, load
from wikibot.model import Change, Finding, PagePart
from wikibot.period import Period
from wikibot.readings import report_periods
from wikibot.reports.index_page import index_body
from wikibot.reports.markup import TEMPLATES, Pen
from wikibot.reports.page import Place, weekly_parts
from wikibot.reports.rollup import rollup
from wikibot.reports.rollup_page import rollup_parts
from wikibot.reports.story import Story, story
from wikibot.reports.weekly import reports_listed, weekly
from wikibot.tasks.generated import (
    own_region,
    page_changes,
    templates_missing,
    without_template,
)
from wikibot.tasks.parts import parts_changes
from wikibot.wikitext import escape

TASK = "status-report"


def changes(directory: Directory, findings: Sequence[Finding]) -> list[Change]:
    """The pages ``<base>/<period>`` and ``<base>``, where they differ from what they should say."""
    table = directory.config.report
    if not table:
        return []
    words = load(directory.site.language)
    note = f"<!-- {words('report-note')} -->"
    missing = missing_templates(directory)
    renamed = {
        ("team", alias): ("team", team.name)
        for team in directory.config.team
        for alias in team.aliases
    }
    found: list[Change] = []
    told, pen = story(directory), _pen(directory)
    wanted = [(directory, told, period) for period in report_periods(table, directory.period)]
    wanted += [(late, story(late), late.period) for late in late_weeks(directory, told)]
    for about, said, period in wanted:
        title = f"{table.base}/{period}"
        say = words("report-summary", period=str(period))
        if is_frozen(about, period) or is_too_early(about, said, period):
            continue
        if missing:
            found.append(Change(title, TASK, say, obstacle=without_template(missing[0])))
            continue
        parts = report_parts(about, said, findings, pen, period=period)
        found += parts_changes(
            about,
            title,
            task=TASK,
            say=say,
            parts=parts,
            note=note,
            headings=_headings(about, period, words),
            renamed=renamed,
        )
    return [*found, *_index(directory, table, found, words, note)]


def _headings(directory: Directory, period: Period, words: Messages) -> list[str]:
    """Those that the parts of a report may have had, teams left out."""
    names = "blockers missing people findings unknown problems goals gone-blockers".split()
    return [
        *(words(f"report-{name}") for name in names),
        words("report-changes", period=str(period.before())),
        words("report-awaited", day=words.date(directory.deadline)),
    ]


def late_weeks(directory: Directory, told: Story) -> list[Directory]:
    """The department in earlier weeks whose reports lack an update that came late.

    Of those weeks nothing is known but what the pages say now.
    """
    table, week = directory.config.report, directory.period
    if not table or week.kind != "week":
        return []
    found = []
    for earlier, said in told.line.items():
        title = f"{table.base}/{earlier}"
        page = directory.pages.get(title)
        ours = any(region.task == TASK for region in directory.readings.regions.get(title, ()))
        if page and ours and earlier < week and not is_frozen(directory, earlier):
            marks = (
                f"| team = {escape.argument(team)}\n| date = {report.date.isoformat()}\n"
                for team, report in said.items()
            )
            if any(mark not in page.text for mark in marks):
                found.append(replace(directory, period=earlier, world=World(asked=False)))
    return found


def is_too_early(directory: Directory, told: Story, period: Period) -> bool:
    """Whether a week goes on of which there is nothing to say yet, nor a page.

    So the page of all reports shows the week before until then.
    """
    table = directory.config.report
    if not table or period.kind != "week" or told.line.get(period):
        return False
    there = directory.pages[f"{table.base}/{period}"].exists
    return not there and directory.until < directory.deadline


def report_parts(
    directory: Directory, told: Story, findings: Sequence[Finding], pen: Pen, *, period: Period
) -> tuple[PagePart, ...]:
    """What stands on the page of a period: that of the directory, or one that it is in."""
    table = directory.config.report
    assert table
    place = Place(table.base, directory)
    if period.kind == "week":
        return weekly_parts(weekly(directory, told, findings), place, pen)
    return rollup_parts(rollup(directory, told, period), place, pen)


def body(directory: Directory, findings: Sequence[Finding], *, period: Period) -> str:
    """The report as wikitext, without the marks of its parts."""
    told = story(directory)
    parts = report_parts(directory, told, findings, _pen(directory), period=period)
    texts = (
        f"== {part.heading} ==\n{part.body}" if part.heading else part.body
        for part in parts
        if part.body is not None
    )
    return "\n\n".join(texts)


def _pen(directory: Directory) -> Pen:
    return Pen(load(directory.site.language), directory.site, directory.config.wiki.templates)


def is_frozen(directory: Directory, period: Period) -> bool:
    """Whether a report is there and so old that it stays as it is."""
    table = directory.config.report
    if not table or not directory.pages[f"{table.base}/{period}"].exists:
        return False
    return period.last + timedelta(days=table.frozen_after) < directory.today


def missing_templates(directory: Directory) -> list[str]:
    """The pages of the package that reports need and that are not on the wiki."""
    return templates_missing(directory, TEMPLATES)


def _index(
    directory: Directory,
    table: ReportTable,
    written: Sequence[Change],
    words: Messages,
    note: str,
) -> list[Change]:
    page = directory.pages[table.base]
    region = own_region(directory, table.base, TASK)
    listed = region.body(page.text) if region else ""
    known = set(reports_listed(directory, base=table.base, listed=listed))
    known |= {
        period
        for period in report_periods(table, directory.period)
        if any(c.title == f"{table.base}/{period}" and c.create for c in written)
    }
    if not known:
        return []
    return page_changes(
        directory,
        table.base,
        task=TASK,
        say=words("report-index-summary"),
        body=index_body(list(known), Place(table.base, directory), words),
        note=note,
    )
