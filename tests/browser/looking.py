"""What is wrong with a page that is open, at each width and in each scheme: one visit is looked at in all of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.browser.dashboard import until

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from playwright.sync_api import Page

TIMEOUT = 60_000
DESK, TELEPHONE = 1440, 390
SIZES = ((DESK, "light"), (DESK, "dark"), (TELEPHONE, "light"), (TELEPHONE, "dark"))
ANY = ("minor", "moderate", "serious", "critical")
SERIOUS = ("serious", "critical")
# The ground each scheme paints, as app/.streamlit/config.toml has it: until it is there, the page is in the other scheme.
_GROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 22, 29)"}
_STILL = (
    "document.querySelector('[data-test-script-state=notRunning]')"
    " && !document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')"
    " && !document.getAnimations().some((each) => each.playState === 'running')"
)
_RUN = (
    "axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations.map("
    "(each) => [each.impact, each.id, each.nodes.length, String(each.nodes[0].target)]))"
)
UNFOLD = "document.querySelectorAll('.tl details').forEach((each) => each.open = true)"


def still(page: Page, also: str = "true", looks: int = 3) -> None:
    """Wait until the page has run, nothing on it moves, and `also` is true: at so many looks in a row, a tenth of a second apart."""
    for _ in range(looks):
        until(page, f"!!({_STILL} && {also})", TIMEOUT)
        page.wait_for_timeout(100)
    until(page, f"!!({_STILL} && {also})", TIMEOUT)


def turn(page: Page, width: int, scheme: str) -> None:
    """Make the window of an open page so wide, in pixels, and its scheme light or dark; wait until the page has followed."""
    size = page.viewport_size or {}
    page.set_viewport_size({"width": width, "height": size.get("height", 900)})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    still(page, f"{ground} === '{_GROUND[scheme]}' && innerWidth === {width}")


def axe(page: Page, impacts: Collection[str] = ANY) -> list[str]:
    """What axe finds of these impacts on the page as it stands: rule, how many elements, the first of them."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    return [f"{rule} {many} {first}" for impact, rule, many, first in page.evaluate(_RUN) if impact in impacts]


def sideways(page: Page) -> list[str]:
    """Whether the page is wider than its window."""
    width, window = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    return [f"scrolls sideways: {width} in a window of {window}"] * (width > window)


def faults(
    page: Page,
    sizes: Sequence[tuple[int, str]] = SIZES,
    *,
    look: Callable[[Page], list[str]] = lambda page: axe(page) + sideways(page),
    unfold: bool = False,
) -> dict[str, list[str]]:
    """What a look finds at each of these sizes, every group opened first where `unfold` says so; nothing where all is well.

    The page is left at the last size.
    """
    found: dict[str, list[str]] = {}
    for width, scheme in sizes:
        turn(page, width, scheme)
        if unfold:
            page.evaluate(UNFOLD)
        found[f"{width} {scheme}"] = look(page)
    return {size: wrong for size, wrong in found.items() if wrong}


@cache
def _script() -> str:
    return Axe().axe_script
