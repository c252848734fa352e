"""Rules about status updates."""

from collections.abc import Iterator

from wikibot.checks.rule import Found, check
from wikibot.directory import Directory


@check("update-missing", "warning")
def update_missing(d: Directory) -> Iterator[Found]:
    """A team that has not reported for the period, once the deadline has come.

    Example: it is Friday, and Platform has no update for this week.

    Why: the report would have a gap that nobody was told of.

    Mended: by hand: the team writes its update; the report follows at the next run.
    """
    if d.period.kind != "week":
        return
    if d.until < d.deadline:
        return
    for team in d.silent_teams():
        yield Found(d.expected(team)[0], f"team “{team.name}” has no update for {d.period}")


@check("update-unclear", "warning")
def update_unclear(d: Directory) -> Iterator[Found]:
    """An update that cannot be read whole, or that is of no known team.

    Example: ``{{Status update|team=Platfrom|date=2026-02-31}}``.

    Why: it would be missing from the report in silence.

    Mended: by hand: correct the team or the date; the report follows at the next run.
    """
    for found in d.updates:
        update = found.update
        why = update.problem
        if not found.team:
            named = f"“{update.team}”" if update.team else "no team"
            why = f"the update names {named}, and no [[team]] of the configuration is called so"
        if why:
            yield Found(found.page, why, update.section, update.line)
