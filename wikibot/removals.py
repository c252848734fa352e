"""Who may be taken off a staff list, when, and how many at once. Pure.

Nobody is, unless ``[limits] allow_removals`` says so. Then it is a finding first, which names the
day from which on the ``roster`` task takes the person off: ``removal_days`` after it was seen for
the first time. Whatever a task wants, no run takes more than ``removal_share`` off a roster.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher

from wikibot.config import Config, StaffTable, TeamTable
from wikibot.directory import Directory
from wikibot.model import Edit, Finding, Fix, Person, Replacement, Site
from wikibot.past import Past
from wikibot.readings import RosterPage
from wikibot.titles import normal_username
from wikibot.wikitext.editing import remove
from wikibot.wikitext.rosters import read_roster
from wikibot.words import fold

UNKNOWN = "person-unknown"  # the finding


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody on the staff list ``page`` who is on no team page that it follows.

    ``why`` is the end of a sentence. ``fix`` takes the person off, when it is time for that; not
    one who ``may_stay``, because somebody of that name is on a team page.
    """

    page: str
    person: Person
    why: str
    fix: Fix | None = None
    may_stay: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By what the person is known from one run to the next."""
        return self.page, _key(self.person)


def leavers(d: Directory) -> Iterator[Leaver]:
    """All of them; of a list that follows a page from which nothing can be read, nobody."""
    for table, found in _unknown(d):
        yield _with_fix(d, table, found)


def noted(d: Directory, findings: Sequence[Finding]) -> Past:
    """What the next run should know: those who were told of, since the day of the first time."""
    told = {(f.page, f.line) for f in findings if f.code == UNKNOWN}
    keys = [found.key for _, found in _unknown(d) if (found.page, found.person.line) in told]
    return replace(d.past, unknown={key: d.past.unknown.get(key, d.today) for key in keys})


def _unknown(d: Directory) -> Iterator[tuple[StaffTable, Leaver]]:
    """The leavers with the tables of their lists, without what would be done about them."""
    for page in d.readings.rosters:
        if isinstance(page.table, StaffTable) and not d.unread_sources(page.title):
            for person in page.roster.people:
                if found := _leaver(d, page, page.table, person):
                    yield page.table, found


def _leaver(d: Directory, page: RosterPage, table: StaffTable, person: Person) -> Leaver | None:
    member = d.member_of(person)
    teams = table.teams or tuple(team.name for team in d.config.team)
    if member and set(member.teams) & set(teams):
        return None
    called = d.people.called(person.name.text)
    if member is None and len(called) > 1:
        several = ", ".join(m.name for m in called)
        return Leaver(page.title, person, f"fits several people ({several})", may_stay=True)
    why = "is on no roster"
    if member:
        why = f"is on no roster that this list follows, but on that of {member.team}"
    return Leaver(page.title, person, why)


def _with_fix(d: Directory, table: StaffTable, found: Leaver) -> Leaver:
    """The same with the day, or with what takes the person off. Reads the list once more."""
    if found.may_stay or not d.config.limits.allow_removals:
        return found
    edit = remove(d.pages[found.page].text, found.person, layout=table.roster, site=d.site)
    if edit is None:
        return found
    due = d.past.unknown.get(found.key, d.today) + timedelta(days=d.config.limits.removal_days)
    if d.today < due:
        return replace(found, why=f"{found.why}; will be taken off this list from {due} on")
    replacements = tuple(Replacement(found.page, span, text) for span, text in edit)
    say = f"{found.person.name.text} {found.why}"
    return replace(found, fix=Fix("roster", say, replacements))


# --- the guard ----------------------------------------------------------------------------------


def objection(edit: Edit, config: Config, site: Site) -> str:
    """Why an edit takes too many people off a roster, a clause; ``""`` if it does not."""
    tables: tuple[StaffTable | TeamTable, ...] = (*config.staff, *config.team)
    for table in tables:
        if table.page == edit.title:
            before = read_roster(edit.old, layout=table.roster, site=site).people
            after = read_roster(edit.new, layout=table.roster, site=site).people
            if gone := lost(before, after):
                share, key = removal_share(table, config)
                if not config.limits.allow_removals:
                    return f"would remove {gone} of {len(before)} people (limits.allow_removals)"
                if gone > share * len(before):
                    return f"would remove {gone} of {len(before)} people ({key})"
    return ""


def removal_share(table: StaffTable | TeamTable, config: Config) -> tuple[float, str]:
    """The share of a roster that a run may take off, and the key that says so.

    A list of several teams has the smallest of their shares.
    """
    shares: list[tuple[float, str]] = []
    for team in config.team:
        of_list = isinstance(table, StaffTable) and (not table.teams or team.name in table.teams)
        if team is table or of_list:
            own = team.removal_share
            general = (config.limits.removal_share, "limits.removal_share")
            shares.append(general if own is None else (own, f"removal_share of {team.name}"))
    return min(shares, default=(config.limits.removal_share, "limits.removal_share"))


def lost(before: Sequence[Person], after: Sequence[Person]) -> int:
    """How many of those before are not there any more.

    Those who come in meanwhile do not make up for it. A person stays the same whose name or
    account is changed in its place, or who is moved.
    """
    names = {fold(p.name.text) for p in after}
    accounts = {normal_username(p.username.text) for p in after if p.username}
    absent = sum(
        fold(p.name.text) not in names
        and not (p.username and normal_username(p.username.text) in accounts)
        for p in before
    )
    taken = 0
    if absent:
        old, new = [_key(p) for p in before], [_key(p) for p in after]
        matched = SequenceMatcher(None, old, new, autojunk=False)
        for _, start, end, new_start, new_end in matched.get_opcodes():
            taken += max(0, (end - start) - (new_end - new_start))
    return max(len(before) - len(after), min(taken, absent))


def _key(person: Person) -> str:
    account = person.username
    return f"User:{normal_username(account.text)}" if account else fold(person.name.text)
