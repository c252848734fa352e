"""The page of a week's report, as parts of wikitext. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wikibot.directory import Directory, TeamUpdate
from wikibot.model import Finding, Item, PagePart, Ticket
from wikibot.period import Period
from wikibot.reports.blockers import Blocker
from wikibot.reports.markup import BLOCKER, ROW, TEAM, Pen, fitted, size_of, table
from wikibot.reports.people import PersonChange
from wikibot.reports.problems import Problem
from wikibot.reports.timeline import TeamReport
from wikibot.reports.weekly import Report, TeamSection, earlier
from wikibot.wikitext import escape


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stands among the others."""

    base: str
    directory: Directory

    def title(self, period: Period) -> str:
        return f"{self.base}/{period}"


def weekly_parts(report: Report, place: Place, pen: Pen) -> tuple[PagePart, ...]:
    """The parts of the page ``<base>/<week>``, with as much of each list as there is room for."""
    return fitted(lambda room: tuple(_parts(report, place, replace(pen, room=room))), size_of)


def _parts(report: Report, place: Place, pen: Pen) -> Iterator[PagePart]:
    words = pen.words
    before = words("report-changes", period=str(report.period.before()))
    late, heading = "missing", words("report-missing")
    if report.awaited:
        late, heading = "awaited", words("report-awaited", day=words.date(report.awaited))
    yield PagePart(("part", "overview"), "", "\n".join(_overview(report, place, pen)))
    yield from _if_any(
        ("changes", before, pen.few(_changes(report, pen))),
        (
            "blockers",
            words("report-blockers"),
            blocker_table(report.blockers, report.period, pen, goes_on=report.awaited is not None),
        ),
        (late, heading, pen.few(_missing(report, pen))),
    )
    for section in report.teams:
        yield from _team(section, report, place, pen)
    people, findings = report.people, report.findings
    yield from _if_any(
        (
            "people",
            words("report-people"),
            None if people is None else pen.few(people_lines(people, pen)),
        ),
        (
            "findings",
            words("report-findings"),
            None if findings is None else _findings(findings, pen),
        ),
        ("unknown", words("report-unknown"), pen.few(_unknown(report.unknown, pen))),
        (
            "problems",
            words("report-problems"),
            None if report.problems is None else pen.few(problem_lines(report.problems, pen)),
        ),
    )


def _if_any(*parts: tuple[str, str, Iterable[str] | None]) -> Iterator[PagePart]:
    """The parts that have something to say, and those of which nothing is known."""
    for key, heading, lines in parts:
        if lines is None:
            yield PagePart(("part", key), heading, None)
        elif body := "\n".join(lines):
            yield PagePart(("part", key), heading, body)


# --- above the teams ----------------------------------------------------------------------------


def heading_lines(period: Period, place: Place, pen: Pen) -> Iterator[str]:
    """Which period this is about, and where the reports before and after it are."""
    words = pen.words
    first, last = words.date(period.first), words.date(period.last)
    title = words(f"report-title-{period.kind}", period=str(period), first=first, last=last)
    yield f"{title} __NOTOC__"  # the overview is the table of contents
    yield ""
    before, after = period.before(), period.after()
    yield " · ".join(
        (
            escape.page(place.title(before), words("report-before", period=str(before))),
            escape.page(place.base, words("report-index")),
            escape.page(place.title(after), words("report-after", period=str(after))),
        )
    )
    yield ""


def _overview(report: Report, place: Place, pen: Pen) -> Iterator[str]:
    yield from heading_lines(report.period, place, pen)
    rows = list(_rows(report, place, pen))
    yield overview_table(report.period, rows, pen)


def overview_table(period: Period, rows: Sequence[str], pen: Pen) -> str:
    """What the page of all reports shows of the newest one.

    The tags have no lines of their own, which would be empty lines to a reader.
    """
    words = pen.words
    shown = words("report-no-teams")
    if rows:
        caption = words("report-overview", period=str(period))
        health = f"{words('report-health')} · {words('report-trend')}"
        heads = [(words("report-team"), 10), (health, 16), (words("report-headline"), 0)]
        shown = "\n".join(table(caption, heads, rows))
    return f"<onlyinclude>{shown}</onlyinclude>"


def _rows(report: Report, place: Place, pen: Pen) -> Iterator[str]:
    said = {section.team: section.said for section in report.teams if section.said}
    silent = {team.name for team in report.missing}
    title = place.title(report.period)
    shown = {section.team for section in report.teams if section.says_something}
    for team in place.directory.config.team:
        if team.name not in said and team.name not in silent:
            continue
        update = said[team.name].update if team.name in said else None
        link = escape.section_of(title, team.name, team.name) if team.name in shown else ""
        yield pen.call(
            ROW,
            {
                "team": link or escape.anywhere(team.name),
                "kind": said[team.name].health if team.name in said else "none",
                "health": escape.argument(update.health) if update else "",
                "headline": pen.item(update.headline) if update and update.headline else "",
                **pen.trend(report.trend[team.name], report.trend_weeks),
            },
        )


