"""What people do to the text of a page. Each deed is a text made of another, or ``None`` where
there is nothing on the page to do it to. ``at`` chooses the place, ``word`` occurs nowhere else.
"""

import re
from collections.abc import Callable, Mapping

Deed = Callable[[str, int, str], str | None]

WORD = re.compile(r"Zz\d+z")  # what every word that people write looks like
_BULLET = re.compile(r"^\* \[\[User:.*$", re.M)
_ROW = re.compile(r"^\| \[\[User:.*\|\| .*$", re.M)
_MARK = re.compile(r"<!-- Wikibot region.*?-->", re.S)
_HEADING = re.compile(r"^==+ .* ==+$", re.M)
_UPDATE = re.compile(r"\{\{Status update\n.*?\n\}\}\n?", re.S)
_ITEM = re.compile(r"^\*(?! \[\[User:).*$", re.M)


def _one(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[at % len(found)] if found else None


def _put(text: str, place: int, new: str) -> str:
    return text[:place] + new + text[place:]


def _behind(pattern: re.Pattern[str], before: str, after: str) -> Deed:
    """Write something behind what the pattern finds."""

    def deed(text: str, at: int, word: str) -> str | None:
        found = _one(pattern, text, at)
        return found and _put(text, found.end(), f"{before}{word}{after}")

    return deed


def _end_of_line(text: str, at: int, word: str) -> str:
    lines = text.split("\n")
    lines[at % len(lines)] += f" {word}"
    return "\n".join(lines)


def _new_line(text: str, at: int, word: str) -> str:
    lines = text.split("\n")
    lines.insert(at % (len(lines) + 1), f"{word} is a line.")
    return "\n".join(lines)


def _in_a_line(text: str, at: int, word: str) -> str:
    """Anywhere but in a hash: without its hash a region is the bot's, as the manual says."""
    place = at % (len(text) + 1)
    taken = re.search(r"\shash=\w+", text[max(0, place - 20) : place + 20])
    return _end_of_line(text, at, word) if taken else _put(text, place, word)


def _inside_a_region(text: str, at: int, word: str) -> str | None:
    found = [m for m in _MARK.finditer(text) if "end" not in m[0] and "hash=" in m[0]]
    return _put(text, found[at % len(found)].end(), f"\n{word}") if found else None


def _before_a_mark(text: str, at: int, word: str) -> str | None:
    found = _one(_MARK, text, at)
    return found and _put(text, found.start(), f"{word}\n")


def _heading(text: str, at: int, word: str) -> str | None:
    found = _one(_HEADING, text, at)
    return found and _put(text, found.end() - len(found[0].rpartition(" ")[2]) - 1, f" {word}")


def _title_of_a_bullet(text: str, at: int, word: str) -> str | None:
    found = _one(_BULLET, text, at)
    if not found:
        return None
    kept = found[0].partition("]]")[0]
    return text[: found.start()] + f"{kept}]], Chief {word}" + text[found.end() :]


def _title_of_a_row(text: str, at: int, word: str) -> str | None:
    found = _one(_ROW, text, at)
    if not found:
        return None
    kept = found[0].partition(" || ")[0]
    return text[: found.start()] + f"{kept} || Chief {word}" + text[found.end() :]


def _somebody(at: int, word: str) -> str:
    """An account and a name; several people may be called Kim Vale."""
    name = "Kim Vale" if at % 5 == 0 else f"Nia {chr(ord('A') + int(word[2:-1]) % 26)}oke"
    return f"User:{word} (Example)|{name}"


def behind_a_row(text: str, at: int, cells: str) -> str | None:
    """A new row behind one of those that are there."""
    return _behind(_ROW, "\n|-\n| ", "")(text, at, cells)


def _off(pattern: re.Pattern[str]) -> Deed:
    """Take away what the pattern finds, unless it is the last."""

    def deed(text: str, at: int, _word: str) -> str | None:
        found = _one(pattern, text, at)
        if not found or len(pattern.findall(text)) < 2:
            return None
        return text[: found.start()] + text[found.end() :].removeprefix("\n")

    return deed


def _say_an_update(text: str, at: int, word: str) -> str:
    said = f"| team = Trees\n| date = 2026-11-{19 + at % 3}\n| health = red"
    update = f"{{{{Status update\n{said}\n| done =\n* Felled {word}\n}}}}\n"
    return f"{text.rstrip()}\n{update}" if at % 2 else f"{update}{text}"


def _take_back_an_update(text: str, at: int, _word: str) -> str | None:
    found = _one(_UPDATE, text, at)
    return found and text[: found.start()] + text[found.end() :]


def _keep_bots_away(text: str, _at: int, _word: str) -> str:
    kept = text.replace("{{nobots}}\n", "")
    return kept if kept != text else "{{nobots}}\n" + text


ANYWHERE: Mapping[str, Deed] = {
    "puts a word at the end of a line": _end_of_line,
    "writes a line": _new_line,
    "puts a word into a line": _in_a_line,
    "puts a word into a heading": _heading,
    "writes behind a mark": _behind(_MARK, "", ""),
    "writes before a mark": _before_a_mark,
    "writes inside a region": _inside_a_region,
    "puts a word behind an item": _behind(_ITEM, " ", ""),
    "keeps bots away, or lets them come": _keep_bots_away,
}
ROSTER: Mapping[str, Deed] = {
    "enters a person": lambda text, at, word: _behind(_BULLET, "\n* ", "")(
        text, at, f"[[{_somebody(at, word)}]], Engineer"
    ),
    "changes a title": _title_of_a_bullet,
    "takes a person off": _off(_BULLET),
}
STAFF: Mapping[str, Deed] = {
    "enters a person": lambda text, at, word: behind_a_row(
        text, at, f"[[{_somebody(at, word)}]] || Clerk"
    ),
    "changes a title": _title_of_a_row,
}
UPDATES: Mapping[str, Deed] = {
    "says an update": _say_an_update,
    "takes back an update": _take_back_an_update,
}
