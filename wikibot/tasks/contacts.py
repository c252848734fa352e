"""``contacts``: the generated page that says whom to ask, by activity and by person."""

from collections.abc import Iterator, Sequence

from wikibot.directory import Directory
from wikibot.duties import Duty
from wikibot.members import Member
from wikibot.messages import Messages, load
from wikibot.model import Change, Finding
from wikibot.tasks.generated import page_changes
from wikibot.wikitext import escape
from wikibot.words import fold


def changes(directory: Directory, _findings: Sequence[Finding]) -> list[Change]:
    """The contacts page: created, or its managed region filled; nothing when it is as it should."""
    table = directory.config.contacts
    if not table or not table.page:
        return []
    words = load(directory.site.language)
    return page_changes(
        directory,
        table.page,
        task="contacts",
        say=words("contacts-summary"),
        body="\n".join(_page(directory, words)),
        note=f"{words('contacts-intro')}\n",
    )


def _page(directory: Directory, words: Messages) -> Iterator[str]:
    yield f"== {words('contacts-by-activity')} =="
    yield '{| class="wikitable sortable"'
    for head in ("contacts-activity", "contacts-role", "contacts-ask"):
        yield f'! scope="col" | {words(head)}'
    for said, duty in _activities(directory):
        yield "|-"
        yield f"| {escape.cell(said)}"
        yield f"| [[:{duty.page}|{escape.label(duty.role.name.text)}]]"
        yield f"| {_whom(directory, duty, words)}"
    yield "|}"
    yield ""
    yield f"== {words('contacts-by-person')} =="
    duties: dict[Member, list[Duty]] = {}
    for duty in directory.duties:
        for member in duty.members:
            duties.setdefault(member, []).append(duty)
    for member in sorted(directory.members, key=lambda m: (fold(m.name), m.username)):
        title = f", {escape.item(member.title)}" if member.title else ""
        team = directory.team(member.team)
        yield (
            f"* {escape.person(member.name, member.username)}{title} "
            f"([[:{team.page}|{escape.label(team.name)}]])"
        )
        for duty in duties.get(member, ()):
            yield f"** [[:{duty.page}|{escape.label(duty.role.name.text)}]]"


def _activities(directory: Directory) -> list[tuple[str, Duty]]:
    """Each activity and its role, A to Z, catch-alls left out; a role without any as itself."""
    catch_all = directory.config.catch_alls
    found = [
        (activity.text.text, duty)
        for duty in directory.duties
        for group in duty.role.groups
        for activity in group.activities
        if fold(activity.text.text) not in catch_all
    ]
    found += [(d.role.name.text, d) for d in directory.duties if not any(d.role.groups)]
    return sorted(found, key=lambda pair: (fold(pair[0]), pair[1].page, pair[1].role.line))


def _whom(directory: Directory, duty: Duty, words: Messages) -> str:
    """Who holds the role; where nobody does, the contact pages of the role's teams."""
    if duty.members:
        return ", ".join(_person(member) for member in duty.members)
    pages = [duty.table.contact] if duty.table.contact else []
    pages += [c for t in duty.table.teams if (c := directory.team(t).contact)]
    links = ", ".join(f"[[:{page}|{escape.label(page)}]]" for page in dict.fromkeys(pages))
    return f"{words('contacts-vacant')}; {links}" if links else words("contacts-vacant")


def _person(member: Member) -> str:
    return escape.person(member.name, member.username)