def _changes(report: Report, pen: Pen) -> Iterator[str]:
    words = pen.words
    for change in report.health_changes:
        yield "* " + words(
            "report-changed-health",
            team=escape.item(change.team),
            before=words(f"health-{change.before}"),
            after=words(f"health-{change.after}"),
        )
    for key, blockers in (("new", report.new_blockers), ("gone", report.gone_blockers)):
        for blocker in blockers:
            yield "* " + words(f"report-{key}-blocker", blocker=blocker_line(blocker, pen))


def blocker_line(blocker: Blocker, pen: Pen) -> str:
    """Who waits for whom, and what it is about."""
    return pen.words(
        blocker.message,
        waiting=escape.anywhere(blocker.waiting),
        on=escape.anywhere(blocker.on),
        what=pen.item(blocker.what),
    )


def blocker_table(
    blockers: Sequence[Blocker], week: Period, pen: Pen, *, goes_on: bool
) -> Iterator[str]:
    """The table of blockers as they stood in ``week``, the oldest ones if there is no room for all.

    Nothing when there are none.
    """
    if not blockers:
        return
    words = pen.words
    columns = {"waiting": 10, "waits-for": 10, "blocker-what": 0}
    heads = [(words(f"report-{key}"), width) for key, width in columns.items()]
    rows = [
        pen.call(
            BLOCKER,
            {
                "waiting": escape.argument(blocker.waiting),
                "on": escape.argument(blocker.on),
                "what": pen.item(blocker.what),
                "since": str(blocker.since),
                "by": blocker.named_by,
                "age": words("report-age", weeks=blocker.weeks(week)),
                "named": _named(blocker, pen),
                "quiet": words("report-quiet", week=str(blocker.seen))
                if blocker.is_quiet(week, goes_on=goes_on)
                else "",
            },
        )
        for blocker in blockers[: pen.room.lines]
    ]
    yield from table(words("report-blockers-of", period=str(week)), heads, rows)
    unread = sum(blocker.more_waiting + blocker.more_blocking for blocker in blockers)
    if more := len(blockers[pen.room.lines :]) + unread:
        yield words("report-more", count=more, page="")


def _named(blocker: Blocker, pen: Pen) -> str:
    named = blocker.named_by
    if named == "outside":
        return ""
    if named == "both":
        return pen.words("report-named-both")
    speaker = blocker.waiting if named == "waiting" else blocker.on
    return pen.words("report-named-only", team=escape.argument(speaker))


def _missing(report: Report, pen: Pen) -> Iterator[str]:
    for team in report.missing:
        links = [escape.page(title, title) for title in report.expected[team.name]]
        heard = report.heard.get(team.name)
        yield "* " + pen.words(
            "report-missing-since" if heard else "report-missing-team",
            team=escape.item(team.name),
            pages=pen.words.joined(links),
            date=pen.words.date(heard) if heard else "",
        )


# --- a team -------------------------------------------------------------------------------------


def _team(section: TeamSection, report: Report, place: Place, pen: Pen) -> Iterator[PagePart]:
    """The section of a team, and below it what became of its tasks on Phabricator.

    What was taken from the report itself stays there as it is.
    """
    key, heading = ("team", section.team), escape.heading(section.team)
    kept = section.said is not None and section.said.page == place.title(report.period)
    kept = kept or not section.says_something
    said = "\n".join(_said(section, report, pen))
    yield PagePart(key, heading, None if kept else said)
    if section.tickets is None:
        yield PagePart(("tickets", section.team), "", None)
    elif section.tickets and place.directory.config.phabricator:
        url = place.directory.config.phabricator.url
        tickets = pen.call(TEAM, {"tickets": _tickets(section.tickets, url, pen)}, lines=True)
        yield PagePart(("tickets", section.team), "", tickets)


def _said(section: TeamSection, report: Report, pen: Pen) -> Iterator[str]:
    more = blocker_parameters(section.waits, section.blocks, pen)
    if section.said is None:
        silent = any(team.name == section.team for team in report.missing)
        note = pen.words("report-no-update-yet") if silent else ""
        data = {"team": escape.argument(section.team), "note": note, **more}
        yield pen.call(TEAM, data, lines=True)
        return
    yield _update(section.said, more, pen)
    for said in earlier(section.said):
        yield pen.words("report-earlier")
        sides = {
            "blocked by": pen.items(said.update.blocked_by, page=said.page),
            "blocking": pen.items(said.update.blocking, page=said.page),
        }
        yield _update(said, sides, pen)


