"""Finding members: the index says what looking at all of them would."""

from hypothesis import given
from hypothesis import strategies as st

from wikibot.members import Entry, Member, MemberIndex
from wikibot.model import Part, Person, Span
from wikibot.titles import normal_username
from wikibot.words import fold

NAMES = ["Ana Ruiz", "ana  ruiz", "Ana", "Bo Li", "Bo", "B", ""]
ACCOUNTS = ["", "Ana (X)", "ana_(X)", "Bo", "B"]
TEAMS = ["One", "Two"]
TITLES = ["", "Chair", "chair", "Editor"]


def part(text: str) -> Part:
    return Part(text, Span(0, 0))


def _entry(team: str) -> Entry:
    return Entry(f"{team} page", team, Person(part("x"), None, None, "", 1, Span(0, 0)))


members = st.builds(
    Member,
    name=st.sampled_from(NAMES),
    username=st.sampled_from(ACCOUNTS).map(normal_username),
    old_usernames=st.frozensets(st.sampled_from(ACCOUNTS[1:]).map(normal_username)),
    title=st.sampled_from(TITLES),
    team=st.sampled_from(TEAMS),
    aliases=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    entries=st.lists(st.sampled_from(TEAMS).map(_entry), min_size=1, max_size=3).map(tuple),
)
lists = st.lists(members, max_size=6).map(tuple)


@given(lists, st.sampled_from(NAMES))
def test_names(people: tuple[Member, ...], name: str) -> None:
    index = MemberIndex(people)
    assert index.members == people
    assert index.called(name) == tuple(m for m in people if m.is_called(name))
    assert index.with_first_name(name) == tuple(
        m for m in people if fold(m.name).split()[:1] == [fold(name)]
    )


@given(lists, st.sampled_from(TEAMS), st.sampled_from(TITLES[1:]))
def test_teams_and_titles(people: tuple[Member, ...], team: str, title: str) -> None:
    index = MemberIndex(people)
    assert index.of_team(team) == tuple(m for m in people if team in m.teams)
    assert index.with_title(title, title.upper()) == tuple(
        m for m in people if m.title and fold(m.title) == fold(title)
    )


@given(lists, st.sampled_from(ACCOUNTS))
def test_accounts_of_now_and_of_before(people: tuple[Member, ...], username: str) -> None:
    name = normal_username(username)
    having = [m for m in people if name and name in (m.username, *m.old_usernames)]
    assert MemberIndex(people).with_account(username) is (having[0] if having else None)


def member(name: str, username: str = "", *aliases: str) -> Member:
    return Member(name, username, frozenset(), "", "One", aliases, (_entry("One"),))


def found(index: MemberIndex, name: str, username: str = "") -> str | None:
    member = index.find(name=name, username=part(username) if username else None)
    return member.name if member else None


def test_who_is_meant() -> None:
    index = MemberIndex([member("Ana Ruiz", "Ana"), member("Bo", "B"), member("Cy Fox", "", "Bo")])
    assert found(index, "somebody", "ana") == "Ana Ruiz"
    assert found(index, "ana ruiz") == "Ana Ruiz"
    assert found(index, "Ana") is None
    assert found(index, "Bo") is None  # two are called so
    assert found(index, "Ana Ruiz", "Other") == "Ana Ruiz"
    assert found(index, "Cy Fox", "Other") == "Cy Fox"
    assert found(index, "Nobody", "Other") is None
    assert found(MemberIndex([member("Bo", "B")]), "Bo", "Other") is None  # first names repeat
    assert found(MemberIndex([member("Bo")]), "Bo", "Other") == "Bo"
