"""Rules about the pages themselves: they are there, and they can be read."""

from collections.abc import Iterator

from wikibot.checks.rule import Found, check
from wikibot.directory import Directory
from wikibot.readings import people_pages
from wikibot.wikitext.blocks import scan


@check("page-missing", "error")
def page_missing(d: Directory) -> Iterator[Found]:
    """A page of the configuration that is not there, is empty, is a redirect or is not wikitext.

    Example: the team page was moved and is now a redirect.

    Why: nothing can be read from it, so everything that depends on it would be wrong.

    Mended: by hand: restore the page, or correct its title in the configuration.
    """
    updates = [title for team in d.config.team for title in team.updates if "{" not in title]
    people = people_pages(d.config)
    for title in dict.fromkeys((*people, *updates)):
        page = d.pages[title]
        if page.problem:
            why = f"cannot be read: {page.problem}"
        elif not page.exists:
            why = "does not exist"
        elif page.redirect:
            why = "is a redirect; name its target in the configuration"
        elif page.model != "wikitext":
            why = f"is not wikitext but “{page.model}”"
        elif not page.text.strip() and title in people:  # updates may have been archived
            why = "is empty"
        else:
            continue
        yield Found(title, f"this page of the configuration {why}")


@check("section-missing", "error")
def section_missing(d: Directory) -> Iterator[Found]:
    """A section that the configuration names is not on the page.

    Example: ``roster = { section = "Who we are" }`` on a page that now says “Our team”.

    Why: a heading was changed, and the roster cannot be found any more.

    Mended: by hand: correct the heading, or the configuration.
    """
    for page in d.readings.rosters:
        if d.is_readable(page.title) and not page.roster.section_found:
            yield _no_section(page.title, page.table.roster.section)
    for roles in d.readings.roles:
        if d.is_readable(roles.title) and not roles.roles.section_found:
            yield _no_section(roles.title, roles.table.roles.section)


def _no_section(title: str, section: str | None) -> Found:
    return Found(title, f"section “{section}”, which the configuration names, is not on the page")


@check("roster-missing", "error")
def roster_missing(d: Directory) -> Iterator[Found]:
    """No roster, or no roles, can be found on a page that should have them.

    Example: somebody replaced the list of people by a picture.

    Why: an empty roster would make everybody unknown.

    Mended: by hand: restore the list, or describe its layout in the configuration. For a team that
    has nobody yet, or nobody any more, set ``may_be_empty`` in its ``[[team]]``.
    """
    for page in d.readings.rosters:
        missing = page.roster.section_found and not page.roster.people
        if missing and d.is_readable(page.title) and not d.is_empty(page):
            yield Found(page.title, "no roster can be found here", page.roster.section)
    for roles in d.readings.roles:
        if d.is_readable(roles.title) and roles.roles.section_found and not roles.roles.roles:
            yield Found(roles.title, "no roles can be found here", roles.roles.section)


@check("page-shrunk", "error")
def page_shrunk(d: Directory) -> Iterator[Found]:
    """A page that names fewer than half of the people or roles that it named before.

    Example: of twelve people on the team page, three are left since this morning.

    Why: a page that was cut by accident would take its people off all others.

    Mended: by hand: restore what is missing. If it is right, wait for two days, until which what
    follows the page is left alone, or say so: ``wikibot run --confirm-shrunk PAGE``.
    """
    for title, why in d.past.shrunk().items():
        yield Found(title, why)


@check("layout-unmatched", "warning")
def layout_unmatched(d: Directory) -> Iterator[Found]:
    """A line in a roster or a roles table that its layout does not understand.

    Example: ``* (see the office plan)`` among ``* [[User:Ola (Example)|Ola]], Manager``.

    Why: it may be a person whom the bot would miss in silence.

    Mended: by hand: write the line like its neighbours, or move it out of the list.
    """
    for title, unmatched in [
        *((p.title, p.roster.unmatched) for p in d.readings.rosters),
        *((p.title, p.roles.unmatched) for p in d.readings.roles),
    ]:
        for line in unmatched:
            said = "" if line.text in line.why else f"“{line.text}”: "
            yield Found(title, f"cannot read this line: {said}{line.why}", line.section, line.line)


@check("region-broken", "error")
def region_broken(d: Directory) -> Iterator[Found]:
    """The marks of a managed region do not pair, do not end, are nested or stand twice.

    Example: the line ``<!-- Wikibot region end -->`` was deleted.

    Why: the bot cannot tell its text from people's, so it leaves the page alone.

    Mended: by hand: restore the mark, or remove both.
    """
    for title, broken in d.readings.broken.items():
        for mark in broken:
            section = _section(d, title, mark.line)
            yield Found(title, f"{mark.why}; the page is left alone", section, mark.line)
    generated = [c.page] if (c := d.config.contacts) and c.page else []
    generated += c.plain_pages if c and not d.site.scribunto else []
    generated += [d.config.runs.page] if d.config.runs.page else []
    if d.config.report:
        generated += [d.config.report.base, f"{d.config.report.base}/{d.period}"]
    for title in generated:
        page = d.pages[title]
        if page.exists and not d.readings.regions[title] and not d.readings.broken[title]:
            yield Found(
                title,
                "the bot should write this page, but it has no managed region; add the marks "
                "where the text should stand, or delete the page",
            )


def _section(d: Directory, title: str, line: int) -> str:
    """The heading above a line."""
    text = d.pages[title].text
    offset = sum(map(len, text.split("\n")[: line - 1])) + line - 1
    return scan(text, site=d.site).section_at(offset).title


@check("region-edited", "warning")
def region_edited(d: Directory) -> Iterator[Found]:
    """Somebody edited the inside of a managed region.

    Example: a row was added by hand to the generated contacts table.

    Why: the next run would overwrite it, so the bot leaves the region alone until it is settled.

    Mended: by hand: move the text out of the region, then remove ``hash=…`` from its first mark.
    Where the bot's text should win, set ``[limits] overwrite_edited_regions``.
    """
    for title, regions in d.readings.regions.items():
        for region in regions:
            if region.edited:
                yield Found(
                    title,
                    f"the region of the {region.task} task was edited by hand; move the text out "
                    f"of it and remove “hash=…” from its first mark",
                    _section(d, title, region.line),
                    region.line,
                )
