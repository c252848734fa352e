"""What people write on pages to hold bots off: ``{{bots}}``, ``{{nobots}}``, the shut-off page."""

import re
from collections.abc import Iterator

# An unclosed comment hides the rest of a page; an unclosed tag is plain text.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<comment><!--)|<(?P<tag>nowiki|pre)(?:\s[^<>]*)?(?<!/)>"
    r"|\{\{\s*(?:template:\s*)?(?P<name>bots|nobots)(?P<rest>[^{}]*)(?=\}\}|(?P<nested>\{\{))",
    re.IGNORECASE,
)
_CLOSERS = {
    "nowiki": re.compile(r"</nowiki\s*>", re.IGNORECASE),
    "pre": re.compile(r"</pre\s*>", re.IGNORECASE),
}
_FIRST_WORDS = 80


def excluded(text: str, user: str) -> bool:
    """Whether the page asks the bot ``user`` not to edit it.

    The rules are those of https://en.wikipedia.org/wiki/Template:Bots. Names are compared
    without regard to case; a template that can be read in two ways is read as an exclusion, and
    so is ``optout=all``, although this is no bot that leaves messages.
    """
    return any(_excludes(name, parameters, user) for name, parameters in _templates(text))


def shut_off(text: str) -> str:
    """The first words on a shut-off page; ``""``, when nothing but blanks and comments is there."""
    words = " ".join(_COMMENT.sub("", text).split())
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS].rstrip() + "…"


def _templates(text: str) -> Iterator[tuple[str, str]]:
    """Name in lower case and parameters of each exclusion template, in the order of the page."""
    position = 0
    unclosed: set[str] = set()
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match["comment"]:
            close = text.find("-->", position)
            position = close + 3 if close >= 0 else len(text)
        elif match["tag"]:
            tag = match["tag"].lower()
            if tag in unclosed:
                continue
            if closer := _CLOSERS[tag].search(text, position):
                position = closer.end()
            else:
                unclosed.add(tag)
        else:
            rest = _COMMENT.sub("", match["rest"]).strip()
            if rest.startswith("|") or not (rest or match["nested"]):
                yield match["name"].lower(), rest


def _excludes(name: str, parameters: str, user: str) -> bool:
    me = _fold(user)
    said = False
    for parameter in parameters.split("|"):
        key, _, value = parameter.partition("=")
        bots = {_fold(bot) for bot in value.split(",")} - {""}
        if not bots:
            continue
        match key.strip().lower():
            case "allow":
                said = True
                if not bots & {me, "all"}:
                    return True
            case "deny" | "optout":
                said = True
                if bots & {me, "all"}:
                    return True
    return name == "nobots" and not said


def _fold(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()
