"""Findings, diffs, outcomes and the directory as text for people and as JSON for machines."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from textwrap import wrap
from typing import Any

import click

from wikibot.comparison import Lines, touched_twice, unified
from wikibot.duties import Duty
from wikibot.inspection import Inspected, as_toml
from wikibot.members import Member
from wikibot.model import Finding, Holder, Outcome, Role, Roles, Roster
from wikibot.plan import Held, Plan, diff
from wikibot.runs import Lapse, Run
from wikibot.standing import Standing
from wikibot.templates import directory_in
from wikibot.who import Answer
from wikibot.wikitext.saved import as_saved
from wikibot.words import is_vacant

# Where a finding stands: page, revision, line → address.
Url = Callable[[str, int], str]

_COLOUR = {"error": "red", "warning": "yellow", "notice": "blue"}
WIDTH = 100  # of lines in the answers of wikibot who
MOST_NAMED = 8  # people of one answer
_GITHUB = {"error": "error", "warning": "warning", "notice": "notice"}


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


# --- findings -----------------------------------------------------------------------------------


def findings_text(findings: Sequence[Finding], *, url: Url) -> Iterator[str]:
    """Lines, grouped by page: place, severity, code, message, and what would mend it."""
    for page, group in groupby(findings, key=lambda f: f.page):
        yield click.style(page, bold=True)
        for finding in group:
            place = f"line {finding.line}" if finding.line else "page"
            section = f", {finding.section}" if finding.section else ""
            severity = click.style(finding.severity, fg=_COLOUR[finding.severity])
            yield f"  {severity} {finding.code} ({place}{section})"
            yield f"    {finding.message}"
            if finding.fix:
                yield f"    mended by the {finding.fix.task} task"
            yield click.style(f"    {url(page, finding.line)}", dim=True)
    if findings:
        yield ""
    yield summary(findings)


def summary(findings: Sequence[Finding]) -> str:
    """“3 findings on 2 pages: 1 error, 2 warnings”."""
    if not findings:
        return "No findings."
    severities = [f.severity for f in findings]
    kinds = [k for k in ("error", "warning", "notice") if k in severities]
    counts = ", ".join(_count(severities.count(kind), kind) for kind in kinds)
    pages = len({f.page for f in findings})
    return f"{_count(len(findings), 'finding')} on {_count(pages, 'page')}: {counts}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def findings_json(findings: Iterable[Finding], *, url: Url) -> list[dict[str, Any]]:
    return [
        {
            "code": f.code,
            "severity": f.severity,
            "page": f.page,
            "section": f.section,
            "line": f.line,
            "message": f.message,
            "url": url(f.page, f.line),
            "fix": {"task": f.fix.task, "say": f.fix.say} if f.fix else None,
        }
        for f in findings
    ]


def findings_github(findings: Iterable[Finding], *, file: Url) -> Iterator[str]:
    """Workflow commands, https://docs.github.com/actions/reference/workflow-commands."""
    for f in findings:
        values = {"file": file(f.page, 0), "line": str(f.line or 1), "title": f.code}
        given = ",".join(f"{key}={_github_value(value)}" for key, value in values.items())
        yield f"::{_GITHUB[f.severity]} {given}::{_github_text(f'{f.page}: {f.message}')}"


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_value(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


# --- plans and outcomes -------------------------------------------------------------------------


def plan_text(plan: Plan) -> Iterator[str]:
    """The diffs, coloured, and what the guards held back."""
    for edit in plan.edits:
        yield from (_diff_line(line) for line in diff(edit).splitlines())
        yield ""
    yield from held_text(plan.held)
    yield f"{_count(len(plan.edits), 'edit')} planned." if plan.edits else "Nothing to do."


def held_text(held: Iterable[Held]) -> Iterator[str]:
    for item in held:
        yield f"{click.style('held back', fg='yellow')} {item.title}: {item.why}"


def _diff_line(line: str) -> str:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    if line.startswith(("+++", "---")):
        return click.style(line, bold=True)
    return click.style(line, fg=colours.get(line[:1]))


def outcome_text(outcome: Outcome) -> str:
    good = outcome.kind in ("changed", "unchanged")
    kind = click.style(outcome.kind, fg="green" if good else "red")
    detail = f": {outcome.detail}" if outcome.detail else ""
    revision = f" (revision {outcome.revision})" if outcome.kind == "changed" else ""
    return f"{kind} {outcome.title}{revision}{detail}"


def outcomes_json(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    return [asdict(outcome) for outcome in outcomes]


# --- pages of the package -----------------------------------------------------------------------


def standing_text(found: Standing) -> Iterator[str]:
    """How a page that people wrote differs: what they changed, what the package changed since."""
    yield f"{click.style(found.state, fg='yellow')} {_whose(found)}"
    people, package, twice = _three_ways(found)
    yield from _diff_lines(people if found.base is not None else _difference(found))
    if package:
        yield from _diff_lines(package)
        yield _what_to_do(found, twice)
    elif found.base is not None:
        yield "The package has nothing new for it."
    yield ""


def _what_to_do(found: Standing, twice: Sequence[Lines]) -> str:
    if not found.has_news:
        return "The page has all that is new in the package."
    if twice:
        return f"Both change {_lines(twice)} of what was installed; put them together by hand."
    return (
        "They change different lines of what was installed; put what is new in the package "
        "into the page by hand."
    )


def lost_text(found: Standing) -> Iterator[str]:
    """What of people's an installation overwrites."""
    yield f"{click.style('overwriting', fg='red')} {found.page.title}: this goes away:"
    people, _, _ = _three_ways(found)
    yield from _diff_lines(people if found.base is not None else _difference(found))


def left_alone_text(found: Standing) -> str:
    """That a page is not written, though the package has something new for it."""
    return f"{click.style('left alone', fg='yellow')} {_whose(found)}; see wikibot templates diff"


def standing_json(found: Standing) -> dict[str, Any]:
    """A page as it is against the package, and both against what was installed."""
    people, package, twice = _three_ways(found)
    known = found.base is not None
    return {
        "title": found.page.title,
        "state": found.state,
        "revision": found.page.revision,
        "diff": _difference(found),
        "people": people if known else None,
        "package": package if known else None,
        "same_lines": [list(lines) for lines in twice] if known else None,
    }


def _whose(found: Standing) -> str:
    if found.state == "changed":
        return f"{found.page.title}: people have changed it since the bot installed it"
    if found.state == "other":
        return (
            f"{found.page.title}: it shows “{directory_in(found.page.text)}”, which is another "
            "configuration's; give this one a wiki.module of its own"
        )
    return f"{found.page.title}: it was not the bot that wrote this page"


def _three_ways(found: Standing) -> tuple[str, str, tuple[Lines, ...]]:
    """What people changed, what the package changed, and which lines both did."""
    if found.base is None:
        return "", "", ()
    title, there, base, new = (
        found.page.title,
        *(as_saved(text) for text in (found.page.text, found.base, found.text)),
    )
    label = f"{title} (as it was installed)"
    people = unified(base, there, before=label, after=f"{title} ({_revision(found)})")
    package = unified(base, new, before=label, after=f"{title} (package)")
    return people, package, touched_twice(base, there, new)


def _difference(found: Standing) -> str:
    title = found.page.title
    before, after = f"{title} ({_revision(found)})", f"{title} (package)"
    return unified(as_saved(found.page.text), as_saved(found.text), before=before, after=after)


def _revision(found: Standing) -> str:
    return f"revision {found.page.revision}" if found.page.exists else "no such page"


def _lines(found: Sequence[Lines]) -> str:
    said = [str(first) if first == last else f"{first}–{last}" for first, last in found]
    several = len(said) > 1 or said[0] != str(found[0][0])
    return f"line{'s' * several} {', '.join(said)}"


def _diff_lines(text: str) -> Iterator[str]:
    return (_diff_line(line) for line in text.splitlines())


# --- what was read ------------------------------------------------------------------------------


def roster_json(roster: Roster) -> dict[str, Any]:
    return {
        "people": [
            {
                "name": p.name.text,
                "username": p.username.text if p.username else None,
                "title": p.title.text if p.title else None,
                "section": p.section,
                "line": p.line,
            }
            for p in roster.people
        ],
        "unmatched": [asdict(u) for u in roster.unmatched],
    }


def roster_text(roster: Roster) -> Iterator[str]:
    for p in roster.people:
        account = f" (User:{p.username.text})" if p.username else ""
        title = f", {p.title.text}" if p.title else ""
        yield f"{p.line}: {p.name.text}{account}{title}"
    for u in roster.unmatched:
        yield f"{u.line}: cannot read “{u.text}”: {u.why}"


def roles_json(roles: Roles) -> dict[str, Any]:
    return {
        "roles": [
            {
                "role": r.name.text,
                "holders": [
                    {"name": h.name.text, "username": h.username.text if h.username else None}
                    for h in _named(r)
                ],
                "groups": [
                    {
                        "group": g.name.text if g.name else None,
                        "activities": [a.text.text for a in g.activities],
                    }
                    for g in r.groups
                ],
                "section": r.section,
                "line": r.line,
            }
            for r in roles.roles
        ],
        "unmatched": [asdict(u) for u in roles.unmatched],
    }


def roles_text(roles: Roles) -> Iterator[str]:
    for r in roles.roles:
        holders = ", ".join(h.name.text for h in _named(r))
        yield f"{r.line}: {r.name.text}: {holders or 'nobody'}"
        for g in r.groups:
            if g.name:
                yield f"  {g.name.text}"
            for a in g.activities:
                yield f"    {a.text.text}"
    for u in roles.unmatched:
        yield f"{u.line}: cannot read “{u.text}”: {u.why}"


def _named(role: Role) -> list[Holder]:
    """Those who hold a role, without words that say that nobody does."""
    return [h for h in role.holders if h.username or not is_vacant(h.name.text)]


def inspected_json(found: Sequence[Inspected]) -> list[dict[str, Any]]:
    return [{**asdict(one), "configuration": as_toml(one) if one.layout else None} for one in found]


def inspected_text(page: str, found: Sequence[Inspected]) -> Iterator[str]:
    yield click.style(page, bold=True)
    if not found:
        yield "  nothing on this page reads as a roster or as roles"
    for one in found:
        where = f"line {one.line}, section “{one.section}”" if one.section else f"line {one.line}"
        colour = "yellow" if one.sure == "not taken" else "green"
        sure = click.style(one.sure, fg=colour)
        yield f"  {one.kind} ({one.form}, {where}): {sure}: {one.why}"
        if one.names and one.sure != "not taken":
            yield f"    {', '.join(one.names)}"
        if one.unmatched and one.sure != "not taken":
            yield f"    {_count(one.unmatched, 'line')} not understood"
        if one.layout:
            yield f"    {as_toml(one)}"
        elif one.sure != "not taken":
            yield "    no layout says just this; it is found anew at each run"


# --- the directory ------------------------------------------------------------------------------


def member_json(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "username": member.username or None,
        "title": member.title or None,
        "teams": list(member.teams),
    }


def member_text(member: Member) -> str:
    account = f" (User:{member.username})" if member.username else ""
    title = f", {member.title}" if member.title else ""
    return f"{member.name}{account}{title}; {', '.join(member.teams)}"


def duty_json(duty: Duty) -> dict[str, Any]:
    groups = [
        {
            "group": g.name.text if g.name else None,
            "activities": [{"activity": a.text.text, "cadence": a.cadence} for a in g.activities],
        }
        for g in duty.role.groups
    ]
    return {
        "role": duty.role.name.text,
        "page": duty.page,
        "section": duty.role.section,
        "line": duty.role.line,
        "holders": [member_json(member) for member in duty.members],
        "groups": groups,
    }


def duty_text(duty: Duty, *, activities: bool = True) -> Iterator[str]:
    holders = ", ".join(member.name for member in duty.members) or "nobody"
    yield f"{duty.role.name.text}: {holders}  ({duty.page}, line {duty.role.line})"
    if activities:
        for group in duty.role.groups:
            if group.name:
                yield f"  {group.name.text}"
            for activity in group.activities:
                yield f"  - {activity.text.text}"


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "score": round(answer.score, 2),
        "matched": answer.matched,
        "role": answer.role or None,
        "people": [member_json(member) for member in answer.members],
        "stated": answer.stated or None,
        "contact": answer.contact or None,
        "page": answer.page,
        "line": answer.line,
    }


def answer_text(answer: Answer) -> Iterator[str]:
    """What matched and its role; whom to ask; where that stands. No line is longer than 100."""
    role = f" ({answer.role})" if answer.role and answer.role != answer.matched else ""
    yield from _folded(f"{answer.matched}{role}")
    named = [f"{m.name} (User:{m.username})" if m.username else m.name for m in answer.members]
    if more := len(named[MOST_NAMED:]):
        named = [*named[:MOST_NAMED], f"{more} more"]
    if answer.stated:
        named.append(f"{answer.stated} (on no roster)")
    whom = ", ".join(named) or "nobody at present"
    yield from _folded(f"{whom}; or {answer.contact}" if answer.contact else whom, indent="    ")
    where = f"{answer.page}, line {answer.line}" if answer.line else answer.page
    yield from _folded(where, indent="    ")


def _folded(text: str, *, indent: str = "") -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    )


