"""Reports as data for machines. Pure."""

from collections.abc import Iterable
from typing import Any

from wikibot.model import Item
from wikibot.period import Period
from wikibot.reports.blockers import Blocker
from wikibot.reports.rollup import RollUp
from wikibot.reports.timeline import TeamReport
from wikibot.reports.weekly import Report, TeamSection


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
        "teams": [_section_data(s, report) for s in report.teams if s.says_something],
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
