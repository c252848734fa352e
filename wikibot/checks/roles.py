"""Rules about roles: somebody holds each, and nobody's work is claimed twice."""

from collections.abc import Iterator

from wikibot.checks.rule import Found, check, line_of
from wikibot.directory import Directory
from wikibot.duties import Duty, Holding
from wikibot.model import Fix, Replacement, Span
from wikibot.wikitext import escape
from wikibot.words import fold


@check("role-vacant", "error")
def role_vacant(d: Directory) -> Iterator[Found]:
    """A role that nobody holds: no holder, a word such as TBD or Open, a title that nobody has.

    Example: ``! Activity !! Senior Program Manager`` while the rosters have only “Program
    Manager”.

    Why: the page promises a contact whom a reader cannot find.

    Mended: by hand: name a holder, or give somebody on a roster that title; the nearest titles
    are offered. Further words that mean “vacant” go into ``[checks] vacant``.
    """
    for duty in d.duties:
        name, role = duty.role.name.text, duty.role
        if not duty.holdings:
            yield Found(duty.page, f"{name} has no holder", role.section, role.line)
        for holding in duty.holdings:
            text = holding.holder.name.text
            line = line_of(d, duty.page, holding.holder.name)
            if holding.kind == "vacant":
                said = f" (“{text}”)" if text else ""
                yield Found(duty.page, f"{name} is vacant{said}", role.section, line)
            elif not holding.members and _is_title(holding) and not d.unread_sources(duty.page):
                near = "; nearest: " + ", ".join(holding.candidates) if holding.candidates else ""
                yield Found(
                    duty.page,
                    f"{name} is held by “{text}”, a title that nobody on the rosters has{near}",
                    role.section,
                    line,
                )


def _is_title(holding: Holding) -> bool:
    return holding.kind in ("title", "team", "unused title")


@check("holder-missing", "warning")
def holder_missing(d: Directory) -> Iterator[Found]:
    """A role that names both a job title and people, but not all who have the title.

    Example: ``! Activity !! Program Manager: [[User:Ola (Example)|Ola]]`` while the roster has
    Ola and Kim as program managers.

    Why: new colleagues are forgotten on the roles page.

    Mended: by the ``roles`` task, which adds the missing names behind the last one.
    """
    for duty in d.duties:
        titled = {m for h in duty.holdings if h.kind == "title" for m in h.members}
        people = [h for h in duty.holdings if h.kind == "person"]
        named = {m for h in people for m in h.members}
        if not titled or not people:
            continue
        left = titled - named
        missing = [m for m in d.members if m in left] if left else []
        if not missing:
            continue
        names = ", ".join(m.name for m in missing)
        fix = None
        if duty.role.stated and duty.holdings[-1].kind == "person":
            span = duty.role.stated.span
            end = span.end - 1 if span.of(d.pages[duty.page].text).endswith(")") else span.end
            text = "".join(f", {escape.person(m.name, m.username)}" for m in missing)
            fix = Fix(
                "roles",
                f"{duty.role.name.text} is held by {names}, too",
                (Replacement(duty.page, Span(end, end), text),),
            )
        yield Found(
            duty.page,
            f"{duty.role.name.text} does not name {names}, who has that title",
            duty.role.section,
            line_of(d, duty.page, people[-1].holder.name),
            fix,
        )


@check("activity-unowned", "warning")
def activity_unowned(d: Directory) -> Iterator[Found]:
    """Activities of a role that nobody holds, and that no other role has.

    Example: the role Executive Assistant is vacant; “Plan travel” stands under no other role.

    Why: this is the work that is not done.

    Mended: by hand: find a holder, or move the activities to a role that has one.
    """
    owned = {text for duty in d.duties if duty.members for text, _, _ in _activities(duty)}
    for duty in d.duties:
        if duty.members or _cannot_be_resolved(duty, d):
            continue
        left = [(said, line) for text, said, line in _activities(duty) if text not in owned]
        if left:
            many = f" and {len(left) - 1} more" if len(left) > 1 else ""
            yield Found(
                duty.page,
                f"nobody is responsible for “{left[0][0]}”{many} ({duty.role.name.text})",
                duty.role.section,
                left[0][1],
            )


@check("activity-duplicate", "warning")
def activity_duplicate(d: Directory) -> Iterator[Found]:
    """One activity under two roles with different holders.

    Example: “Plan travel” stands under Executive Assistant and under Office Manager.

    Why: each of the two thinks that the other one does it.

    Mended: by hand: remove it from one role. Phrases that many roles may have go into
    ``[checks] catch_all``.
    """
    catch_all = d.config.catch_alls
    first: dict[str, tuple[Duty, int]] = {}
    for duty in d.duties:
        for text, said, line in _activities(duty):
            if text in catch_all:
                continue
            other, other_line = first.setdefault(text, (duty, line))
            if other is duty or set(other.members) == set(duty.members):
                continue
            if not any(_cannot_be_resolved(each, d) for each in (other, duty)):
                place = f"line {other_line}" if other.page == duty.page else f"“{other.page}”"
                yield Found(
                    duty.page,
                    f"“{said}” ({duty.role.name.text}) stands under {other.role.name.text}, too "
                    f"({place})",
                    duty.role.section,
                    line,
                )


def _cannot_be_resolved(duty: Duty, d: Directory) -> bool:
    """Whether the page names a holder whom nobody could know, for want of a roster to look at."""
    named = any(holding.kind != "vacant" for holding in duty.holdings)
    return named and bool(d.unread_sources(duty.page))


def _activities(duty: Duty) -> Iterator[tuple[str, str, int]]:
    """Each activity as it is compared, as it is said, and its line."""
    for group in duty.role.groups:
        for activity in group.activities:
            yield fold(activity.text.text).rstrip(" .;"), activity.text.text, activity.line
