"""What a report says, before it is a page."""

import pytest

from tests.tasks.harbour import directory
from wikibot.report import weekly, weeks


def update(team: str, day: str, headline: str) -> str:
    return f"{{{{Status update|team={team}|date={day}|headline={headline}}}}}\n"


def headlines(pages: dict[str, str]) -> dict[str, str]:
    teams = weekly(directory(pages)).teams
    return {said.team: said.update.headline.text for said in teams if said.update.headline}


def test_the_update_with_the_latest_date_counts() -> None:
    page = update("Cranes", "2026-11-20", "late") + update("Cranes", "2026-11-18", "early")
    assert headlines({"Harbour/Cranes/Updates": page}) == {"Cranes": "late"}


def test_of_two_on_one_day_the_one_further_down_counts() -> None:
    page = update("Cranes", "2026-11-20", "above") + update("Cranes", "2026-11-20", "below")
    assert headlines({"Harbour/Cranes/Updates": page}) == {"Cranes": "below"}


def test_a_team_may_report_on_any_of_its_pages() -> None:
    pages = {
        "Harbour/Tugs/Updates": update("Tugs & Pilots", "2026-11-17", "own page"),
        "Harbour/Shared updates": update("Tugs & Pilots", "2026-11-18", "shared page"),
    }
    assert headlines(pages) == {"Tugs & Pilots": "shared page"}


def test_only_the_week_counts() -> None:
    days = ("2026-11-15", "2026-11-23", "2026-11-31", "")
    page = "".join(update("Cranes", day, "x") for day in days)
    report = weekly(directory({"Harbour/Cranes/Updates": page}))
    assert report.teams == ()
    assert "Cranes" in [team.name for team in report.missing]


def test_teams_are_in_the_order_of_the_configuration() -> None:
    names = ("Kitchen", "Lights", "Tugs & Pilots", "Cranes")
    page = "".join(update(name, "2026-11-20", name) for name in names)
    assert list(headlines({"Harbour/Shared updates": page})) == [*reversed(names[1:]), "Kitchen"]


def test_missing_are_those_that_should_report_and_did_not() -> None:
    report = weekly(directory({"Harbour/Shared updates": update("Lights", "2026-11-20", "x")}))
    assert [team.name for team in report.missing] == ["Cranes", "Tugs & Pilots"]


def test_updates_of_unknown_teams_are_kept_apart() -> None:
    page = update("Ferries", "2026-11-20", "x") + update("Ferries", "2026-11-13", "older")
    report = weekly(directory({"Harbour/Shared updates": page}))
    assert [found.update.team for found in report.unknown] == ["Ferries"]
    assert report.teams == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("on track", "on-track"),
        ("GREEN", "on-track"),
        ("at  risk", "at-risk"),
        ("Amber", "at-risk"),
        ("yellow", "at-risk"),
        ("off track", "off-track"),
        ("Red", "off-track"),
        ("done", "done"),
        ("complete", "done"),
        ("", "unknown"),
        ("not on track", "unknown"),
    ],
)
def test_words_for_health(word: str, kind: str) -> None:
    page = f"{{{{Status update|team=Cranes|date=2026-11-20|health={word}}}}}"
    (said,) = weekly(directory({"Harbour/Cranes/Updates": page})).teams
    assert said.health == kind


def test_weeks_are_those_listed_those_around_and_this_one_newest_first() -> None:
    found = directory({"Harbour/Status/2026-W46": "x"})
    listed = "[[:Harbour/Status/2026-W48|x]] [[Harbour/Status/2026-W40]] [[Harbour/Status/2026-W4]]"
    names = [str(week) for week in weeks(found, base="Harbour/Status", listed=listed)]
    assert names == ["2026-W47", "2026-W46", "2026-W40"]
