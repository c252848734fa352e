"""What is wrong with a page that is shown, as sentences; nothing when all is well.

Each function looks at a :class:`View` as it is now; ``problems`` asks those about the layout in
every width, those about colours by day and by night, those about the text once. Only what is inside
the content (``#mw-content-text``) is judged: the rest is the skin's. ``looking.js`` does the
measuring, inside the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
# Rules of axe-core that depend on colours, or on how wide the window is. No template has styles
# for some widths only, or moves anything by night, so that each is asked where it may differ.
BY_COLOURS = ("color-contrast",)
BY_WIDTH = ("scrollable-region-focusable", "target-size")


def problems(
    view: View, *, widths: Sequence[int] = WIDTHS, seen: Callable[[View], None] | None = None
) -> list[str]:
    """Everything that is wrong with a page, with where; the view is left as it was last seen.

    ``seen`` is called with the view in every width and colours too.
    """
    _bring_scripts(view)
    found: dict[str, list[str]] = {problem: [] for judge in OF_TEXT for problem in judge(view)}
    for width in widths:
        for scheme in view.schemes:
            view.change(width=width, scheme=scheme)
            if seen:
                seen(view)
            judges = OF_LAYOUT if scheme == "day" else ()
            judges += OF_COLOURS if width == widths[0] else ()
            for problem in (problem for judge in judges for problem in judge(view)):
                found.setdefault(problem, []).append(f"{width} px by {scheme}")
    return [": ".join(filter(None, (each, ", ".join(where)))) for each, where in found.items()]


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
    """What axe-core finds by the rules that do not depend on looks.

    https://dequeuniversity.com/rules/axe/
    """
    return _by_axe(view, TAGS, leaving_out=(*NOT_OURS, *BY_COLOURS, *BY_WIDTH))


def narrow(view: View) -> list[str]:
    """What axe-core finds by the rules about what has its place."""
    return _by_axe(view, BY_WIDTH)


def faint(view: View) -> list[str]:
    """What axe-core finds by the rules about colours."""
    return _by_axe(view, BY_COLOURS)


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


Judge = Callable[[View], list[str]]
OF_TEXT: tuple[Judge, ...] = (violations, only_coloured, unstructured)
OF_LAYOUT: tuple[Judge, ...] = (sideways, cut, squeezed, narrow)
OF_COLOURS: tuple[Judge, ...] = (faint, pale)


def _by_axe(view: View, rules: Iterable[str], *, leaving_out: Iterable[str] = ()) -> list[str]:
    found = _measured(view, f"violations({list(rules)}, {list(leaving_out)})")
    return [f"axe-core, {each}" for each in found]


def _measured(view: View, call: str) -> Any:
    return view.js(f"looking.{call}")


def _bring_scripts(view: View) -> None:
    """Into the page; axe-core, which is large, into those that the window shows later too."""
    axe, looking = _scripts()
    if not view.js("'axe' in window"):
        view.page.add_init_script(axe)
        view.js(axe)
    view.js(looking)


@cache
def _scripts() -> tuple[str, str]:
    here = Path(__file__).with_name("looking.js")
    return tools.axe().read_text("utf-8"), here.read_text("utf-8")
