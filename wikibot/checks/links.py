"""Rules about links on team pages, staff lists and roles pages."""

from collections.abc import Iterator

from wikibot.checks.rule import Found, check
from wikibot.directory import Directory
from wikibot.wikitext.links import anchors


@check("link-missing", "warning")
def link_missing(d: Directory) -> Iterator[Found]:
    """A link to a page that does not exist.

    Example: “For more, see [[Onbording]]”.

    Why: a page was moved or deleted, or never written.

    Mended: by hand: correct the link. Links to user pages, files, categories and special pages
    are not looked at.
    """
    for page, links in d.readings.links.items():
        for link in links:
            if link.target and d.facts.exists.get(link.target) is False:
                yield Found(
                    page,
                    f"link to “{link.target}”, a page that does not exist",
                    link.section,
                    link.line,
                )


@check("link-anchor", "warning")
def link_anchor(d: Directory) -> Iterator[Found]:
    """A link to a section that is not there.

    Example: “[[#Who is who|our people]]” on a page whose section is called “Who we are”.

    Why: a heading was changed; the reader lands at the top of the page and searches.

    Mended: by hand: correct the part behind the ``#``.
    """
    known: dict[str, frozenset[str]] = {}
    for page, links in d.readings.links.items():
        for link in links:
            target = link.target or page
            there = d.pages.get(target)
            if not link.anchor or not there or not there.exists or there.redirect:
                continue
            if target not in known:
                known[target] = anchors(there.text, site=d.site)
            if link.anchor not in known[target]:
                where = f"“{target}”" if link.target else "this page"
                yield Found(
                    page,
                    f"link to section “{link.anchor}”, which is not on {where}",
                    link.section,
                    link.line,
                )
