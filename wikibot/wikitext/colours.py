"""The colour of a table cell, as far as it says how something stands: green, yellow or red."""

import re
from colorsys import rgb_to_hsv
from typing import Literal

Colour = Literal["green", "yellow", "red"]

# https://www.w3.org/TR/css-color-4/#named-colors, those that people colour cells with
_NAMES: dict[Colour, frozenset[str]] = {
    "green": frozenset(
        """
        chartreuse darkgreen darkseagreen forestgreen green greenyellow lawngreen lightgreen lime
        limegreen mediumseagreen mediumspringgreen palegreen seagreen springgreen yellowgreen
        """.split()
    ),
    "yellow": frozenset(
        """
        darkorange gold goldenrod khaki lemonchiffon lightgoldenrodyellow lightyellow moccasin
        navajowhite orange palegoldenrod peachpuff sandybrown yellow
        """.split()
    ),
    "red": frozenset(
        """
        crimson darkred firebrick indianred lightcoral lightpink lightsalmon maroon mistyrose
        orangered pink red salmon tomato
        """.split()
    ),
}
_BACKGROUND = re.compile(
    r"(?<![\w-])(?:bgcolor\s*=\s*[\"']?\s*(?P<value>\#?\w+)"
    r"|background(?:-color)?\s*:\s*(?P<style>[^;\"'|]{1,100}))",
    re.IGNORECASE,
)
_COLOUR = re.compile(
    r"(?:^|\#)(?P<long>[0-9a-f]{6})\b|\#(?P<short>[0-9a-f]{3})\b"
    r"|rgba?\(\s*(?P<r>[0-9]{1,3})[\s,]{1,3}(?P<g>[0-9]{1,3})[\s,]{1,3}(?P<b>[0-9]{1,3})"
    r"|(?<![\w.(/-])(?P<name>[a-z]{3,20})\b(?![-(./])",  # no function, no file
    re.IGNORECASE,
)
_PALE, _DARK = 0.08, 0.25  # less colour, or less light, is grey or black to the eye


def background(attributes: str) -> Colour | None:
    """The colour that ``style`` or ``bgcolor`` among the attributes of a cell give it.

    ``None`` for none, for grey and blue, and for what is not known.
    """
    found = None
    for declared in _BACKGROUND.finditer(attributes):  # of several, the last one counts
        said = _COLOUR.search(declared["value"] or declared["style"])
        found = _colour(said) if said else None
    return found


def _colour(match: re.Match[str]) -> Colour | None:
    if name := match["name"]:
        return next((c for c, names in _NAMES.items() if name.lower() in names), None)
    if match["r"]:
        numbers = [min(int(match[part]), 255) for part in "rgb"]
    else:
        digits = match["long"] or "".join(digit * 2 for digit in match["short"])
        numbers = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    hue, saturation, light = rgb_to_hsv(*(number / 255 for number in numbers))
    if saturation < _PALE or light < _DARK:
        return None
    degrees = hue * 360
    if degrees < 18 or degrees >= 340:
        return "red"
    if degrees < 68:
        return "yellow"
    return "green" if degrees < 172 else None
