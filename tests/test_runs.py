"""What the record of runs says: which one went wrong, which one did not happen."""

from datetime import UTC, datetime, timedelta

import pytest

from wikibot.model import Outcome
from wikibot.runs import APPLYING, Lapse, Run, current, lapses

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BAD = "The wiki is unreachable."


def run(hours: float, *tasks: str, trouble: str = "", unsaved: str = "") -> Run:
    """A run that began some hours after noon."""
    outcomes = (
        (Outcome("Team", "protected", unsaved),) if unsaved else (Outcome("Team", "changed"),)
    )
    return Run(NOON + hours * HOUR, 1.0, tasks or ("roster",), 0, outcomes, trouble=trouble)


def at(hours: float) -> datetime:
    return NOON + hours * HOUR


def test_runs_that_save_all_they_planned_are_no_lapse() -> None:
    assert lapses([run(0), run(24), run(48)], every={}, now=at(49)) == ()


def test_a_run_that_failed_is_a_lapse_until_the_next_good_one() -> None:
    assert lapses([run(0), run(1, trouble=BAD)], every={}, now=at(2)) == (
        Lapse("failed", ("roster",), at(1), None, 1, BAD),
    )
    assert lapses([run(1, trouble=BAD), run(2)], every={}, now=at(3)) == (
        Lapse("failed", ("roster",), at(1), at(2), 1, BAD),
    )


def test_the_same_failure_again_and_again_is_one_lapse() -> None:
    runs = [run(n, trouble=BAD) for n in range(5)]
    assert lapses(runs, every={}, now=at(9)) == (Lapse("failed", ("roster",), NOON, None, 5, BAD),)


def test_another_failure_is_another_lapse() -> None:
    runs = [run(0, trouble=BAD), run(1, trouble="The account is blocked.")]
    assert [(found.why, found.until) for found in lapses(runs, every={}, now=at(2))] == [
        (BAD, at(1)),
        ("The account is blocked.", None),
    ]


def test_a_page_that_was_not_saved_is_a_lapse_and_named() -> None:
    (found,) = lapses([run(0, unsaved="The page is protected.")], every={}, now=at(1))
    assert found.kind == "unsaved"
    assert found.why == "“Team” was not saved: protected. The page is protected."


def test_a_good_run_of_other_tasks_does_not_end_a_lapse() -> None:
    runs = [run(0, "roster", trouble=BAD), run(1, "contacts")]
    assert current(lapses(runs, every={}, now=at(2)))


def test_a_good_run_of_these_tasks_and_others_ends_a_lapse() -> None:
    runs = [run(0, "roster", trouble=BAD), run(1, "roster", "contacts")]
    assert [found.until for found in lapses(runs, every={}, now=at(2))] == [at(1)]
    again = [*runs, run(2, "roster", trouble=BAD)]
    assert [(found.since, found.until) for found in lapses(again, every={}, now=at(3))] == [
        (at(0), at(1)),
        (at(2), None),
    ]


def test_a_plan_that_could_not_be_applied_is_made_up_for_by_the_next_good_run() -> None:
    runs = [run(0, *APPLYING, trouble="plan.json: there is no such file."), run(1, "contacts")]
    assert current(lapses(runs, every={}, now=at(2))) == ()


@pytest.mark.parametrize(("hours", "missed"), [(23, False), (48, False), (49, True)])
def test_a_task_is_missed_after_twice_its_interval(hours: float, missed: bool) -> None:
    found = lapses([run(0)], every={"roster": 24 * HOUR}, now=at(hours))
    assert found == ((Lapse("missed", ("roster",), NOON, None),) if missed else ())


def test_a_gap_that_is_over_stays_told() -> None:
    found = lapses([run(0), run(100)], every={"roster": 24 * HOUR}, now=at(101))
    assert found == (Lapse("missed", ("roster",), NOON, at(100)),)
    assert current(found) == ()


def test_a_run_that_failed_did_happen() -> None:
    runs = [run(0), run(40, trouble=BAD)]
    kinds = [found.kind for found in lapses(runs, every={"roster": 24 * HOUR}, now=at(50))]
    assert kinds == ["failed"]


def test_a_task_that_has_never_run_is_not_missed() -> None:
    assert lapses([], every={"roster": HOUR}, now=at(1000)) == ()
