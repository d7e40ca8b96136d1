"""Puts the cast in place and opens a page as one of them."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import Cast


class Stage:
    """One site for one state."""

    def __init__(self, visit: Visit, cast: Cast) -> None:
        self.visit, self.cast = visit, cast

    def visitor(self, email: str = "", *, is_personal: bool = False) -> Visitor:
        visitor = self.visit()
        if email:
            visitor.sign_in_as(cookie_of(self.cast, email, is_personal=is_personal))
        return visitor

    def at(self, path: str, email: str = "", *, is_personal: bool = False) -> Page:
        """A page as somebody sees it who is signed in, or nobody."""
        return self.visitor(email, is_personal=is_personal).go(path)

    def team(self, *verbs: str, note: str = "", **fields: Any) -> str:
        """The address of a team of eight: a draft, or signed by both leads and decided upon."""
        with backstage():
            team = self.cast.submitted(**fields) if verbs else self.cast.team(**fields)
            for verb in verbs:
                if verb != "submit":
                    self.cast.decide(team, verb, note)
            return f"/teams/{team.id}"
