"""Looks for barriers on a page as it stands: axe's rules, sideways scroll, small targets."""

from functools import lru_cache
from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TABLET = 768  # Only its layout is its own.
WIDTHS = (320, TABLET, 1280)
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# The scheme changes colours and nothing else.
COLOUR_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "link-in-text-block"],
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
        looks = layout(page) + ([] if width == TABLET else rules_broken(page))
        found += [f"{width} px: {each}" for each in looks]
    return found


def layout(page: Page) -> list[str]:
    found = [f"too small: {each}" for each in page.evaluate(SMALL, CONTROLS)]
    return found + (["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else [])


def rules_broken(page: Page) -> list[str]:
    found = []
    for scheme, options in (("dark", COLOUR_RULES), ("light", ALL_RULES)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {each}" for each in violations(page, options)]
    return found


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    results = AxeResults(page.evaluate("(options) => axe.run(options)", options))
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]
