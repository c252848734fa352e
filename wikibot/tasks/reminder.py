"""``reminder``: one note a week to a team that has not reported, some days before the deadline.

The note is a new section of a talk page and is signed, so that the wiki notifies those whom it
names (https://www.mediawiki.org/wiki/Help:Notifications/Types). Nobody is reminded twice of a
week, even when the note was removed or archived; blocked accounts are not named, and a team with
nobody else to name is not reminded. Off unless ``[report] reminder_days`` is set.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from wikibot import plan
from wikibot.config import Config, TeamTable
from wikibot.directory import Directory
from wikibot.messages import Messages, load
from wikibot.model import Change, Finding, Page, Replacement, Site, Span
from wikibot.titles import normal_username
from wikibot.wikitext import escape
from wikibot.words import fold

TASK = "reminder"
SIGNATURE = "~~~~"  # https://www.mediawiki.org/wiki/Help:Signatures


def changes(directory: Directory, _findings: Sequence[Finding]) -> list[Change]:
    """A section at the end of the talk page of each team to be reminded."""
    if not is_time(directory):
        return []
    words = load(directory.site.language)
    if why := directory.world.unreminded:
        why = f"whether teams were reminded already, or may be, is not known: {why}"
        return [Change(page, TASK, TASK, obstacle=why) for page in silent_pages(directory)]
    notes: dict[str, list[TeamTable]] = {}
    for team in unreminded(directory, words):
        notes.setdefault(str(team.reminder), []).append(team)
    return [_change(directory, page, teams, words) for page, teams in notes.items()]


def is_time(directory: Directory) -> bool:
    """Whether today is one of the days on which teams are reminded."""
    report, week = directory.config.report, directory.period
    if not report or not report.reminder_days or week.kind != "week":
        return False
    first = directory.deadline - timedelta(days=report.reminder_days)
    return first <= directory.today <= directory.deadline


def silent_pages(directory: Directory) -> tuple[str, ...]:
    """The talk pages of the teams that have not reported."""
    pages = (team.reminder for team in directory.silent_teams() if team.reminder)
    return tuple(dict.fromkeys(pages))


def accounts_to_notify(config: Config, site: Site) -> frozenset[str]:
    """The accounts that a reminder may reach, for the wiki to be asked about."""
    if not config.report or not config.report.reminder_days:
        return frozenset()
    named = {name for team in config.team for name in team.notify}
    owners = (_owner(team.reminder, site) for team in config.team if team.reminder)
    return frozenset(named | {name for name in owners if name})


def summary(directory: Directory, team: TeamTable, words: Messages) -> str:
    """The phrase for the summary of the edit; by it an earlier reminder is recognised."""
    return words("reminder-summary", team=team.name, period=str(directory.period))


def unreminded(directory: Directory, words: Messages) -> Iterator[TeamTable]:
    """The silent teams with somebody to remind who has not been reminded of the week."""
    for team in directory.silent_teams():
        if not team.reminder:
            continue
        reminded = _was_told(directory, team, words)
        reminded = reminded or _mark(directory, team) in directory.pages[team.reminder].text
        owner = _owner(team.reminder, directory.site)
        reachable = _reachable(directory, team.notify) if team.notify else (team.reminder,)
        if not reminded and reachable and (not owner or _reachable(directory, (owner,))):
            yield team


def _was_told(directory: Directory, team: TeamTable, words: Messages) -> bool:
    """Whether the bot has written to the team on its talk page, by the summaries of its edits.

    Of a summary that was cut short because it is about many teams, all may have been meant.
    """
    there = [t for t in directory.config.team if t.reminder == team.reminder]
    phrases = {t.name: plan.phrase(summary(directory, t, words)) for t in there}
    return any(
        phrases[team.name] in said
        or (said.endswith(plan.CUT) and any(phrase in said for phrase in phrases.values()))
        for said in directory.world.reminded.get(str(team.reminder), ())
    )


def _reachable(directory: Directory, names: Sequence[str]) -> tuple[str, ...]:
    """Those that exist and are not blocked, by the names that they have now.

    All of them where a wiki has no accounts. Of a new name that was not asked about, nobody knows
    whether it is blocked; nobody is notified by it.
    """
    if directory.facts.accounts is None:
        return tuple(names)
    accounts = {**directory.facts.accounts, **directory.world.accounts}
    found = []
    for name in names:
        account = accounts.get(name)
        if account and account.renamed_to:
            account = accounts.get(account.renamed_to)
        if account and account.exists and not account.blocked:
            found.append(account.name)
    return tuple(dict.fromkeys(found))


def _change(
    directory: Directory, title: str, teams: Sequence[TeamTable], words: Messages
) -> Change:
    page = directory.pages[title]
    say = "; ".join(summary(directory, team, words) for team in teams)
    if why := obstacle(page):
        return Change(title, TASK, say, obstacle=why)
    notes = "\n\n".join(_note(directory, team, words) for team in teams)
    if not page.exists:
        return Change(title, TASK, say, create=f"{notes}\n")
    end = len(page.text)
    blank = "\n\n"[min(2, len(page.text) - len(page.text.rstrip("\n"))) :] if end else ""
    return Change(title, TASK, say, (Replacement(title, Span(end, end), f"{blank}{notes}\n"),))


def obstacle(page: Page) -> str:
    """Why nobody can be reminded on a page, a clause; ``""`` when that can be done."""
    if not (page.problem or page.redirect or page.model != "wikitext"):
        return ""
    why = page.problem or "it is a redirect, or not wikitext; correct reminder of the team"
    return f"nobody can be reminded there: {why}"


def _note(directory: Directory, team: TeamTable, words: Messages) -> str:
    report = directory.config.report
    assert report
    week = directory.period
    links = [escape.page(page, page) for page in directory.expected(team)]
    people = [escape.person(name, name) for name in _reachable(directory, team.notify)]
    text = words(
        "reminder-text",
        team=escape.plain(team.name),
        period=str(week),
        pages=words.joined(links),
        day=words.date(directory.deadline),
    )
    heading = words("reminder-heading", team=escape.heading(team.name), period=str(week))
    mentions = f"{words.joined(people)}: " if people else ""
    return f"== {heading} ==\n{_mark(directory, team)}\n{mentions}{text} {SIGNATURE}"


def _mark(directory: Directory, team: TeamTable) -> str:
    name = escape.argument(team.name).replace("--", "-&#45;").replace(">", "&gt;")
    return f"<!-- Wikibot reminder: {directory.period} {name} -->"


def _owner(title: str, site: Site) -> str:
    """Whose talk page it is; ``""`` for a page of another kind."""
    prefix, colon, name = title.partition(":")
    prefix = fold(prefix)
    users = {user for user in site.user_prefixes if len(user) > 2 or not user.isascii()}
    is_talk = prefix == "user talk" or (
        # as in "benutzer diskussion", "discussion utilisateur", "dyskusja użytkownika"
        prefix in site.talk_prefixes and any(user in prefix for user in users)
    )
    return normal_username(name.partition("/")[0]) if colon and is_talk else ""
