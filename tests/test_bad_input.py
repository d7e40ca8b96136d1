"""Bad input into every form that takes text: a clear answer, what was typed kept, nothing by halves."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from cdef.kernel.words import one_line
from tests.cast import (
    DISTRICT_LEAD,
    Cast,
    Mailbox,
    html_of,
    parse,
    text_of,
)
from tests.conftest import both_databases
from tests.filled import Filled, Forms
from tests.pages import Page
from tests.world import digest

SURROGATE = b"Sur\xed\xa0\x80rogate"  # What a browser never sends: half of a pair, in UTF-8.
HOSTILE: dict[str, str | bytes] = {
    "empty": "",
    "blank": " \t\u3000 ",
    "control": "\x01\x02\x1b\x7f\x9f\u202e\u2066",
    "long": "x" * 10_000,
    "controls inside": "Bell\x07 Escape\x1b[31m Delete\x7f",
    "a new header": "Bob\r\nBcc: victim@example.org\r\n\r\nHello",
    "emoji": "Zoë 👩🏽‍🏫🏳️‍🌈",
    "right to left": "\u202eevil\u202c שלום مرحبا",
    "template": "{{7*7}} ${7*7} {% raw %}",
    "formula": "=1+1",
    "typst": '#read("/etc/passwd")',
    "markup": "<script>alert(1)</script>&amp;\"'",
    "sql": "Robert'); DROP TABLE member;--",
    "NUL": "Nul\0Byte",
    "surrogate": SURROGATE,
    "escapes": "\\ud800 \\u0000 %00 &#0;",
    "encoded word": "=?utf-8?q?Bcc=3A_victim=40example=2Eorg?=",
    "taken address": DISTRICT_LEAD,
}
NOTHING = {"empty", "blank", "control"}
# What each kind of field refuses; everything else is only a text, and is kept as it is.
REFUSES = {
    "name": NOTHING | {"long"},
    "optional": {"long"},
    "e-mail": set(HOSTILE) - {"taken address"},
    "own e-mail": {"empty", "long", "a new header", "NUL", "surrogate", "taken address"},
    "approved e-mail": set(HOSTILE) - {"taken address"},
    "note": NOTHING | {"long"},
    "needs": {"long"},
    "list": NOTHING,
}


@pytest.fixture
def stage(app: Flask, cast: Cast) -> Forms:
    return Forms(app, cast)


FIELDS = [
    ("sign_in", "email", "e-mail"),
    ("register", "name", "name"),
    ("register", "email", "e-mail"),
    ("register_unlisted", "district_name", "name"),
    ("register_unlisted", "county", "name"),
    ("partner", "name", "name"),
    ("partner", "email", "own e-mail"),
    ("hand_over", "name", "name"),
    ("hand_over", "email", "own e-mail"),
    ("add", "name", "name"),
    ("add", "email", "own e-mail"),
    ("add", "site", "optional"),
    ("paste", "text", "list"),
    ("edit", "name", "name"),
    ("edit", "email", "own e-mail"),
    ("edit", "site", "optional"),
    ("waiver", "reason", "note"),
    ("decision", "note", "note"),
    ("texts", "title", "name"),
    ("texts", "subtitle", "optional"),
    ("texts", "intro", "optional"),
    ("texts", "partners", "optional"),
    ("session", "title", "name"),
    ("session", "overview", "optional"),
    ("cohort", "name", "name"),
    ("copy", "title", "name"),
    ("rule", "text", "name"),
    ("swap", "name", "name"),
    ("swap", "email", "approved e-mail"),
    ("details", "site", "optional"),
    ("joining", "name", "name"),
    ("joining", "email", "approved e-mail"),
    ("joining", "reason", "note"),
    ("verdict", "note", "note"),
    ("draft_meeting", "hint", "optional"),
    ("draft_meeting", "reason", "optional"),
    ("draft_meeting", "name", "name"),
    ("draft_venue", "city", "name"),
    ("draft_venue", "notes", "optional"),
    ("add_staff", "name", "name"),
    ("add_staff", "email", "e-mail"),
    ("add_union", "name", "name"),
    ("correct_district", "name", "name"),
    ("correct_district", "county", "name"),
    ("needs", "dietary", "needs"),
    ("needs", "access", "needs"),
]


def plain(text: str | bytes) -> str:
    """A text as the app reads it: without what cannot be seen, in one line."""
    return one_line(text if isinstance(text, str) else "Sur%ED%A0%80rogate")


def joined(text: str | None) -> str:
    return " ".join((text or "").split())


def changed_since(before: dict[str, str]) -> set[str]:
    """The tables that are not what they were."""
    return {table for table, value in digest().items() if before[table] != value}


def is_explained(page: Page) -> bool:
    """Whether the page says what is wrong, at the field and above the form."""
    return bool(page.find("p", class_="field__error")) and bool(
        page.find("div", class_="error-summary")
    )


@pytest.mark.parametrize(("form", "name", "kind"), FIELDS)
def test_what_is_refused_is_explained_and_kept(
    stage: Forms, form: str, name: str, kind: str
) -> None:
    filled: Filled = getattr(stage, form)()
    before = digest()
    for label in sorted(REFUSES[kind]):
        page = filled.send(**{name: HOSTILE[label]})
        assert page.status == 422, label
        assert is_explained(page), label
        assert joined(page.form(filled.action).value(name)) == plain(HOSTILE[label]), label
    assert changed_since(before) == set()


@pytest.mark.parametrize("form", ["sign_in_code", "register_code"])
def test_what_is_no_code_is_refused_and_kept(stage: Forms, form: str) -> None:
    for labels in (sorted(HOSTILE)[:9], sorted(HOSTILE)[9:]):
        filled: Filled = getattr(stage, form)()
        before = digest()
        for label in labels:
            page = filled.send(code=HOSTILE[label])
            assert page.status == 422, label
            assert is_explained(page), label
            assert page.form(filled.action).value("code") == plain(HOSTILE[label]), label
        assert changed_since(before) <= {"try"}


def test_whatever_is_looked_for_stays_in_its_field(stage: Forms) -> None:
    filled = stage.find()
    before = digest()
    for label, text in HOSTILE.items():
        page = filled.send(district_query=text)
        assert page.status == 200, label
        assert page.form("/register").value("district_query") == plain(text), label
    assert changed_since(before) == set()


@both_databases
def test_whatever_is_only_a_text_is_accepted_in_every_form(stage: Forms) -> None:
    text = b"Nul\0Byte " + SURROGATE + " 👩🏽‍🏫 \\ud800 {{7*7}} =1+1 \u202eevil".encode()
    for form, name, kind in FIELDS:
        if kind in ("name", "optional", "note", "needs"):
            page = getattr(stage, form)().send(**{name: text})
            assert page.status == 200, (form, name)
            assert not is_explained(page), (form, name)


NAMES = [text for label, text in HOSTILE.items() if label not in REFUSES["name"]]


def test_a_hostile_name_stands_on_the_roster_as_it_is(stage: Forms) -> None:
    filled = stage.add()
    for text in NAMES:
        sent = filled.send(follow=False, name=text, email=stage.fresh_email())
        assert sent.status == 303, text
    page = filled.browser.get(f"/teams/{stage.team.id}")
    rows = ["".join(found.itertext()) for found in page.find("span", class_="row__name")]
    assert {plain(text) for text in NAMES} <= {joined(row) for row in rows}


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("register", "start_team"),
        ("partner", "partner_invitation"),
        ("hand_over", "handover_invitation"),
    ],
)
def test_a_hostile_name_stands_in_a_letter_as_it_is(stage: Forms, form: str, kind: str) -> None:
    filled: Filled = getattr(stage, form)()
    for text in NAMES:
        sent = filled.send(follow=False, name=text, email=stage.fresh_email())
        assert sent.status == 303, text
    for text, letter in zip(NAMES, Mailbox().letters(kind), strict=True):
        mail = parse(letter.raw)
        assert [address.addr_spec for address in mail["To"].addresses] == [letter.to_email], text
        assert mail["Bcc"] is None, text
        assert f"Dear {plain(text)}," in text_of(mail), text
        assert "<script>" not in html_of(mail), text


# Numbers and choices that no page offers.

RUBBISH = [
    "",
    "x",
    "0",
    "-1",
    "1.5",
    "1e3",
    "²",
    "٣",
    "9" * 22,
    "9" * 5000,
    "1\0",
    "0x10",
    SURROGATE,
]
CHOICES = [
    ("register", "cohort_id"),
    ("register", "district_id"),
    ("register", "side"),
    ("register", "position"),
    ("join", "position"),
    ("take_over", "position"),
    ("add", "side"),
    ("add", "position"),
    ("edit", "position"),
    ("edit", "base_name"),
    ("rule", "met_by"),
    ("sign", "revision"),
]


@pytest.mark.parametrize(("form", "name"), CHOICES)
def test_a_choice_that_is_none_is_refused_and_changes_nothing(
    stage: Forms, form: str, name: str
) -> None:
    filled: Filled = getattr(stage, form)()
    typed = {"name": "Somebody Else"} if form in ("register", "add", "edit") else {}
    before = digest()
    for text in RUBBISH:
        page = filled.send(**typed, **{name: text})
        assert page.status in (409, 422), text
    assert page.value("name") == typed.get("name")
    assert changed_since(before) == set()


@both_databases
def test_the_key_of_a_form_may_be_any_text(stage: Forms) -> None:
    for label in ("empty", "long", "NUL", "surrogate"):
        assert stage.add().send(once=HOSTILE[label]).status == 200, label
    assert len(stage.team.members) == 2 + 4


FORMS = [
    "sign_in",
    "sign_in_code",
    "register",
    "find",
    "register_code",
    "partner",
    "join",
    "add",
    "paste",
    "edit",
    "waiver",
    "sign",
    "decision",
    "texts",
    "session",
    "cohort",
    "copy",
    "terms",
    "rule",
    "needs",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_its_fields_is_no_error_of_ours(stage: Forms, form: str) -> None:
    filled: Filled = getattr(stage, form)()
    token = filled.fields["csrf_token"]
    for sent in ([], [("csrf_token", token)], [("csrf_token", token), ("x", "y")]):
        assert filled.browser.post(filled.action, sent).status < 500


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("join", "needs", "paste")])
def test_files_and_json_in_the_place_of_texts_are_no_texts(stage: Forms, form: str) -> None:
    filled: Filled = getattr(stage, form)()
    names = set(filled.fields) - {"csrf_token", "find"}
    token = {"csrf_token": filled.fields["csrf_token"]}
    header = {"X-CSRFToken": filled.fields["csrf_token"]}
    before = digest()

    def post(**sent: Any) -> int:
        return filled.browser.client.post(filled.action, **sent).status_code

    assert post(data=token | {name: (BytesIO(b"x"), "x.txt") for name in names}) in (200, 422)
    for value in (5, None, [1], {"a": 1}, True, "text"):
        assert post(json=dict.fromkeys(names, value), headers=header) == 422
    assert post(data="{", content_type="application/json", headers=header) in (400, 422)
    assert changed_since(before) == set()
