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
# What a page shows is the same at every width and by day and night; only sizes and colours differ.
# So a desk by day is looked at with every rule, and a phone by night with those of colours and sizes.
SCHEMES = {PHONE: "dark", DESK: "light"}  # A tablet's layout alone is its own.
# All that the rules of colours look at: of each text its colour, what is behind it, its size and
# weight, and of a link how it stands out.
SHADES = """() => [...new Set([...document.body.querySelectorAll("*")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => each.checkVisibility())
  .map((each) => {
    const style = getComputedStyle(each), behind = [];
    for (let at = each; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
      if (opacity !== "1") behind.push(opacity);
      if (backgroundImage !== "none") behind.push(backgroundImage);
      if (backgroundColor !== "rgba(0, 0, 0, 0)") behind.push(backgroundColor);
      if (backgroundColor.startsWith("rgb(")) break;
    }
    const around = each.localName === "a" ? getComputedStyle(each.parentElement) : null;
    const link = around && [around.color, style.textDecorationLine, around.display];
    return JSON.stringify([style.color, behind, style.fontSize, style.fontWeight, link]);
  }))]"""
shades_seen: set[str] = set()
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
    if width not in SCHEMES:
        return []
    scheme = SCHEMES[width]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    colours = COLOURS if has_new_shades(page) else []
    if width == PHONE:
        options: dict[str, Any] = {"runOnly": BY_SIZE + colours}
    else:
        rules = {rule: {"enabled": bool(colours)} for rule in COLOURS}
        rules["target-size"] = {"enabled": True}
        options = {"rules": rules}
    return [f"{scheme}: {each}" for each in violations(page, VIOLATIONS | options)]


def has_new_shades(page: Page) -> bool:
    """Whether a text stands there in colours that were not looked at yet, which takes the most time."""
    shades = set(page.evaluate(SHADES))
    is_new = not shades <= shades_seen
    shades_seen.update(shades)
    return is_new


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    results = AxeResults(page.evaluate("(options) => axe.run(options)", options))
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]
