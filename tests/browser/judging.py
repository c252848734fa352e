"""What is wrong with a page that is shown, as sentences; nothing when all is well.

Each function looks at a :class:`View` as it is now; ``problems`` asks all of them in every width
and colours. Only what is inside the content (``#mw-content-text``) is judged: the rest is the
skin's. ``looking.js`` does the measuring, inside the page.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.browser import tools
from tests.browser.chromium import WIDTHS, View

CONTRAST = 4.5  # https://www.w3.org/TR/WCAG21/#contrast-minimum
# Of axe-core: those of WCAG 2 on levels A and AA, and what is good practice beside
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Rules of axe-core about what MediaWiki decides, not the page
NOT_OURS: Mapping[str, str] = {
    "link-in-text-block": "links are not underlined, and their colours are the skin's",
}


def problems(view: View, *, widths: Iterable[int] = WIDTHS) -> list[str]:
    """Everything that is wrong with a page, with where; the view is left as it was last seen."""
    found: dict[str, list[str]] = {}
    for width in widths:
        for scheme in view.schemes:
            view.change(width=width, scheme=scheme)
            for judge in JUDGES:
                for problem in judge(view):
                    found.setdefault(problem, []).append(f"{width} px by {scheme}")
    return [f"{problem}: {', '.join(where)}" for problem, where in found.items()]


def sideways(view: View) -> list[str]:
    """The page scrolls sideways, and would not without our content."""
    over = _measured(view, "sideways()")
    return [f"because of its content the page scrolls sideways by {over} px"] if over else []


def cut(view: View) -> list[str]:
    """Text that ends outside of the content or of a box that does not scroll."""
    return _measured(view, "cut()")


def squeezed(view: View) -> list[str]:
    """Tables that have to be scrolled, although the skin leaves as much room as on a telephone."""
    return _measured(view, "squeezed()")


def violations(view: View) -> list[str]:
    """What axe-core finds: https://dequeuniversity.com/rules/axe/

    Only colours are different by night.
    """
    rules = TAGS if view.scheme == "day" else ("color-contrast",)
    found = _measured(view, f"violations({list(rules)}, {list(NOT_OURS)})")
    return [f"axe-core, {each}" for each in found]


def pale(view: View) -> list[str]:
    """Text that stands out too little from what is behind it, by the colours as computed.

    axe-core looks for that too, but leaves undecided what overlaps something or has an icon.
    """
    return _measured(view, f"pale({CONTRAST})")


def only_coloured(view: View) -> list[str]:
    """Elements that have a colour behind them by their own style, and no word."""
    return _measured(view, "onlyColoured()")


def unstructured(view: View) -> list[str]:
    """Tables without caption or with heads that do not say of what, and levels left out."""
    return _measured(view, "unstructured()")


JUDGES: tuple[Callable[[View], list[str]], ...] = (
    sideways,
    cut,
    squeezed,
    violations,
    pale,
    only_coloured,
    unstructured,
)


def _measured(view: View, call: str) -> Any:
    if not view.js("'looking' in window"):
        view.js(_scripts())
    return view.js(f"looking.{call}")


@cache
def _scripts() -> str:
    here = Path(__file__).with_name("looking.js")
    return "\n".join((tools.axe().read_text("utf-8"), here.read_text("utf-8")))
