"""Pages as they stood at a moment, and what an account did to them and said of its edits.

A page that was loaded says when its revision was made and which one was before it, so most pages
need no question. The others are followed back together, one step a question, until no more pages
are left than questions were asked; each of those is then asked for by itself, however often it was
edited. So a few pages with many edits do not make many steps, nor many pages many questions.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from wikibot.fights import ENOUGH, LOOKED_AT, Version, times_put_back
from wikibot.model import Edit, Page, Site
from wikibot.plan import checksum
from wikibot.titles import normal_title
from wikibot.wiki.protocol import MOST_SUMMARIES
from wikibot.wiki.query import Query, batches
from wikibot.wikitext.saved import as_saved


@dataclass(frozen=True, slots=True)
class _Past:
    """A revision without its text; ``page`` is the number of the page that has it."""

    id: int
    parent: int
    page: int
    saved: datetime
    model: str


def as_of(
    query: Query, pages: Iterable[Page], moment: datetime, *, is_redirect: Callable[[str], bool]
) -> dict[str, Page]:
    """See :class:`~wikibot.wiki.protocol.Wiki`; ``is_redirect`` tells of a text of this wiki."""
    then: dict[str, Page] = {}
    edited = []
    for page in pages:
        then[page.title] = page
        if not page.exists or (page.saved and page.saved <= moment):
            continue
        if page.saved and page.parent == 0:
            then[page.title] = Page(page.title)
        else:
            edited.append(page)
    found = _revisions_at(query, edited, moment)
    texts = query.texts(revision.id for revision in found.values() if revision)
    for page in edited:
        revision = found.get(page.title)
        if page.title in found and revision is None:
            then[page.title] = Page(page.title)
        elif revision is None or revision.id not in texts:
            number = revision.id if revision else page.revision
            problem = f"“{page.title}”: the wiki does not show revision {number}."
            then[page.title] = Page(page.title, problem=problem)
        else:
            text = texts[revision.id]
            then[page.title] = Page(
                page.title,
                text,
                revision=revision.id,
                redirect=is_redirect(text),
                model=revision.model,
                saved=revision.saved,
                parent=revision.parent,
            )
    return then


def _revisions_at(query: Query, pages: Sequence[Page], moment: datetime) -> dict[str, _Past | None]:
    """What was the newest revision then, by title; ``None`` when there was none.

    A page whose newest revision the wiki does not know any more is left out.

    The parent of a revision may be on another page, or gone, where histories were merged or
    imported. So the first question is about the revisions that were loaded, too: it says which
    page they are of. A parent that is not of the same page is not followed.
    """
    asked = {number for page in pages for number in (page.revision, page.parent) if number}
    known = _look_up(query, asked)
    at = {page.title: known[page.revision] for page in pages if page.revision in known}
    questions = 1
    while True:
        at = {title: _back(revision, known, moment) for title, revision in at.items()}
        wanted = {r.parent for r in at.values() if r.saved > moment and r.parent} - asked
        if len(wanted) <= questions:
            break
        asked |= wanted
        known |= _look_up(query, wanted)
        questions += 1
    found: dict[str, _Past | None] = {}
    for title, revision in at.items():
        if revision.saved <= moment:
            found[title] = revision
        else:
            found[title] = _newest_at(query, revision.page, moment) if revision.parent else None
    return found


def _back(revision: _Past, known: Mapping[int, _Past], moment: datetime) -> _Past:
    """As far back to ``moment`` as parents are known."""
    while revision.saved > moment:
        before = known.get(revision.parent)
        if before is None or before.page != revision.page:
            break
        revision = before
    return revision


def _look_up(query: Query, numbers: Iterable[int]) -> dict[int, _Past]:
    """Those of the revisions that the wiki has."""
    return {
        revision.id: revision
        for batch in batches(map(str, sorted(numbers)), query.limit)
        for answer in query(revids=batch, prop="revisions", **_PAST)
        for revision in _revisions(answer)
    }


def _newest_at(query: Query, page: int, moment: datetime) -> _Past | None:
    """The revision that a page had, whatever its parents say; ``None`` when it had none yet."""
    answer = next(
        query(pageids=page, prop="revisions", rvlimit=1, rvstart=_stamp(moment), **_PAST)
    )  # what would continue it is older still
    return next(iter(_revisions(answer)), None)


_PAST = {"rvprop": "ids|timestamp|contentmodel", "rvslots": "main"}


def _revisions(answer: Mapping[str, Any]) -> list[_Past]:
    return [
        _Past(
            id=said["revid"],
            parent=said["parentid"],
            page=page["pageid"],
            saved=datetime.fromisoformat(said["timestamp"]),
            model=said["slots"]["main"]["contentmodel"],
        )
        for page in answer.get("pages", ())
        for said in page.get("revisions", ())
    ]


def newest_of(
    query: Query, title: str, *, user: str, is_redirect: Callable[[str], bool]
) -> Page | None:
    """The newest revision of a page that ``user`` made; ``None`` if there is none to be seen."""
    try:
        normal_title(title, Site())
    except ValueError:
        return None
    asked = {"rvprop": "ids|timestamp|contentmodel|content", "rvuser": user, "rvlimit": 1}
    for said in _newest(query, title, **asked):
        slot = said["slots"]["main"]
        if "content" in slot:  # it may be hidden
            return Page(
                title,
                slot["content"],
                revision=said["revid"],
                redirect=is_redirect(slot["content"]),
                model=slot["contentmodel"],
                saved=datetime.fromisoformat(said["timestamp"]),
                parent=said["parentid"],
            )
    return None


def _newest(query: Query, title: str, **asked: Any) -> Iterator[Mapping[str, Any]]:
    """What one answer says of the newest revisions of a page; anything of them may be hidden."""
    answer = next(
        query(titles=unicodedata.normalize("NFC", title), prop="revisions", rvslots="main", **asked)
    )
    for page in answer.get("pages", ()):
        yield from page.get("revisions", ())


def summaries(query: Query, title: str, *, user: str, since: datetime) -> tuple[str, ...]:
    """What ``user`` wrote as summary of the newest edits of a page, newest first.

    Of a page that is gone, or has gone to another title, the log of creations still knows what
    ``user`` wrote when it created it.
    """
    try:
        normal_title(title, Site())
    except ValueError:
        return ()
    title = unicodedata.normalize("NFC", title)
    # revisions are dated by the second: one of this second was made before
    end = _stamp(since + timedelta(microseconds=999_999))
    answer = next(
        query(
            titles=title,
            prop="revisions",
            rvprop="comment",
            rvuser=user,
            rvend=end,
            rvlimit=MOST_SUMMARIES,
            list="logevents",
            leprop="comment",
            leaction="create/create",
            letitle=title,
            leuser=user,
            leend=end,
            lelimit=MOST_SUMMARIES,
        )
    )
    edits = [said for page in answer.get("pages", ()) for said in page.get("revisions", ())]
    said_of = edits or answer.get("logevents", ())
    return tuple(said["comment"] for said in said_of if "comment" in said)  # it may be hidden


def put_back(query: Query, edits: Iterable[Edit], *, user: str) -> dict[str, int]:
    """See :class:`~wikibot.wiki.protocol.Wiki`.

    The newest edits of the account, wherever they are, tell in one answer which texts it has saved
    more than once, by their sums; only of those the histories of the pages are asked for.
    """
    edits = list(edits)
    texts = {e.title: checksum(as_saved(e.new)) for e in edits if e.base is not None}
    new = {unicodedata.normalize("NFC", e.title): e.title for e in edits if e.base is None}
    asked = {"titles": list(new)[: query.limit], "prop": "info"} if new else {}
    answer = next(
        query(
            **asked,
            list=["allrevisions", "logevents"],
            arvuser=user,
            arvprop="ids|sha1",
            arvslots="main",
            arvlimit="max",
            leprop="title",
            leaction="create/create",
            leuser=user,
            lelimit="max",
        )
    )  # what would continue it is older
    saved = Counter(
        said.get("sha1", "")
        for page in answer.get("allrevisions", ())
        for said in page.get("revisions", ())
    )
    times = {
        title: times_put_back(_versions(query, title, text, user=user))
        for title, text in texts.items()
        if saved[text] >= ENOUGH
    }
    corrected = {step["from"]: step["to"] for step in answer.get("normalized", ())}
    created = Counter(said.get("title", "") for said in answer.get("logevents", ()))
    times |= {title: created[corrected.get(name, name)] for name, title in new.items()}
    return {title: number for title, number in times.items() if number}


def _versions(query: Query, title: str, text: str, *, user: str) -> Iterator[Version]:
    """The newest revisions of a page; ``text`` is the sum of the planned one."""
    for said in _newest(query, title, rvprop="user|sha1", rvlimit=LOOKED_AT):
        yield Version(said.get("sha1") == text, said.get("user") == user)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
