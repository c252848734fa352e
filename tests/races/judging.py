"""What must hold of each save, and at the end. Told in sentences; no sentence is good news.

Pure: texts in, sentences out. Nothing here uses the code that is under test.
"""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from tests.races.deeds import WORD
from wikibot.model import Edit, Outcome

_REGION = re.compile(
    r"(<!-- Wikibot region(?P<said>(?:(?! end)[^>])*)-->)(?P<inner>.*?)"
    r"(?=<!-- Wikibot region|\Z)",
    re.S,
)
_USER = re.compile(r"(?:\[\[User:|\|username=)([^|\]}]+)")
_HEADING = re.compile(r"^== .* ==$", re.M)
_MENDS = ("title of ", "name of ", "account of ")


def judge(
    edit: Edit, outcome: Outcome, before: str | None, after: str | None, *, merges: bool
) -> Iterator[str]:
    """What is wrong with a save that found the page as ``before`` and left it as ``after``."""
    where = f"{edit.title}: {outcome.kind}"
    if outcome.kind != "changed":
        if after != before:
            yield f"{where}, and the page is another than before"
        return
    if after is None:
        yield f"{where}, and the page is not there"
        return
    if merges and before == after == edit.new:
        return  # the other run has saved just this, by the same account: that is one edit
    if (before is None) != (edit.base is None):
        yield f"{where}, although the page {'was gone' if edit.base else 'was there'}"
    if after == before:
        yield f"{where}, and the page is as before"
    there, old, new = before or "", edit.old, edit.new
    if not merges and there != old:
        yield f"{where}, although somebody had edited the page"
    yield from (f"{where}, and “{word}” is lost" for word in sorted(_lost(edit, there, after)))
    for said, ours, allowed in (
        ("taken away", _lines(there) - _lines(after), _lines(old) - _lines(new)),
        ("added", _lines(after) - _lines(there), _lines(new) - _lines(old)),
    ):
        for line in ours - allowed:
            yield f"{where}, and a line was {said} that the plan has not: {line!r}"
    mended = " ".join(reason for reason in edit.reasons if reason.startswith("title of "))
    for what in _doubled(there, after):
        if what not in mended:  # one person may stand in two rows
            yield f"{where}, and there are now two: {what}"


def _lost(edit: Edit, before: str, after: str) -> set[str]:
    """Words of people that the save has taken away, but for those that the bot has read and may
    replace: a title, name or account that another page says better; its own text in a region.
    """
    gone = set(WORD.findall(before)) - set(WORD.findall(after))
    ours = "".join(region["inner"] for region in _REGION.finditer(edit.old) if _is_ours(region))
    mends = any(reason.startswith(_MENDS) for reason in edit.reasons)
    said = "\n".join(
        line for line in edit.old.split("\n") if mends and line.startswith(("| ", "! "))
    )
    return gone - set(WORD.findall(ours)) - set(WORD.findall(said))


def _is_ours(region: re.Match[str]) -> bool:
    """Whether what stands in a region is the bot's, or was given to it (no hash)."""
    said = re.search(r"\shash=(\w+)", region["said"])
    return not said or said[1] == sha256(region["inner"].encode()).hexdigest()[:12]


def _lines(text: str) -> Counter[str]:
    return Counter(line.rstrip() for line in text.split("\n") if line.strip())


def _doubled(before: str, after: str) -> list[str]:
    """People, words and headings outside of regions, and marks, that the save has doubled."""
    then, now = _counted(before), _counted(after)
    return [what for what in now if now[what] > max(1, then[what])]


def _counted(text: str) -> Counter[str]:
    theirs = _REGION.sub("", text)
    marks = (re.sub(r"\shash=\w*", "", m[1]) for m in _REGION.finditer(text))
    found = (WORD.findall(theirs), _USER.findall(theirs), _HEADING.findall(theirs), marks)
    return Counter(what for each in found for what in each)


def edited_regions(text: str) -> bool:
    """Whether people have written inside of a region."""
    return not all(_is_ours(region) for region in _REGION.finditer(text))


def people_of(text: str) -> set[str]:
    """The accounts that a text links to, or names in a call of a template."""
    return set(_USER.findall(text))
