"""Somebody at a real browser: one context, one page, and a list of all that went wrong in it."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.browser.post import PATIENCE

# What a page can tell only itself goes to the console, where ``heard`` finds it.
WATCH = """
  const isLost = () => !document.activeElement || document.activeElement === document.body;
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
  addEventListener("htmx:config:request", ({ detail: { ctx } }) => (ctx.wasHeld = !isLost()));
  const check = (times) => setTimeout(() => {
    if (!isLost()) return;
    if (document.querySelector(".htmx-request")) check(times);
    else if (times > 1) check(times - 1);  // It is put in its place a moment after the swap.
    else console.error("the focus fell to the body");
  }, 30);
  addEventListener("htmx:finally:request", ({ detail: { ctx } }) => ctx.wasHeld && check(2));
"""
# The browser reports every 4xx; that the app answers a wrong form with 422 is no fault of the page.
REFUSAL = re.compile(r"Failed to load resource: .* status of 4\d\d ")
PAGES = {"document", "fetch", "xhr"}


class Visitor:
    """A person; ``expect`` names the troubles that a test means to cause."""

    def __init__(self, context: BrowserContext, base: str, *, scripts: bool = True) -> None:
        self.context, self.base, self.scripts = context, base, scripts
        self.troubles: list[str] = []
        self.expected: list[str] = []
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.note(f"error in a script: {error}"))
        page.on("requestfailed", self.failed)
        page.on("response", self.answered)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSAL.match(message.text):
            self.note(f"{message.type} in the console: {message.text}")

    def failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # A page that is left drops what it was loading.
            self.note(f"request failed: {request.url} {request.failure}")

    def answered(self, response: Response) -> None:
        limit = 500 if response.request.resource_type in PAGES else 400
        if response.status >= limit:
            self.note(f"answer {response.status}: {response.url}")

    def note(self, trouble: str) -> None:
        self.troubles.append(f"{trouble} (on {self.page.url})")

    def expect(self, *parts: str) -> None:
        self.expected.extend(parts)

    def surprises(self) -> list[str]:
        """The troubles that nobody expected."""
        return [each for each in self.troubles if not any(part in each for part in self.expected)]

    def settle(self) -> None:
        """Wait until htmx has its answers: a page that is left fails whatever it was loading."""
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def reload(self) -> None:
        self.settle()
        self.page.reload()

    def leave(self) -> list[str]:
        """Close the browser; the troubles that nobody expected."""
        self.settle()
        surprises = self.surprises()
        self.context.close()
        return surprises

    def forget(self) -> list[str]:
        """Stay, as somebody who has never been here; the troubles that nobody expected."""
        self.settle()
        surprises = self.surprises()
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.troubles, self.expected = [], []
        return surprises

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in_as(self, cookie: dict[str, Any]) -> "Visitor":
        self.context.add_cookies([cookie | {"url": self.base}])  # type: ignore[list-item]
        return self
