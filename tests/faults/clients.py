"""A person at a browser without scripts, who notes what the app told them of each form they sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from io import BytesIO
from threading import Condition
from time import monotonic, sleep
from typing import Any

import html5lib

from cdef.kernel.pages import IN_DOUBT
from tests.faults.plan import Errand
from tests.pages import Browser, Form, Page, read_form

PAUSE, TRIES = 0.05, 200  # seconds between two tries, and how many
LOST = 20  # seconds without a page until somebody gives up
DONE, REFUSED, UNKNOWN = "done", "refused", "unknown"
BUSY = 503  # It says that nothing was done, or that nobody knows, which is as good as no answer.


@dataclass(frozen=True)
class Told:
    """What somebody was told of one form; what it led to, and of what it spoke."""

    who: str
    verb: str
    word: str
    outcome: str
    statuses: tuple[int, ...] = ()  # 0 is no answer at all, or one that knows nothing.
    address: str = ""
    about: dict[str, Any] = field(default_factory=dict)


class Log:
    """What everybody was told, in the order of the answers; it counts the forms that are sent."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.troubles: list[str] = []
        self.sent = 0
        self.changed = Condition()

    def count(self) -> None:
        self.sent += 1
        self.wake()

    def wake(self) -> None:
        """Whoever waits for so many forms looks again."""
        with self.changed:
            self.changed.notify_all()

    def note(self, told: Told) -> None:
        self.told.append(told)


class Client:
    """One person; ``browse`` gives them another window."""

    def __init__(self, who: str, browse: Callable[[], Browser], cookie: str, log: Log) -> None:
        self.who, self.browse, self.log = who, browse, log
        self.browser = self.window(cookie)

    def window(self, cookie: str) -> Browser:
        browser = self.browse()
        if cookie:
            browser.client.set_cookie("session", cookie)
        return browser

    def look(self, path: str) -> Page:
        """Open a page, however often it takes: looking changes nothing."""
        deadline = monotonic() + LOST
        while monotonic() < deadline:
            try:
                page = self.browser.get(path)
            except (OSError, HTTPException):
                page = None
            if page and page.status < 500:
                return page
            if page and page.status != BUSY:
                self.log.troubles.append(f"{self.who} got {page.status} at {path}")
            sleep(PAUSE)
        raise AssertionError(f"{self.who} cannot open {path}")

    def send(
        self, errand: Errand, action: str, fields: dict[str, Any], *, verb: str = "", **about: Any
    ) -> Told:
        """Fill in the form on the page in front and press its button, as impatiently as was drawn."""
        page = self.browser.page
        assert page is not None
        data = dict(form_in(page, action).fields) | fields
        statuses, address = [], ""
        for _ in range(TRIES if errand.is_patient else 1):
            windows = [self.same_window() for _ in range(1 + errand.is_twice)]
            with ThreadPoolExecutor(len(windows)) as hands:
                answers = list(hands.map(lambda window: self.press(window, action, data), windows))
            statuses += [status for status, _ in answers]
            address = next((where for status, where in answers if status == 303), address)
            if 303 in statuses or not {0, BUSY}.intersection(status for status, _ in answers):
                break
            sleep(PAUSE)
        told = Told(
            self.who,
            verb or errand.verb,
            errand.word,
            outcome(statuses),
            tuple(statuses),
            address,
            about,
        )
        self.log.note(told)
        return told

    def same_window(self) -> Browser:
        cookie = self.browser.client.get_cookie("session")
        return self.window(cookie.value if cookie else "")

    def press(self, window: Browser, action: str, data: dict[str, Any]) -> tuple[int, str]:
        """The answer's status, and where it leads."""
        self.log.count()
        files = {name: (BytesIO(v[0]), v[1]) for name, v in data.items() if isinstance(v, tuple)}
        try:
            answer = window.client.post(action, data=data | files)
        except (OSError, HTTPException):
            return 0, ""
        if IN_DOUBT[1] in answer.text:
            return 0, ""
        if answer.status_code >= 500 and answer.status_code != BUSY:
            self.log.troubles.append(f"{self.who} got {answer.status_code} from {action}")
        if answer.status_code == 303 and (cookie := window.client.get_cookie("session")):
            self.browser.client.set_cookie("session", cookie.value)
        return answer.status_code, answer.headers.get("Location", "")


def form_in(page: Page, action: str) -> Form:
    """The form that posts there; to read the whole page would take longer than to answer it."""
    begin = page.html.rindex("<form", 0, page.html.index(f'action="{action}"'))
    end = page.html.index("</form>", begin)
    [element] = html5lib.HTMLParser().parseFragment(page.html[begin:end] + "</form>")
    return read_form(element, page.path)


def outcome(statuses: list[int]) -> str:
    """What the person knows after all answers; a server error says nothing."""
    if 303 in statuses:
        return DONE
    known = all(400 <= status < 500 or status == BUSY for status in statuses)
    return REFUSED if known else UNKNOWN
