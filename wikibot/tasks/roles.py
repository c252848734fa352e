"""``roles``: the holders of each role as the rosters say.

In the cell that names them (what the checks propose), and in managed regions
``task=roles role=…``: a list of everybody who holds the role, with their title. A region
without ``role`` belongs to the role in whose section it stands.
"""

from collections.abc import Sequence

from wikibot.directory import Directory
from wikibot.duties import Duty
from wikibot.members import Member
from wikibot.model import Change, Finding, Replacement
from wikibot.tasks.fixes import changes_of
from wikibot.tasks.generated import writable
from wikibot.wikitext import escape
from wikibot.wikitext.regions import Region, fill
from wikibot.words import fold


def changes(directory: Directory, findings: Sequence[Finding]) -> list[Change]:
    """The proposed fixes, and the managed regions that differ from the rosters."""
    found = changes_of("roles", findings)
    for roles in directory.readings.roles:
        for region in writable(directory, roles.title):
            if region.task != "roles":
                continue
            duty = _duty_of(region, roles.title, directory)
            if duty and duty.members:  # a vacant role keeps its text; role-vacant tells
                text = directory.pages[roles.title].text
                body = "\n".join(_holder(member) for member in duty.members)
                edits = fill(text, region, body)
                if edits:
                    found.append(
                        Change(
                            roles.title,
                            "roles",
                            f"holders of {duty.role.name.text}",
                            tuple(Replacement(roles.title, span, new) for span, new in edits),
                        )
                    )
    return found


def _duty_of(region: Region, title: str, directory: Directory) -> Duty | None:
    """The role that a region is about."""
    named = region.attributes.get("role", "")
    for duty in directory.duties:
        if duty.page != title:
            continue
        inside = duty.role.span.start <= region.outer.start < duty.role.span.end
        if fold(duty.role.name.text) == fold(named) if named else inside:
            return duty
    return None


def _holder(member: Member) -> str:
    title = f", {escape.item(member.title)}" if member.title else ""
    return f"* {escape.person(member.name, member.username)}{title}"