# --- runs ---------------------------------------------------------------------------------------


def runs_text(
    name: str, runs: Sequence[Run], wrong: Sequence[Lapse], *, now: datetime
) -> Iterator[str]:
    """The last runs of a configuration, the last one first, and what is wrong with them."""
    yield click.style(name, bold=True)
    if not runs:
        yield "  It has not run yet, as far as this state directory knows."
    yield from (f"  {run_text(run)}" for run in runs)
    for lapse in wrong:
        yield click.style(f"  wrong: {lapse_text(lapse, now=now)}", fg="red")


def run_text(run: Run) -> str:
    """“2026-11-20 12:00 UTC  roster, roles: 2 changed, 1 not saved (4.2 s, 9 requests)”."""
    counts = [f"{run.changed} changed"]
    for count, what in (
        (len(run.unsaved), "not saved"),
        (run.held, "held back"),
        (run.lacking, "missing from reports"),
        (run.findings, "findings"),
    ):
        counts += [f"{count} {what}"] if count else []
    said = f"{_minute(run.started)}  {', '.join(run.tasks)}: {', '.join(counts)}"
    spent = f" ({run.seconds:.1f} s, {_count(run.requests, 'request')})"
    return f"{said}{spent}" + (f"; {run.trouble}" if run.trouble else "")


def lapse_text(lapse: Lapse, *, now: datetime) -> str:
    """One sentence on what is wrong with the bot itself."""
    tasks = ", ".join(lapse.tasks)
    if lapse.kind == "missed":
        ago = (now - lapse.since).total_seconds() / 3600
        return f"{tasks} ran last {ago:.0f} hours ago, at {_minute(lapse.since)}"
    times = f"{lapse.count} times in a row, " if lapse.count > 1 else ""
    return f"{tasks} {lapse.kind} ({times}since {_minute(lapse.since)}): {lapse.why}"


def run_json(run: Run) -> Any:
    data = asdict(run) | {"started": run.started.isoformat(), "tasks": list(run.tasks)}
    return data | {"outcomes": outcomes_json(run.outcomes)}


def lapse_json(lapse: Lapse) -> Any:
    until = lapse.until.isoformat() if lapse.until else None
    return asdict(lapse) | {"since": lapse.since.isoformat(), "until": until}


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
