"""Reports as a mail: text without any markup. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.header import Header
from textwrap import wrap

from wikibot.directory import Directory
from wikibot.messages import Messages, load
from wikibot.model import Finding, Item, Ticket
from wikibot.period import Period
from wikibot.reports.blockers import Blocker
from wikibot.reports.markup import SYMBOLS, Room, fitted, shortened
from wikibot.reports.people import PersonChange
from wikibot.reports.problems import Problem
from wikibot.reports.rollup import RollUp, StatedGoal, TeamRollUp, rollup
from wikibot.reports.story import story
from wikibot.reports.timeline import TeamReport
from wikibot.reports.weekly import Report, TeamSection, Trend, earlier, weekly

_WIDTH = 72  # what mail programs quote without breaking
_LONGEST = 998  # bytes of a line: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.6
_LONGEST_NAME = 120  # characters of what should be a name or a word or two
_MOST_BYTES = 200_000  # of a mail; lists often refuse larger ones


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


@dataclass(frozen=True, slots=True)
class _Voice:
    """What telling a report needs to know: the language, and how much room there is."""

    words: Messages
    room: Room

    def short(self, text: str) -> str:
        """A text, or its beginning if there is no room for all of it."""
        return shortened(text, self.room.characters)

    def about(self, item: Item) -> str:
        """What an entry says, or its beginning."""
        return self.short(item.text)

    def items(self, heading: str, items: Sequence[Item], *, page: str = "") -> Iterator[str]:
        """Entries below a heading; ``page`` is where the rest stands of a long list."""
        if items:
            yield from _wrapped(heading)
            yield from self.bullets([self.about(item) for item in items], page=page)

    def listed(self, heading: str, lines: Sequence[str]) -> Iterator[str]:
        """A part of the report that is about all teams."""
        if lines:
            yield from _heading(heading)
            yield from self.bullets(lines, most=self.room.lines)

    def bullets(
        self, lines: Sequence[str], *, page: str = "", most: int | None = None
    ) -> Iterator[str]:
        """A list, as far as there is room for it, and how many entries are left out."""
        shown = lines[: self.room.items if most is None else most]
        for line in shown:
            yield from _bullet(line)
        if more := len(lines) - len(shown):
            key = "report-more-on" if page else "report-more"
            yield from _bullet(self.words(key, count=more, page=page))


def as_mail(report: Report | RollUp, *, words: Messages, url: str) -> Iterator[str]:
    """A message as RFC 5322 has it: headers, an empty line, the address of the page, the report."""
    period = report.period
    first, last = words.date(period.first), words.date(period.last)
    title = words(f"report-title-{period.kind}", period=str(period), first=first, last=last)
    yield from f"Subject: {_encoded(title)}".split("\n")
    yield "MIME-Version: 1.0"
    yield "Content-Type: text/plain; charset=utf-8"
    yield "Content-Transfer-Encoding: 8bit"
    yield ""
    yield from _sendable(url)
    yield from fitted(lambda room: _told(report, _Voice(words, room)), _size, most=_MOST_BYTES)


def _encoded(title: str) -> str:
    """A header's text, on more than one line if it has other letters than those of ASCII."""
    return title if title.isascii() else Header(title, "utf-8", header_name="Subject").encode()


def _told(report: Report | RollUp, voice: _Voice) -> list[str]:
    lines = _week(report, voice) if isinstance(report, Report) else _rolled_up(report, voice)
    return [fit for line in lines for fit in _sendable(line)]


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _sendable(line: str) -> Iterator[str]:
    """A line as SMTP allows it: longer words are broken, and a dot alone would end the mail."""
    while len(line.encode()) > _LONGEST:
        start = line.encode()[:_LONGEST].decode(errors="ignore")
        yield start
        indent = "  " if start.startswith(("* ", "  ")) else ""
        line = indent + line[len(start) :]
    yield f" {line}" if line == "." else line


def _week(report: Report, voice: _Voice) -> Iterator[str]:
    words = voice.words
    yield from _overview(report.period, _standings(report, voice), words)
    changes = list(_changes(report, voice))
    yield from voice.listed(words("report-changes", period=str(report.period.before())), changes)
    yield from _blockers(report.blockers, report.period, voice, goes_on=report.awaited is not None)
    late = words("report-missing")
    if report.awaited:
        late = words("report-awaited", day=words.date(report.awaited))
    yield from voice.listed(late, list(_missing(report, words)))
    for section in report.teams:
        if section.says_something:
            yield from _section(section, voice)
    yield from voice.listed(
        words("report-people"), [voice.short(_person(c, words)) for c in report.people or ()]
    )
    yield from voice.listed(words("report-findings"), _findings(report.findings or (), words))
    unknown = [
        words(
            "report-unknown-team",
            team=shortened(found.update.team, _LONGEST_NAME) or words("report-no-name"),
            page=found.page,
        )
        for found in report.unknown
    ]
    yield from voice.listed(words("report-unknown"), unknown)
    yield from _problems(report.problems or (), voice)


