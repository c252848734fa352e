"""``action=query``: answers to their end, and pages by the title that was asked for."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from wikibot.model import Site
from wikibot.titles import normal_title
from wikibot.wiki.protocol import RevisionCache

if TYPE_CHECKING:
    from pywikibot.site import APISite


def batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Lists of at most ``size``, without what comes twice."""
    iterator = iter(dict.fromkeys(items))
    while batch := list(islice(iterator, size)):
        yield batch


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision; ``text`` is ``None`` when it is hidden, ``parent`` 0 for the first one."""

    id: int
    parent: int
    user: str
    text: str | None
    comment: str = ""


class Query:
    """Asks a wiki, throttled and retried by Pywikibot, whose errors it raises.

    Texts that were seen go into ``revisions``.

    ``limit`` is how many titles, revisions or users the account may put into one question
    (https://www.mediawiki.org/wiki/API:Query#Limits).
    """

    def __init__(self, site: "APISite", revisions: RevisionCache) -> None:
        self._site = site
        self._revisions = revisions
        self.limit = 500 if site.has_right("apihighlimits") else 50

    def __call__(self, **parameters: Any) -> Iterator[Mapping[str, Any]]:
        """What is under ``query`` in each answer, until the wiki has nothing to add."""
        from pywikibot.exceptions import UnexpectedAPIDataError

        asked = {"action": "query", "formatversion": 2, **parameters}
        while True:
            answer = self._site.simple_request(**asked).submit()
            if "query" not in answer:
                raise UnexpectedAPIDataError(f"the answer has no query in it: {answer!r:.200}")
            yield answer["query"]
            if "continue" not in answer:
                return
            asked |= answer["continue"]

    def pages(self, titles: Iterable[str], **parameters: Any) -> dict[str, Mapping[str, Any]]:
        """What the wiki says of each page, by the title that was asked for.

        A title that no page can have says ``invalidreason``, one on another wiki ``iw``. Not for
        properties that are continued within one page.
        """
        said: dict[str, Mapping[str, Any]] = {}
        for batch in batches(titles, self.limit):
            sent = {}
            for title in batch:
                try:
                    normal_title(title, Site())
                except ValueError as error:
                    said[title] = {"invalidreason": f"it {error}"}
                else:
                    sent[title] = unicodedata.normalize("NFC", title)
            if sent:
                answers = self(titles=list(sent.values()), **parameters)
                found = _by_title(answers)
                lost = {"invalidreason": "the wiki does not recognise it"}
                said |= {title: found.get(spelt, lost) for title, spelt in sent.items()}
        return said

    def texts(self, revisions: Iterable[int]) -> dict[int, str]:
        """The text of each revision that the wiki shows."""
        wanted = set(revisions)
        texts = dict(self._revisions.get_many(wanted))
        for batch in batches(map(str, sorted(wanted - texts.keys())), self.limit):
            for answer in self(revids=batch, prop="revisions", **_REVISION):
                texts |= {
                    seen.id: seen.text for seen in self._seen(answer) if seen.text is not None
                }
        return texts

    def newest(self, title: str) -> Revision | None:
        """What stands on a page now; ``None`` when there is no such page."""
        from pywikibot.exceptions import InvalidTitleError

        (page,) = self.pages([title], prop="revisions", **_REVISION).values()
        if "missing" not in page and "revisions" not in page:
            raise InvalidTitleError(f"“{title}” is not the title of a page")
        return next(self._seen({"pages": [page]}), None)

    def since(self, title: str, base: int | None, *, limit: int) -> list[Revision]:
        """The first revisions of a page after ``base``, oldest first; ``None``: of all it has."""
        start = {} if base is None else {"rvstartid": base}
        asked = {"titles": title, "prop": "revisions", "rvdir": "newer", "rvlimit": limit + 1}
        answer = next(self(**asked, **start, **_REVISION))
        return [seen for seen in self._seen(answer) if seen.id != base][:limit]

    def revision(self, number: int) -> Revision | None:
        """A revision by its number; ``None`` when the wiki does not have it."""
        (answer,) = self(revids=number, prop="revisions", **_REVISION)
        return next(self._seen(answer), None)

    def _seen(self, answer: Mapping[str, Any]) -> Iterator[Revision]:
        for page in answer.get("pages", ()):
            for said in page.get("revisions", ()):
                text = said["slots"]["main"].get("content")
                if text is not None:
                    self._revisions.put_many({said["revid"]: text})
                user, comment = said.get("user", ""), said.get("comment", "")
                yield Revision(said["revid"], said["parentid"], user, text, comment)


_REVISION = {"rvprop": "ids|user|comment|content", "rvslots": "main"}


def _by_title(answers: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Pages under their own titles, and under those that the wiki has corrected to them."""
    found: dict[str, Mapping[str, Any]] = {}
    corrected: dict[str, str] = {}
    for answer in answers:
        for page in answer.get("pages", ()):
            found[page["title"]] = found.get(page["title"], {}) | page
        for elsewhere in answer.get("interwiki", ()):
            found[elsewhere["title"]] = elsewhere
        for step in answer.get("normalized", ()):
            start = unquote(step["from"]) if step.get("fromencoded") else step["from"]
            corrected[start] = step["to"]
    return found | {start: found[to] for start, to in corrected.items() if to in found}
