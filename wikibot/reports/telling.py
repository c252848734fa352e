"""Reports as a mail, text without any markup, and as data for machines. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from wikibot.directory import Directory
from wikibot.messages import Messages, load
from wikibot.model import Finding, Item, Ticket
from wikibot.period import Period
from wikibot.reports.blockers import Blocker
from wikibot.reports.people import PersonChange
from wikibot.reports.problems import Problem
from wikibot.reports.rollup import RollUp, TeamRollUp, rollup
from wikibot.reports.story import story
from wikibot.reports.timeline import TeamReport
from wikibot.reports.weekly import Report, TeamSection, weekly

_WIDTH = 72  # what mail programs quote without breaking


def tell(directory: Directory, findings: Sequence[Finding]) -> Report | RollUp:
    """The report on the period of the directory."""
    told = story(directory)
    if directory.period.kind == "week":
        return weekly(directory, told, findings)
    return rollup(directory, told, directory.period)


def problem(found: Problem, words: Messages) -> str:
    """What is missing from a report and why, as text for those who read it."""
    return _problem(found, words, words(f"phabricator-{found.lack}") if found.lack else "")


def problem_in_full(found: Problem) -> str:
    """What is missing from a report and why, in English, for whoever runs the bot."""
    said = _problem(found, load("en"), found.why)
    return said if found.lack or not found.why else f"{said} ({found.why})"


def _problem(found: Problem, words: Messages, why: str) -> str:
    return words(
        f"report-problem-{found.kind}",
        where=found.where,
        line=found.line,
        what=found.what,
        projects=words.joined(found.projects),
        count=len(found.projects),
        why=why,
    )


# --- as a mail ----------------------------------------------------------------------------------


def as_mail(report: Report | RollUp, *, words: Messages, url: str) -> Iterator[str]:
    """Subject, an empty line, the address of the page, and the report, in lines fit for a mail."""
    period = report.period
    first, last = words.date(period.first), words.date(period.last)
    title = words(f"report-title-{period.kind}", period=str(period), first=first, last=last)
    yield f"Subject: {title}"
    yield ""
    yield url
    lines = _week(report, words) if isinstance(report, Report) else _rolled_up(report, words)
    yield from lines


def _week(report: Report, words: Messages) -> Iterator[str]:
    changes = [
        words(
            "report-changed-health",
            team=change.team,
            before=words(f"health-{change.before}"),
            after=words(f"health-{change.after}"),
        )
        for change in report.health_changes
    ]
    for key, found in (("new", report.new_blockers), ("gone", report.gone_blockers)):
        changes += [words(f"report-{key}-blocker", blocker=_blocker(b, words)) for b in found]
    yield from _listed(words("report-changes", period=str(report.period.before())), changes)
    yield from _blockers(report.blockers, report.period, words)
    yield from _listed(words("report-missing"), [team.name for team in report.missing])
    for section in report.teams:
        yield from _section(section, words)
    yield from _listed(words("report-people"), [_person(c, words) for c in report.people or ()])
    yield from _listed(words("report-findings"), _findings(report.findings or (), words))
    unknown = [
        words(
            "report-unknown-team",
            team=found.update.team or words("report-no-name"),
            page=found.page,
        )
        for found in report.unknown
    ]
    yield from _listed(words("report-unknown"), unknown)
    yield from _listed(words("report-problems"), _problems(report.problems or (), words))


def _section(section: TeamSection, words: Messages) -> Iterator[str]:
    said = section.said
    yield from _heading(_head(section.team, said, words))
    if said:
        yield from _items(words("report-done"), said.update.done)
        yield from _items(words("report-next"), said.update.next)
    yield from _sides(section.waits, section.blocks, words)
    if said:
        yield from _items(words("report-risks"), said.update.risks)
        for earlier in said.earlier:
            yield f"{words('report-earlier')} {words.date(earlier.date)}"
            yield from _items(words("report-done"), earlier.update.done)
    kinds = dict.fromkeys(ticket.kind for ticket in section.tickets or ())
    for kind in kinds:
        tickets = [ticket for ticket in section.tickets or () if ticket.kind == kind]
        yield words(f"report-tickets-{kind}", count=len(tickets))
        yield from _bullets(_ticket(ticket) for ticket in tickets)


def _head(team: str, said: TeamReport | None, words: Messages) -> str:
    if said is None:
        return f"{team} ({words('report-no-update')})"
    health = words(f"health-{said.health}")
    if said.health == "unknown" and said.update.health:
        health = said.update.health
    headline = f": {said.update.headline.text}" if said.update.headline else ""
    return f"{team} ({health}){headline}"


def _rolled_up(report: RollUp, words: Messages) -> Iterator[str]:
    goals = []
    for each in report.goals:
        goal = each.stated.goal
        due = words.date(goal.due) if goal.due else goal.raw_due
        more = ", ".join(part for part in (goal.owner, goal.status, due) if part)
        whose = f"{each.stated.team}: " if each.stated.team else ""
        goals.append(f"{whose}{goal.goal.text}" + (f" ({more})" if more else ""))
    yield from _listed(words("report-goals"), goals)
    if report.weeks:
        yield from _blockers(report.blockers, report.weeks[-1], words)
    gone = [
        words(
            "report-gone-after",
            blocker=_blocker(each.blocker, words),
            weeks=each.blocker.weeks(each.week),
            week=str(each.week),
        )
        for each in report.gone
    ]
    yield from _listed(words("report-gone-blockers"), gone)
    for team in report.teams:
        yield from _rolled_team(team, words)
    yield from _listed(words("report-missing"), report.silent)


def _rolled_team(team: TeamRollUp, words: Messages) -> Iterator[str]:
    yield from _heading(_head(team.team, team.last, words))
    yield words("report-reported", count=team.reported, weeks=len(team.trend))
    if team.done:
        yield words("report-done")
        yield from _bullets(
            words("report-done-in", item=each.item.text, week=str(each.week)) for each in team.done
        )
    yield from _items(words("report-open"), team.last.update.next)
    yield from _sides(team.waits, team.blocks, words)
    yield from _items(words("report-risks"), team.last.update.risks)


def _sides(waits: Sequence[Blocker], blocks: Sequence[Blocker], words: Messages) -> Iterator[str]:
    """What a team waits for, and who waits for it; whoever names it."""
    for key, blockers in (("report-blocked-by", waits), ("report-blocking", blocks)):
        if blockers:
            yield words(key)
            yield from _bullets(_side(one, key == "report-blocked-by", words) for one in blockers)


def _side(one: Blocker, is_waiting: bool, words: Messages) -> str:
    other = one.on if is_waiting else one.waiting
    about = ": ".join(part for part in (other, one.what.text) if part)
    return f"{about} ({_named(one, words)})" if _is_named_by_one(one) else about


def _blockers(found: Sequence[Blocker], week: Period, words: Messages) -> Iterator[str]:
    lines = []
    for one in found:
        age = words("report-age", weeks=one.weeks(week))
        more = [age]
        if _is_named_by_one(one):
            more.append(_named(one, words))
        if one.is_quiet(week):
            more.append(words("report-quiet", week=str(one.seen)))
        lines.append(f"{_blocker(one, words)} ({', '.join(more)})")
    yield from _listed(words("report-blockers"), lines)


def _is_named_by_one(one: Blocker) -> bool:
    return one.named_by in ("waiting", "blocking")


def _named(one: Blocker, words: Messages) -> str:
    speaker = one.waiting if one.named_by == "waiting" else one.on
    return words("report-named-only-by", team=speaker)


def _blocker(one: Blocker, words: Messages) -> str:
    return words(one.message, waiting=one.waiting, on=one.on, what=one.what.text)


def _problems(found: Iterable[Problem], words: Messages) -> list[str]:
    return list(dict.fromkeys(problem(each, words) for each in found))


def _person(change: PersonChange, words: Messages) -> str:
    return words(
        f"report-people-{change.kind}",
        person=change.name,
        team=change.team,
        before=change.before,
        after=change.after,
    )


def _findings(findings: Iterable[Finding], words: Messages) -> list[str]:
    lines = (
        words(
            "report-finding" if finding.line else "report-finding-page",
            page=finding.page,
            line=finding.line,
            what=words(f"finding-{finding.code}"),
        )
        for finding in findings
    )
    return list(dict.fromkeys(lines))


def _ticket(ticket: Ticket) -> str:
    owner = f" ({ticket.owner})" if ticket.owner else ""
    return f"T{ticket.number} {' '.join(ticket.title.split())}{owner}"


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from _heading(heading)
        yield from _bullets(lines)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield from wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    yield "-" * min(len(text), _WIDTH)


def _items(heading: str, items: Sequence[Item]) -> Iterator[str]:
    if items:
        yield heading
        yield from _bullets(item.text for item in items)


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from wrap(
            line,
            _WIDTH,
            initial_indent="* ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        ) or ["*"]


# --- as data ------------------------------------------------------------------------------------


def as_data(report: Report | RollUp) -> dict[str, Any]:
    """The report as JSON has it; keys are there whether or not they have anything to say."""
    period = report.period
    head = {
        "kind": period.kind,
        "period": str(period),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
    return head | (_week_data(report) if isinstance(report, Report) else _rollup_data(report))


def _week_data(report: Report) -> dict[str, Any]:
    week = report.period
    return {
        "teams": [_section_data(section, report) for section in report.teams],
        "missing": [team.name for team in report.missing],
        "trend_weeks": [str(each) for each in report.trend_weeks],
        "trend": {team: list(trend) for team, trend in report.trend.items()},
        "changes": {
            "health": [
                {"team": c.team, "before": c.before, "after": c.after}
                for c in report.health_changes
            ],
            "new_blockers": [_blocker_data(one, week) for one in report.new_blockers],
            "gone_blockers": [_blocker_data(one, one.seen) for one in report.gone_blockers],
        },
        "blockers": [_blocker_data(one, week) for one in report.blockers],
        "people": [
            {
                "kind": c.kind,
                "team": c.team,
                "name": c.name,
                "username": c.username or None,
                "before": c.before or None,
                "after": c.after or None,
            }
            for c in report.people or ()
        ],
        "findings": [
            {"code": f.code, "page": f.page, "section": f.section, "line": f.line}
            for f in report.findings or ()
        ],
        "unknown": [
            {"team": f.update.team, "page": f.page, "line": f.update.line} for f in report.unknown
        ],
        "problems": [
            {
                "kind": p.kind,
                "where": p.where,
                "line": p.line,
                "what": p.what,
                "projects": list(p.projects),
                "lack": p.lack,
                "why": p.why,
            }
            for p in report.problems or ()
        ],
    }


def _section_data(section: TeamSection, report: Report) -> dict[str, Any]:
    said = section.said
    return {
        "team": section.team,
        **_update_data(said),
        "earlier": [_update_data(each) for each in said.earlier] if said else [],
        "waits": [_blocker_data(one, report.period) for one in section.waits],
        "blocks": [_blocker_data(one, report.period) for one in section.blocks],
        "tickets": [
            {"number": t.number, "title": t.title, "owner": t.owner or None, "kind": t.kind}
            for t in section.tickets or ()
        ],
    }


def _update_data(said: TeamReport | None) -> dict[str, Any]:
    update = said.update if said else None
    return {
        "page": said.page if said else None,
        "date": said.date.isoformat() if said else None,
        "health": said.health if said else None,
        "health_word": update.health if update else None,
        "headline": update.headline.text if update and update.headline else None,
        "done": _texts(update.done if update else ()),
        "next": _texts(update.next if update else ()),
        "blocked_by": _texts(update.blocked_by if update else ()),
        "blocking": _texts(update.blocking if update else ()),
        "risks": _texts(update.risks if update else ()),
    }


def _texts(items: Iterable[Item]) -> list[str]:
    return [item.text for item in items]


def _blocker_data(one: Blocker, week: Period) -> dict[str, Any]:
    return {
        "waiting": one.waiting or None,
        "on": one.on or None,
        "what": one.what.text,
        "named_by": one.named_by,
        "since": str(one.since),
        "seen": str(one.seen),
        "weeks": one.weeks(week),
    }


def _rollup_data(report: RollUp) -> dict[str, Any]:
    last = report.weeks[-1] if report.weeks else None
    return {
        "weeks": [str(week) for week in report.weeks],
        "teams": [
            {
                "team": team.team,
                "reported": team.reported,
                "trend": list(team.trend),
                "health": team.last.health,
                "headline": team.last.update.headline.text if team.last.update.headline else None,
                "done": [{"text": d.item.text, "week": str(d.week)} for d in team.done],
                "open": _texts(team.last.update.next),
                "risks": _texts(team.last.update.risks),
            }
            for team in report.teams
        ],
        "missing": list(report.silent),
        "goals": [
            {
                "team": each.stated.team or None,
                "page": each.stated.page,
                "goal": each.stated.goal.goal.text,
                "owner": each.stated.goal.owner or None,
                "status": each.stated.goal.status or None,
                "health": each.kind,
                "due": each.stated.goal.due.isoformat() if each.stated.goal.due else None,
            }
            for each in report.goals
        ],
        "blockers": [_blocker_data(one, last) for one in report.blockers] if last else [],
        "gone_blockers": [_blocker_data(each.blocker, each.week) for each in report.gone],
    }
