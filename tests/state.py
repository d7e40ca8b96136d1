"""A page in one of its states, in front of somebody."""

from typing import NamedTuple

from tests.cast import (
    Cast,
)
from tests.pages import Browser, Page

DISTRICTS = ("4310439", "4369666", "3467439", "3467447", "3476505", "3410348", "3367033", "1964212")


class State(NamedTuple):
    """A page in front of somebody, and the status that it must have come with."""

    name: str
    browser: Browser
    page: Page
    status: int = 200


def guest(cast: Cast) -> Browser:
    return Browser(cast.app.test_client())


def fragment(browser: Browser, path: str) -> Page:
    """What htmx gets for a link."""
    return Page(browser.client.get(path, headers={"HX-Request": "true"}))
