"""A browser without scripts for the tests: it follows links, and fills in the forms it finds."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)  # Alone it is parsed in no time.
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Form:
    """A form as the page shows it: where it goes, and what its fields hold."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # label, value, formaction

    def value(self, name: str) -> str | None:
        """What a field of this form holds."""
        return dict(self.fields).get(name)


class Page:
    """An answer, parsed as a browser parses it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.path = response.request.path

    @cached_property
    def root(self) -> Element:
        """The tree, when somebody looks: parsing takes longer than answering.

        Whatever page any test looks at is valid HTML; ``tests/markup.py`` asks for more.
        """
        parser = html5lib.HTMLParser()
        tree: Element = parser.parse(self.html)
        if self.html.startswith("<!DOCTYPE"):
            assert parser.errors == [], self.path
        return tree

    def text(self) -> str:
        """What a reader reads: all text with white space folded."""
        body = self.root.find(f"{XHTML}body")
        return " ".join("".join(body.itertext() if body is not None else "").split())

    def find(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.root.iter(XHTML + tag)
            if all(element.get(name) == value for name, value in wanted.items())
        ]

    def form(self, action: str) -> Form:
        """The form that posts to an address, or has a button that does."""
        for piece in FORM.findall(self.html):
            if action == self.path or escape(action) in piece:
                [element] = html5lib.parseFragment(piece)
                form = read_form(element, self.path)
                if action in (form.action, *(button[2] for button in form.buttons)):
                    return form
        raise AssertionError(f"no form posts to {action} on {self.path}")

    def has_form(self, action: str) -> bool:
        try:
            self.form(action)
        except AssertionError:
            return False
        return True

    def value(self, name: str) -> str | None:
        """What a field of this name holds, in the first form that has it; folded ones come last."""
        folded = [each for each in self.find("details") if each.get("open") is None]
        hidden = [form for each in folded for form in each.iter(f"{XHTML}form")]
        for element in sorted(self.find("form"), key=lambda form: form in hidden):
            for key, value in read_form(element, self.path).fields:
                if key == name:
                    return value
        return None


def read_form(element: Element, path: str) -> Form:
    form = Form(element.get("action") or path, (element.get("method") or "get").lower())
    for control in element.iter():
        tag, name = control.tag.removeprefix(XHTML), control.get("name")
        if tag == "button":
            label = " ".join("".join(control.itertext()).split())
            value = f"{name}={control.get('value') or ''}" if name else ""
            form.buttons.append((label, value, control.get("formaction") or ""))
        elif name and control.get("disabled") is None:
            form.fields += [(name, value) for value in values_of(tag, control)]
    return form


def values_of(tag: str, control: Element) -> list[str]:
    """What a control would send as it stands."""
    if tag == "textarea":
        return ["".join(control.itertext()).removeprefix("\n")]
    if tag == "select":
        options = list(control.iter(f"{XHTML}option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value") or "" for option in chosen]
    if tag != "input" or control.get("type") in ("submit", "button", "image"):
        return []
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value") or "on"] if control.get("checked") is not None else []
    return [control.get("value") or ""]


class Browser:
    """One person's browser: cookies, the page in front of it, and no scripts."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Page | None = None

    def get(self, path: str, **options: Any) -> Page:
        self.page = Page(self.client.get(path, follow_redirects=True, **options))
        return self.page

    def submit(self, action: str, *, press: str = "", **fields: Any) -> Page:
        """Fill in the form on the page in front and press its button; follow where it leads.

        A value of None takes the field away (an unticked box); ``press`` chooses among buttons.
        """
        assert self.page is not None, "open a page first"
        form = self.page.form(action)
        data = [(name, value) for name, value in form.fields if name not in fields]
        data += [(name, value) for name, value in fields.items() if value is not None]
        for label, value, _ in form.buttons:
            if press and label.startswith(press) and value:
                data.append(tuple(value.split("=", 1)))  # type: ignore[arg-type]
        return self.post(action, data)

    def post(self, path: str, data: list[tuple[str, Any]], **options: Any) -> Page:
        sent: dict[str, list[Any]] = {}
        for name, value in data:
            sent.setdefault(name, []).append(value)
        response = self.client.post(path, data=sent, follow_redirects=True, **options)
        for each in (*response.history, response):
            each.request.environ["wsgi.input"].close()  # A large form is a file.
        self.page = Page(response)
        return self.page

    def htmx(self, action: str, **fields: Any) -> TestResponse:
        """Submit the form as htmx would; the bare answer."""
        assert self.page is not None, "open a page first"
        form = self.page.form(action)
        data = {name: value for name, value in form.fields if name not in fields} | fields
        return self.client.post(action, data=data, headers={"HX-Request": "true"})
