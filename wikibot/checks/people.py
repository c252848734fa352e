"""Rules about people: who is who, and whether all pages say the same of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from wikibot.checks.rule import Found, check, line_of
from wikibot.config import StaffTable
from wikibot.directory import Directory
from wikibot.duties import Duty, Holding
from wikibot.members import Member
from wikibot.model import Fix, Holder, Part, Person, Replacement
from wikibot.readings import RosterPage
from wikibot.removals import UNKNOWN, leavers
from wikibot.wikitext import escape
from wikibot.wikitext.editing import NewPerson, insert
from wikibot.words import fold


def _nearest(names: Iterable[str]) -> str:
    names = tuple(names)
    return f"; nearest: {', '.join(names)}" if names else ""


def _people_of_staff_lists(d: Directory) -> Iterator[tuple[str, Person]]:
    for page in d.readings.rosters:
        if page.kind == "staff":
            for person in page.roster.people:
                yield page.title, person


def _holdings(d: Directory, kind: str) -> Iterator[tuple[Duty, Holding]]:
    for duty in d.duties:
        for holding in duty.holdings:
            if holding.kind == kind:
                yield duty, holding


@check(UNKNOWN, "error")
def person_unknown(d: Directory) -> Iterator[Found]:
    """A holder of a role, or a person on a staff list, who is on no roster it follows.

    Example: the roles page says ``! Activity !! [[User:Ola (Example)|Ola]]``, and no team page
    lists Ola.

    Why: people leave, and the pages that name them as contact stay behind.

    Mended: by hand: add the person to the roster of their team, or name the new holder. Where
    ``[limits] allow_removals`` is set, the ``roster`` task takes the person off a staff list some
    days later; the finding says from which day on.
    """
    for duty, holding in _holdings(d, "unknown"):
        if d.unread_sources(duty.page):
            continue  # page-missing, section-missing or roster-missing tells why
        yield Found(
            duty.page,
            f"“{holding.holder.name.text}”, holder of {duty.role.name.text}, is on no roster"
            f"{_nearest(holding.candidates)}",
            duty.role.section,
            line_of(d, duty.page, holding.holder.name),
        )
    for found in leavers(d):
        person = found.person
        said = f"“{person.name.text}” {found.why}"
        yield Found(found.page, said, person.section, person.line, found.fix)


@check("person-missing", "warning")
def person_missing(d: Directory) -> Iterator[Found]:
    """A person of a team who is not on a staff list that is about the team.

    Example: Ola joined the team page in May; the list of all staff ends with those of April.

    Why: new colleagues are entered on one page and forgotten on the others.

    Mended: by the ``roster`` task, which adds the person behind a colleague of the same team, in
    the style of the list; not when the list names the account in a row that cannot be read.
    """
    for page in d.readings.rosters:
        if not isinstance(page.table, StaffTable) or not page.roster.people:
            continue
        listed = {d.member_of(person): person for person in page.roster.people}
        teams = page.table.teams or tuple(team.name for team in d.config.team)
        for team in teams:
            behind = None
            for member in d.people.of_team(team):
                if member in listed:
                    behind = listed[member]
                elif member.team == team or member.team not in teams:
                    yield Found(
                        page.title,
                        f"“{member.name}” of {team} is not on this list",
                        page.roster.section,
                        page.roster.line,
                        _addition(d, page, member, behind or page.roster.people[-1]),
                    )


def _addition(d: Directory, page: RosterPage, member: Member, after: Person) -> Fix | None:
    if member.username and _is_around(d, page, member.username):
        return None  # in a row that cannot be read
    new = NewPerson(member.name, member.username, member.title)
    layout = page.table.roster
    text = d.pages[page.title].text
    edit = insert(text, new, after=after, layout=layout, site=d.site)
    if edit is None:
        return None
    replacements = tuple(Replacement(page.title, span, source) for span, source in edit)
    return Fix("roster", f"{member.name} is new", replacements)


def _is_around(d: Directory, page: RosterPage, username: str) -> bool:
    """Whether the account is named in the list, or next to it up to an empty line."""
    text = d.pages[page.title].text
    spans = [person.span for person in page.roster.people]
    start = text.rfind("\n\n", 0, min(span.start for span in spans)) + 1
    end = text.find("\n\n", max(span.end for span in spans))
    around = text[start : end if end >= 0 else len(text)].replace("_", " ")
    return bool(re.search(rf"[:|]\s*{re.escape(username)}\s*[|\]}}]", around, re.IGNORECASE))


@check("person-duplicate", "warning")
def person_duplicate(d: Directory) -> Iterator[Found]:
    """A person who stands twice on one roster.

    Example: ``* [[User:Ola (Example)|Ola]], Manager`` and, five lines below,
    ``* [[User:Ola (Example)|Ola]], Team Lead``.

    Why: one of the two is out of date, and nobody can tell which.

    Mended: by hand: remove one of the two.
    """
    for page in d.readings.rosters:
        seen: dict[str, Person] = {}
        for person in page.roster.people:
            keys = {f"name {fold(person.name.text)}"}
            if person.username:
                keys = {f"user {person.username.text}"}
            first = next((seen[key] for key in keys if key in seen), None)
            if first:
                yield Found(
                    page.title,
                    f"“{person.name.text}” stands on this roster already, in line {first.line}",
                    person.section,
                    person.line,
                )
            for key in keys:
                seen.setdefault(key, person)


@check("person-ambiguous", "error")
def person_ambiguous(d: Directory) -> Iterator[Found]:
    """A holder whose first name fits several people.

    Example: the roles page says “Ola”, the rosters have Ola Berg and Ola Nordmann.

    Why: a reader asks the wrong person.

    Mended: by hand: write the full name, link the account, or add an alias to ``[people]``.
    """
    for duty, holding in _holdings(d, "ambiguous"):
        yield Found(
            duty.page,
            f"“{holding.holder.name.text}”, holder of {duty.role.name.text}, fits several people: "
            f"{', '.join(holding.candidates)}",
            duty.role.section,
            line_of(d, duty.page, holding.holder.name),
        )


# --- what follows the authority -----------------------------------------------------------------


@check("title-mismatch", "warning")
def title_mismatch(d: Directory) -> Iterator[Found]:
    """A person whose title differs between pages.

    Example: the team page says “Senior Engineer”, the staff list “Engineer”.

    Why: promotions are entered on one page and forgotten on the others.

    Mended: by the ``roster`` task, where ``[authority] titles`` says which page is right. Two
    team pages that differ are mended when ``[people."Name"] team`` says which one is home.
    """
    for page, person in _people_of_staff_lists(d):
        member = d.member_of(person)
        if not member or not person.title or not member.title:
            continue
        if fold(person.title.text) == fold(member.title):
            continue
        home = member.entries[0]
        if d.config.authority.titles == "team" or not home.person.title:
            yield _differs(d, page, person, "title", person.title, member.title, home.page)
        else:
            yield _differs(
                d, home.page, home.person, "title", home.person.title, person.title.text, page
            )
    for member in d.members:
        home = member.entries[0]
        for entry in member.entries[1:]:
            title = entry.person.title
            if not title or not member.title or fold(title.text) == fold(member.title):
                continue
            if entry.page == home.page:
                continue  # that is person-duplicate
            yield _differs(
                d,
                entry.page,
                entry.person,
                "title",
                title,
                member.title,
                home.page,
                home_known=_home_is_configured(d, member),
            )


@check("name-mismatch", "warning")
def name_mismatch(d: Directory) -> Iterator[Found]:
    """An account that goes by different names on different pages.

    Example: ``[[User:Ola (Example)|Ola Berg]]`` on the team page,
    ``[[User:Ola (Example)|Ola Berk]]`` on the roles page.

    Why: names change, and typing errors stay.

    Mended: by the ``roster`` and ``roles`` tasks, where ``[authority] names`` says which page is
    right. A first name alone, names from ``[people]``, and an account without a name
    (``[[User:Ola (Example)]]``) are not a mismatch.
    """
    for page, person in _people_of_staff_lists(d):
        member = d.member_of(person)
        if member and _has_another_name(person, member):
            home = member.entries[0]
            if d.config.authority.names == "team":
                yield _differs(d, page, person, "name", person.name, member.name, home.page)
            else:
                yield _differs(
                    d, home.page, home.person, "name", home.person.name, person.name.text, page
                )
    for duty, holding in _holdings(d, "person"):
        holder, member = holding.holder, holding.members[0]
        if not _has_another_name(holder, member):
            continue
        home = member.entries[0]
        if d.config.authority.names == "team":
            yield _holder_differs(d, duty, "name", holder.name, member.name, home.page)
        else:
            yield _differs(
                d, home.page, home.person, "name", home.person.name, holder.name.text, duty.page
            )


@check("username-mismatch", "warning")
def username_mismatch(d: Directory) -> Iterator[Found]:
    """A person who is linked to different accounts on different pages.

    Example: ``[[User:OBerg|Ola Berg]]`` on the staff list, ``[[User:Ola (Example)|Ola Berg]]``
    on the team page.

    Why: old accounts are not read any more, and messages to them are lost.

    Mended: by the ``roster`` and ``roles`` tasks, where ``[authority] usernames`` says which
    page is right; not when the name is a single word, because first names repeat, nor when the
    list has the name twice, or the other account, too: two people may have one name.
    """
    places = [
        (page, p.name, p.username, p.section, p.line) for page, p in _people_of_staff_lists(d)
    ]
    places += [
        (
            duty.page,
            h.holder.name,
            h.holder.username,
            duty.role.section,
            line_of(d, duty.page, h.holder.name),
        )
        for kind in ("person", "unknown")
        for duty, h in _holdings(d, kind)
    ]
    roles_pages = {duty.page for duty in d.duties}
    lists = {page.title: page for page in d.readings.rosters if page.kind == "staff"}
    called_so = Counter((page, fold(name.text)) for page, name, _, _, _ in places)
    for page, name, username, section, line in places:
        if not username:
            continue
        called = d.people.called(name.text)
        if len(called) != 1 or not called[0].username:
            continue
        if d.people.with_account(username.text):
            continue  # as it should be, or name-mismatch, or account-renamed
        account = (d.facts.accounts or {}).get(username.text)
        if account and account.renamed_to:
            continue  # account-renamed mends that first
        member, home = called[0], called[0].entries[0]
        fix = None
        ours = home.person.username
        namesakes = page in lists and (
            called_so[page, fold(name.text)] > 1 or _is_around(d, lists[page], member.username)
        )
        if len(name.text.split()) > 1 and not namesakes:
            if d.config.authority.usernames == "team":
                task = "roles" if page in roles_pages else "roster"
                fix = _fix(task, page, username, member.username, f"account of {member.name}")
            elif ours:
                fix = _fix("roster", home.page, ours, username.text, f"account of {member.name}")
        yield Found(
            page,
            f"“{name.text}” is linked to account “{username.text}” here, to “{member.username}” on "
            f"“{home.page}”",
            section,
            line,
            fix,
        )


def _has_another_name(said: Person | Holder, member: Member) -> bool:
    """Whether two pages show names for an account, and these differ."""
    home = member.entries[0].person
    return (
        said.username is not None
        and _shows_a_name(said)
        and _shows_a_name(home)
        and not _is_short_for(said.name.text, member)
    )


def _shows_a_name(said: Person | Holder) -> bool:
    """Whether there is more than the account, as in ``[[User:Ola]]`` and ``{{u|Ola}}``."""
    return said.username is None or said.name.span != said.username.span


def _is_short_for(name: str, member: Member) -> bool:
    return member.is_called(name) or fold(name) == fold(member.name).split()[0]


def _home_is_configured(d: Directory, member: Member) -> bool:
    names = {fold(member.name), *(fold(alias) for alias in member.aliases)}
    return any(t.team and fold(name) in names for name, t in d.config.people.items())


def _fix(task: str, page: str, part: Part, value: str, what: str) -> Fix:
    return Fix(task, f"{what} is {value}", (Replacement(page, part.span, escape.anywhere(value)),))


def _differs(
    d: Directory,
    page: str,
    person: Person,
    what: str,
    part: Part,
    value: str,
    authority: str,
    *,
    home_known: bool = True,
) -> Found:
    """A part of a person on ``page`` that should be ``value``, as the page ``authority`` says."""
    own = person.span.start <= part.span.start and part.span.end <= person.span.end
    own = own and "\n" not in part.span.of(d.pages[page].text)  # a further line is a remark
    fix = _fix("roster", page, part, value, f"{what} of {person.name.text}")
    more = "" if home_known else f'; say which is right: [people."{person.name.text}"] team = …'
    return Found(
        page,
        f"{what} of “{person.name.text}” is “{part.text}” here, “{value}” on “{authority}”{more}",
        person.section,
        person.line,
        fix if home_known and own else None,  # a heading may be the title of many
    )


def _holder_differs(
    d: Directory, duty: Duty, what: str, part: Part, value: str, authority: str
) -> Found:
    return Found(
        duty.page,
        f"{what} of the holder of {duty.role.name.text} is “{part.text}” here, “{value}” on "
        f"“{authority}”",
        duty.role.section,
        line_of(d, duty.page, part),
        _fix("roles", duty.page, part, value, f"{what} of {part.text}"),
    )