def _update(said: TeamReport, more: Mapping[str, str], pen: Pen) -> str:
    update, page = said.update, said.page
    link = escape.page(page, page)
    data = {
        "team": escape.argument(said.team),
        "date": said.date.isoformat(),
        "source": pen.words("report-source", date=pen.words.date(said.date), page=link),
        "kind": said.health,
        "health": escape.argument(update.health),
        "headline": pen.item(update.headline) if update.headline else "",
        "done": pen.items(update.done, page=page),
        "next": pen.items(update.next, page=page),
        **more,
        "risks": pen.items(update.risks, page=page),
    }
    return pen.call(TEAM, data, lines=True)


def blocker_parameters(
    waits: Sequence[Blocker], blocks: Sequence[Blocker], pen: Pen
) -> dict[str, str]:
    """What a team waits for and who waits for it: what both sides name, what only it names
    (``alone``), and what only the other side names (``heard``).
    """
    found: dict[str, list[str]] = {}
    unread: Counter[str] = Counter()
    for blocker in waits:
        key = _key("blocked by", mine=blocker.by_waiting, theirs=blocker.by_blocking)
        key = key if blocker.on else "blocked by"
        item = blocker.by_waiting or blocker.what
        found.setdefault(key, []).append(_about(blocker.on, item, pen))
        unread[key] += blocker.more_waiting
    for blocker in blocks:
        key = _key("blocking", mine=blocker.by_blocking, theirs=blocker.by_waiting)
        key = key if blocker.waiting else "blocking"
        item = blocker.by_blocking or blocker.what
        found.setdefault(key, []).append(_about(blocker.waiting, item, pen))
        unread[key] += blocker.more_blocking
    return {
        key: pen.listed(lines[: pen.room.items], of=len(lines) + unread[key])
        for key, lines in found.items()
    }


def _key(side: str, *, mine: Item | None, theirs: Item | None) -> str:
    if mine and theirs:
        return side
    return f"{side} alone" if mine else f"{side} heard"


def _about(team: str, item: Item, pen: Pen) -> str:
    said = pen.item(item)
    return f"{escape.anywhere(team)}: {said}" if team and said else escape.anywhere(team) or said


def _tickets(tickets: Sequence[Ticket], url: str, pen: Pen) -> str:
    """What became of the team's tasks on Phabricator, as a list in an argument."""
    groups: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        groups.setdefault(ticket.kind, []).append(ticket)
    lines = []
    for kind, found in groups.items():
        lines.append(f"* {pen.words(f'report-tickets-{kind}', count=len(found))}")
        lines += [f"** {_ticket(ticket, url, pen)}" for ticket in found[: pen.room.items]]
    return "\n" + "\n".join(lines)


def _ticket(ticket: Ticket, url: str, pen: Pen) -> str:
    link = f"[{url}/T{ticket.number} T{ticket.number}]"
    title = pen.item(Item(ticket.title, escape.anywhere(ticket.title)))
    owner = escape.argument(ticket.owner)
    return f"{link} {title} ({owner})" if owner else f"{link} {title}"


# --- below the teams ----------------------------------------------------------------------------


def people_lines(changes: Sequence[PersonChange], pen: Pen) -> Iterator[str]:
    """Who joined, left, moved, or has another title, a line each."""
    for change in changes:
        yield "* " + pen.words(
            f"report-people-{change.kind}",
            person=escape.person(change.name, change.username),
            team=escape.anywhere(change.team),
            before=escape.anywhere(change.before),
            after=escape.anywhere(change.after),
        )


def _findings(findings: Sequence[Finding], pen: Pen) -> Iterator[str]:
    lines = list(
        dict.fromkeys(
            "* "
            + pen.words(
                "report-finding" if finding.line else "report-finding-page",
                page=escape.page(finding.page, finding.page),
                line=finding.line,
                what=pen.words(f"finding-{finding.code}"),
            )
            for finding in findings
        )
    )
    return pen.first(lines, max(pen.room.items, 10))


def _unknown(unknown: Sequence[TeamUpdate], pen: Pen) -> Iterator[str]:
    for found in unknown:
        name = escape.item(found.update.team) or pen.words("report-no-name")
        page = escape.page(found.page, found.page)
        yield "* " + pen.words("report-unknown-team", team=name, page=page)


def problem_lines(found: Sequence[Problem], pen: Pen) -> Iterator[str]:
    """A line for each; a page of several teams is told once."""
    yield from dict.fromkeys(_problem(problem, pen) for problem in found)


def _problem(problem: Problem, pen: Pen) -> str:
    shown = max(pen.room.items, 10)  # there may be one for each of hundreds of teams
    projects = [escape.anywhere(project) for project in problem.projects[:shown]]
    if more := len(problem.projects) - len(projects):
        projects.append(pen.words("report-more", count=more))
    return "* " + pen.words(
        f"report-problem-{problem.kind}",
        where=escape.page(problem.where, problem.where) if problem.where else "",
        line=problem.line,
        what=escape.anywhere(problem.what),
        projects=pen.words.joined(projects),
        count=len(problem.projects),
        why=pen.words(f"phabricator-{problem.lack}") if problem.lack else "",
    )
