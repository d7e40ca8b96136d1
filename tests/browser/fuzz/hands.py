"""The hands of an editor: fields typed in key by key, and what the page must show of them."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Request, Response

from cdef.series.rules import ALL_POSITIONS, side_of
from cdef.teams.row_rules import FIELDS, Row

LOOK = """(ids) => {
  const here = document.activeElement;
  const caret = here && here.type === "text" ? here.selectionStart : null;
  const values = ids.map((id) => [id, document.getElementById(id)?.value ?? null]);
  const isBusy = Boolean(document.querySelector(".htmx-request"));
  return {
    focus: here && here !== document.body ? here.id || here.tagName : "BODY",
    caret, isBusy, values: Object.fromEntries(values),
  };
}"""
READ = """() => [...document.querySelectorAll(".roster__side li.row")].map((row) => [
  row.closest(".roster__side--district") ? "district" : "union",
  row.querySelector(".row__name")?.textContent ?? "an open form",
  row.querySelector(".row__detail")?.textContent ?? row.id,
])"""


@dataclass
class Text:
    """What somebody has typed into one field, and where the caret stands; None in a list."""

    value: str
    caret: int | None = None

    def type(self, letters: str) -> None:
        assert self.caret is not None
        self.value = self.value[: self.caret] + letters + self.value[self.caret :]
        self.caret += len(letters)

    def rub_out(self) -> None:
        assert self.caret
        self.value = self.value[: self.caret - 1] + self.value[self.caret :]
        self.caret -= 1


@dataclass(frozen=True)
class Answer:
    """What the server said to a request of this page."""

    method: str
    path: str
    status: int
    sent: dict[str, str]

    @property
    def row(self) -> Row:
        return Row(**{field: self.sent[field] for field in FIELDS})

    @property
    def base(self) -> Row:
        return Row(**{field: self.sent[f"base_{field}"] for field in FIELDS})


def answer_of(response: Response) -> Answer:
    request = response.request
    path = urlsplit(request.url).path
    return Answer(request.method, path, response.status, sent_in(request))


def sent_in(request: Request) -> dict[str, str]:
    fields = parse_qs(request.post_data or "", keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def look(page: Page, ids: list[str]) -> dict[str, Any]:
    """Where the focus is, what these fields hold, and whether an answer is awaited."""
    seen: dict[str, Any] = page.evaluate(LOOK, ids)
    return seen


def roster_on(page: Page) -> list[Row]:
    """The rows as the page shows them; one on the wrong side is no such row."""
    return [row_of(*texts) for texts in page.evaluate(READ)]


def row_of(side: str, name: str, detail: str) -> Row:
    parts = [" ".join(part.split()) for part in re.split(" · ", detail)]
    label, email, site = (*parts, "", "", "")[:3]
    key = next((key for key, text in ALL_POSITIONS.items() if text == label), label)
    fits = key in ALL_POSITIONS and side_of(key) == side
    return Row(name.strip(), email, key if fits else f"{key} on the {side} side", site)
