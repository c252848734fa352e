"""Roles: the cases of ``cases/roles``, and laws that hold for any page."""

from pathlib import Path

import pytest
from hypothesis import given

from tests.cases import Case, read_cases
from tests.wikitext.readings import layout_of, pages, parts_of_roles, shows_its_span, site_of
from wikibot.model import Part, Roles
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.roles_draft import MOST_LINES

CASES = read_cases(Path(__file__).parent / "cases/roles")


def told(text: str, roles: Roles) -> str:
    """Roles as the case files write them; a part whose source differs is ``text = source``."""
    if not roles.section_found:
        return f"no section: {roles.section}\n"
    rows = [f"{roles.line}: = {roles.section} ="] if roles.line else []
    for role in roles.roles:
        stated = f" <- {_part(text, role.stated)}" if role.stated else ""
        elsewhere = f" @ {role.section}" if role.section != roles.section else ""
        rows.append(f"{role.line}: {_part(text, role.name)}{stated}{elsewhere}")
        for holder in role.holders:
            username = f" | {_part(text, holder.username)}" if holder.username else ""
            note = f" ({holder.note})" if holder.note else ""
            rows.append(f"  - {_part(text, holder.name)}{username}{note}")
        for group in role.groups:
            rows.append(f"  {group.line}: [{_part(text, group.name) if group.name else ''}]")
            for activity in group.activities:
                cadence = f" ({activity.cadence})" if activity.cadence else ""
                rows.append(f"    {activity.line}: {_part(text, activity.text)}{cadence}")
    rows += [f"{row.line}? {row.text}: {row.why}" for row in roles.unmatched]
    return "".join(f"{row}\n" for row in rows)


def _part(text: str, part: Part) -> str:
    source = part.span.of(text)
    return part.text if source == part.text else f"{part.text} = {source!r}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    text = case.text("page")
    roles = read_roles(text, layout=layout_of(case), site=site_of(case))
    assert told(text, roles) == case.text("expected")


@given(pages())
def test_a_part_reads_as_its_span_does(text: str) -> None:
    for part in parts_of_roles(read_roles(text)):
        assert shows_its_span(text, part)


@given(pages())
def test_what_a_role_says_stands_within_it(text: str) -> None:
    for role in read_roles(text).roles:
        parts = [holder.name for holder in role.holders]
        parts += [activity.text for group in role.groups for activity in group.activities]
        for part in parts:
            assert role.span.start <= part.span.start <= part.span.end <= role.span.end


def test_a_page_longer_than_any_of_roles_is_read_up_to_a_line_that_is_named() -> None:
    roles = read_roles("* Press: [[User:Ana|Ana]]\n" * (MOST_LINES + 5))
    assert len(roles.roles) == MOST_LINES
    assert [row.line for row in roles.unmatched] == [MOST_LINES + 1]