def _overview(period: Period, standings: Sequence[str], words: Messages) -> Iterator[str]:
    """A line for each team, however many there are."""
    if standings:
        yield from _heading(words("report-overview", period=str(period)))
    for standing in standings:
        yield from _bullet(standing)


def _standings(report: Report, voice: _Voice) -> list[str]:
    said = {section.team: section.said for section in report.teams}
    return [_standing(team, said.get(team), trend, voice) for team, trend in report.trend.items()]


def _standing(team: str, said: TeamReport | None, trend: Trend, voice: _Voice) -> str:
    return f"{team}: {_health(said, voice)}  {''.join(SYMBOLS[kind] for kind in trend)}".rstrip()


def _health(said: TeamReport | None, voice: _Voice) -> str:
    """How a team stands; in its own words where those are not known."""
    if said is None:
        return voice.words("report-no-update")
    if said.health == "unknown" and said.update.health:
        return shortened(said.update.health, _LONGEST_NAME)
    return voice.words(f"health-{said.health}")


def _changes(report: Report, voice: _Voice) -> Iterator[str]:
    words = voice.words
    for change in report.health_changes:
        yield words(
            "report-changed-health",
            team=change.team,
            before=words(f"health-{change.before}"),
            after=words(f"health-{change.after}"),
        )
    for key, found in (("new", report.new_blockers), ("gone", report.gone_blockers)):
        for blocker in found:
            yield words(f"report-{key}-blocker", blocker=_blocker(blocker, voice))


def _missing(report: Report, words: Messages) -> Iterator[str]:
    for team in report.missing:
        heard = report.heard.get(team.name)
        yield words(
            "report-missing-since" if heard else "report-missing-team",
            team=team.name,
            pages=words.joined(report.expected[team.name]),
            date=words.date(heard) if heard else "",
        )


def _section(section: TeamSection, voice: _Voice) -> Iterator[str]:
    said, words = section.said, voice.words
    yield from _heading(_head(section.team, said, voice))
    if said:
        yield from voice.items(words("report-done"), said.update.done, page=said.page)
        yield from voice.items(words("report-next"), said.update.next, page=said.page)
    yield from _sides(section.waits, section.blocks, voice)
    if said:
        yield from voice.items(words("report-risks"), said.update.risks, page=said.page)
    kinds = dict.fromkeys(ticket.kind for ticket in (section.tickets or ()))
    for kind in kinds:
        tickets = [
            _ticket(ticket, voice) for ticket in (section.tickets or ()) if ticket.kind == kind
        ]
        yield words(f"report-tickets-{kind}", count=len(tickets))
        yield from voice.bullets(tickets)
    for before in earlier(said) if said else ():
        yield from _earlier(before, voice)


def _earlier(said: TeamReport, voice: _Voice) -> Iterator[str]:
    """An update that a later one of the same week has replaced."""
    words, update = voice.words, said.update
    health = f" ({_health(said, voice)})" if update.health else ""
    day = f"{words('report-earlier')} {words.date(said.date)}"
    yield from _wrapped(f"{day}{health}{_headline(said, voice)}")
    for key, items in (
        ("done", update.done),
        ("next", update.next),
        ("blocked-by", update.blocked_by),
        ("blocking", update.blocking),
        ("risks", update.risks),
    ):
        yield from voice.items(words(f"report-{key}"), items, page=said.page)


def _head(team: str, said: TeamReport | None, voice: _Voice) -> str:
    return f"{team} ({_health(said, voice)}){_headline(said, voice)}"


def _headline(said: TeamReport | None, voice: _Voice) -> str:
    return f": {voice.short(said.update.headline.text)}" if said and said.update.headline else ""


