"""Looks for barriers on a page as it stands: axe's rules, sideways scroll, small targets."""

from functools import lru_cache
from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, TABLET, DESK = WIDTHS = (320, 768, 1280)
VIOLATIONS = {"resultTypes": ["violations"]}
COLOURS = ["color-contrast", "link-in-text-block"]
BY_SIZE = ["target-size", "scrollable-region-focusable"]
# Colours take most of the time. They are the same at every width, and the scheme changes nothing
# else; what a page shows is the same at every width too, only sizes differ. So a desk by day is
# looked at with every rule, and a phone by night with those of colours and of sizes.
LOOKS: dict[int, tuple[str, dict[str, Any]]] = {
    PHONE: ("dark", VIOLATIONS | {"runOnly": COLOURS + BY_SIZE}),
    DESK: ("light", VIOLATIONS | {"rules": {"target-size": {"enabled": True}}}),
}
CONTROLS = ":is(button, select, textarea, input, summary, .button):not([aria-hidden])"
SMALL = """(controls) => [...document.querySelectorAll(controls)]
  .filter((control) => control.checkVisibility())
  .map((control) => [control, control.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([control, box]) => `${control.outerHTML.slice(0, 120)} ${box.width} × ${box.height}`)"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


@lru_cache
def axe_script() -> str:
    return Axe().axe_script


def barriers(page: Page) -> list[str]:
    """What is in somebody's way on a phone, a tablet and a desk, by day and by night."""
    found = []
    page.evaluate(axe_script())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {each}" for each in layout(page) + rules_broken(page, width)]
    return found


def layout(page: Page) -> list[str]:
    found = [f"too small: {each}" for each in page.evaluate(SMALL, CONTROLS)]
    return found + (["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else [])


def rules_broken(page: Page, width: int) -> list[str]:
    if width not in LOOKS:  # Only its layout is its own.
        return []
    scheme, options = LOOKS[width]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    return [f"{scheme}: {each}" for each in violations(page, options)]


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    results = AxeResults(page.evaluate("(options) => axe.run(options)", options))
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]
