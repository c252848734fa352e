"""One Chromium, and a wiki's pages as readers see them in it."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser import tools

Skin = Literal["vector-2022", "vector", "minerva"]
Scheme = Literal["day", "night"]
SKINS: tuple[Skin, ...] = ("vector-2022", "vector", "minerva")
WIDTHS = (1280, 360)
HEIGHT = 800
# A setting of a wiki on which everybody may choose dark colours, as on Wikimedia's wikis. Minerva
# has them too, but reads its setting only with the extension MobileFrontend, which Debian does not
# have; without it, the address can ask for them. The old Vector has none, nor has any skin before
# 1.43: there, what the reader's system prefers changes nothing.
NIGHT_MODE = """
$wgVectorNightMode = [ 'logged_out' => true, 'logged_in' => true, 'beta' => true ];
"""
_MINERVA_NIGHT_MODE = "minervanightmode"
# The class that a skin with dark colours has on <html>, by what the reader chose
THEME = {scheme: f"skin-theme-clientpref-{scheme}" for scheme in ("day", "night")}

_ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --no-proxy-server "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
# Nothing but the wiki is asked for anything, whatever stands on a page.
_NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
_ALL_SCRIPTS_RAN = "window.mw && RLPAGEMODULES.every(m => mw.loader.getState(m) === 'ready')"


class Browser:
    """A Chromium that runs until it is closed, in a profile of its own.

    Of each wiki it keeps what readers' browsers keep: styles and scripts are fetched once. Pages
    are opened in windows that have shown others before: a new one takes as long as the page.
    """

    def __init__(self) -> None:
        program = tools.chromium()
        self._of_wikis: dict[str, BrowserContext] = {}
        self._free_windows: dict[str, list[Page]] = {}
        self._playwright = sync_playwright().start()
        try:
            self._chromium = self._playwright.chromium.launch(
                executable_path=program, args=[*_ARGUMENTS, _NOWHERE_ELSE]
            )
        except BaseException:
            self._playwright.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._chromium.close()
        self._playwright.stop()

    @contextmanager
    def opened(
        self,
        url: str,
        title: str,
        *,
        skin: Skin = "vector-2022",
        width: int = 1280,
        scheme: Scheme = "day",
    ) -> Iterator["View"]:
        """A page of the wiki at ``url``, as somebody without an account sees it."""
        free = self._free_windows.setdefault(url, [])
        page = free.pop() if free else self._context(url).new_page()
        try:
            asked = urlencode({"title": title, "useskin": skin, _MINERVA_NIGHT_MODE: "day"})
            page.goto(f"{url}/index.php?{asked}")
            page.wait_for_function(_ALL_SCRIPTS_RAN)
            view = View(page, title, skin)
            view.change(width=width, scheme=scheme)
            yield view
        except BaseException:
            page.close()
            raise
        free.append(page)

    @contextmanager
    def window(self, url: str, *, width: int) -> Iterator[Page]:
        """A new window for pages of the wiki at ``url``, which shows none yet."""
        page = self._context(url).new_page()
        try:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            yield page
        finally:
            page.close()

    def _context(self, url: str) -> BrowserContext:
        if url not in self._of_wikis:
            self._of_wikis[url] = self._chromium.new_context()
        return self._of_wikis[url]


@dataclass(frozen=True, slots=True)
class View:
    """A page that is shown. Its width and colours can be changed, as readers do."""

    page: Page
    title: str
    skin: Skin

    @property
    def width(self) -> int:
        return int(self.js("window.innerWidth"))

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """The colours that a reader can choose."""
        return ("day", "night") if "skin-theme-clientpref" in self._classes else ("day",)

    @property
    def scheme(self) -> Scheme:
        return "night" if THEME["night"] in self._classes else "day"

    def change(self, *, width: int | None = None, scheme: Scheme | None = None) -> None:
        """Make the window as wide as that; choose these colours, as the skin's own menu does."""
        if width:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
        if scheme:
            other = THEME["day" if scheme == "night" else "night"]
            self.js(f"document.documentElement.classList.replace('{other}', '{THEME[scheme]}')")

    def js(self, script: str, argument: Any = None) -> Any:
        """What a script says in the page."""
        return self.page.evaluate(script, argument)

    def picture(self, file: Path, *, selector: str = "", height: int = 0) -> None:
        """Save what is seen as PNG: an element, so much from the top, or the whole page."""
        file.parent.mkdir(parents=True, exist_ok=True)
        if selector:
            self.page.locator(selector).first.screenshot(path=file)
        elif height:
            clip = {"x": 0, "y": 0, "width": self.width, "height": height}
            self.page.screenshot(path=file, clip=clip, full_page=True)
        else:
            self.page.screenshot(path=file, full_page=True)

    def snapshot(self, file: Path, *, height: int) -> None:
        """Save what is seen so far from the top as PNG, in half the time and a larger file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        session = self.page.context.new_cdp_session(self.page)
        clip = {"x": 0, "y": 0, "width": self.width, "height": height, "scale": 1}
        how = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": True}
        answer = session.send("Page.captureScreenshot", {"clip": clip, **how})
        session.detach()
        file.write_bytes(b64decode(answer["data"]))

    @property
    def _classes(self) -> str:
        return str(self.js("document.documentElement.className"))