def _rolled_up(report: RollUp, voice: _Voice) -> Iterator[str]:
    words = voice.words
    standings = [_standing(team.team, team.last, team.trend, voice) for team in report.teams]
    quiet = (None,) * len(report.weeks)
    standings += [_standing(team, None, quiet, voice) for team in report.silent]
    yield from _overview(report.period, standings, words)
    yield from voice.listed(words("report-goals"), [_goal(each, voice) for each in report.goals])
    if report.weeks:
        yield from _blockers(report.blockers, report.weeks[-1], voice, goes_on=True)
    gone = [
        words(
            "report-gone-after",
            blocker=_blocker(each.blocker, voice),
            weeks=each.blocker.weeks(each.week),
            week=str(each.week),
        )
        for each in report.gone
    ]
    yield from voice.listed(words("report-gone-blockers"), gone)
    for team in report.teams:
        yield from _rolled_team(team, voice)
    yield from voice.listed(words("report-missing"), report.silent)


def _goal(each: StatedGoal, voice: _Voice) -> str:
    goal = each.stated.goal
    due = voice.words.date(goal.due) if goal.due else goal.raw_due
    parts = (shortened(part, _LONGEST_NAME) for part in (goal.owner, goal.status, due) if part)
    more = ", ".join(parts)
    whose = f"{each.stated.team}: " if each.stated.team else ""
    return f"{whose}{voice.about(goal.goal)}" + (f" ({more})" if more else "")


def _rolled_team(team: TeamRollUp, voice: _Voice) -> Iterator[str]:
    words, last = voice.words, team.last
    yield from _heading(_head(team.team, last, voice))
    yield words("report-reported", count=team.reported, weeks=len(team.trend))
    if team.done:
        yield words("report-done")
        yield from voice.bullets(
            [
                words("report-done-in", item=voice.about(each.item), week=str(each.week))
                for each in team.done
            ]
        )
    yield from voice.items(words("report-open"), last.update.next, page=last.page)
    yield from _sides(team.waits, team.blocks, voice)
    yield from voice.items(words("report-risks"), last.update.risks, page=last.page)


def _sides(waits: Sequence[Blocker], blocks: Sequence[Blocker], voice: _Voice) -> Iterator[str]:
    """What a team waits for, and who waits for it; whoever names it."""
    for key, blockers in (("report-blocked-by", waits), ("report-blocking", blocks)):
        if blockers:
            yield voice.words(key)
            yield from voice.bullets(
                [_side(one, key == "report-blocked-by", voice) for one in blockers]
            )


def _side(one: Blocker, is_waiting: bool, voice: _Voice) -> str:
    other = one.on if is_waiting else one.waiting
    about = ": ".join(part for part in (other, voice.about(one.what)) if part)
    return f"{about} ({_named(one, voice.words)})" if _is_named_by_one(one) else about


def _blockers(
    found: Sequence[Blocker], week: Period, voice: _Voice, *, goes_on: bool
) -> Iterator[str]:
    words = voice.words
    lines = []
    for one in found:
        age = words("report-age", weeks=one.weeks(week))
        more = [age]
        if _is_named_by_one(one):
            more.append(_named(one, words))
        if one.is_quiet(week, goes_on=goes_on):
            more.append(words("report-quiet", week=str(one.seen)))
        lines.append(f"{_blocker(one, voice)} ({', '.join(more)})")
    yield from voice.listed(words("report-blockers"), lines)


def _is_named_by_one(one: Blocker) -> bool:
    return one.named_by in ("waiting", "blocking")


def _named(one: Blocker, words: Messages) -> str:
    speaker = one.waiting if one.named_by == "waiting" else one.on
    return words("report-named-only-by", team=speaker)


def _blocker(one: Blocker, voice: _Voice) -> str:
    return voice.words(one.message, waiting=one.waiting, on=one.on, what=voice.about(one.what))


def _problems(found: Iterable[Problem], voice: _Voice) -> Iterator[str]:
    short = (replace(each, what=shortened(each.what, _LONGEST_NAME)) for each in found)
    lines = list(dict.fromkeys(problem(each, voice.words) for each in short))
    yield from voice.listed(voice.words("report-problems"), lines)


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


def _ticket(ticket: Ticket, voice: _Voice) -> str:
    owner = f" ({ticket.owner})" if ticket.owner else ""
    return f"T{ticket.number} {voice.short(' '.join(ticket.title.split()))}{owner}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield from _wrapped(text)
    yield "-" * min(len(text), _WIDTH)


def _bullet(text: str) -> Iterator[str]:
    yield from _wrapped(text, first="* ", others="  ") or ["*"]


def _wrapped(text: str, *, first: str = "", others: str = "") -> list[str]:
    return wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
