"""Bad input into the forms of campaigns, of stopped addresses, and of the pages behind a mailed link."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import STAFF, Cast, Mailbox
from tests.filled import Filled
from tests.flyers.campaigning import campaign_of, send
from tests.pages import Browser
from tests.state import guest
from tests.test_bad_input import (
    HOSTILE,
    NOTHING,
    REFUSES,
    RUBBISH,
    changed_since,
    is_explained,
    joined,
    plain,
)
from tests.world import digest

HERE = "/staff/campaigns"
OFFERED = {("cohort", "0"), ("cohort", "٣"), ("county", "")}  # A three in any script is one.
Open = Callable[[Cast], Filled]


def staff_at(cast: Cast, page: str) -> Browser:
    cast.staff()
    browser = cast.browser(STAFF)
    browser.get(page)
    return browser


def campaign(cast: Cast) -> Filled:
    fields = {"subject": "Come", "text": "Soon.", "cohort": "0"}
    return Filled(staff_at(cast, HERE), HERE, fields)


def letter(cast: Cast) -> Filled:
    page = f"{HERE}/{campaign_of(cast).id}"
    return Filled(staff_at(cast, page), f"{page}/letter")


def contacts(cast: Cast) -> Filled:
    page = f"{HERE}/{campaign_of(cast, '').id}"
    return Filled(staff_at(cast, page), f"{page}/contacts")


def districts(cast: Cast) -> Filled:
    page = f"{HERE}/{campaign_of(cast).id}"
    return Filled(staff_at(cast, page), f"{page}/districts")


def stopped(cast: Cast) -> Filled:
    page = "/staff/suppressions"
    return Filled(staff_at(cast, page), page)


def returned(cast: Cast) -> Filled:
    page = "/staff/suppressions"
    return Filled(staff_at(cast, page), f"{page}/returned")


def answer(cast: Cast) -> Filled:
    send(cast, campaign_of(cast))
    browser, link = guest(cast), Mailbox().link("invitation", "imogen@district.example.org")
    browser.get(link)
    return Filled(browser, link)


def confirmation(cast: Cast) -> Filled:
    page = f"{HERE}/{campaign_of(cast).id}"
    return Filled(staff_at(cast, f"{page}/confirmation"), f"{page}/sending")


FIELDS = [
    (campaign, "subject", REFUSES["name"]),
    (campaign, "text", REFUSES["note"]),
    (letter, "subject", REFUSES["name"]),
    (letter, "text", REFUSES["note"]),
    (contacts, "text", NOTHING),
    (districts, "q", {"long"}),
    (stopped, "email", REFUSES["e-mail"]),
    (returned, "text", set(HOSTILE)),
]


@pytest.mark.parametrize(("form", "name", "refused"), FIELDS)
def test_what_is_refused_is_explained_and_kept(
    cast: Cast, form: Open, name: str, refused: set[str]
) -> None:
    filled = form(cast)
    before = digest()
    for label in sorted(refused):
        page = filled.send(**{name: HOSTILE[label]})
        assert page.status == 422, label
        assert is_explained(page), label
        assert joined(page.form(filled.action).value(name)) == plain(HOSTILE[label]), label
    assert changed_since(before) == set()


@pytest.mark.parametrize(("form", "name", "refused"), FIELDS)
def test_whatever_is_only_a_text_is_taken(
    cast: Cast, form: Open, name: str, refused: set[str]
) -> None:
    filled = form(cast)
    for label in sorted(set(HOSTILE) - refused):
        page = filled.send(**{name: HOSTILE[label]}, seen=seen(filled))
        assert page.status == 200, label


def seen(filled: Filled) -> str:
    """What the page was drawn with, anew after each letter that was saved."""
    page = (
        filled.browser.get(filled.action.rpartition("/")[0]) if "/letter" in filled.action else None
    )
    return page.form(filled.action).value("seen") or "" if page else ""


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (campaign, "cohort"),
        (districts, "county"),
        (answer, "answer"),
        (confirmation, "seen"),
    ],
)
def test_a_choice_that_is_none_is_refused_and_changes_nothing(
    cast: Cast, form: Open, name: str
) -> None:
    filled = form(cast)
    before = digest()
    for text in RUBBISH:
        if (name, text) not in OFFERED:
            assert filled.send(**{name: text}).status in (409, 422), text
    assert changed_since(before) == set()


@pytest.mark.parametrize(
    "form", [campaign, letter, contacts, districts, stopped, returned, answer, confirmation]
)
def test_a_form_without_its_fields_is_no_error_of_ours(cast: Cast, app: Flask, form: Open) -> None:
    filled = form(cast)
    token = filled.fields["csrf_token"]
    for sent in ([], [("csrf_token", token)], [("csrf_token", token), ("x", "y")]):
        assert filled.browser.post(filled.action, sent).status < 500
