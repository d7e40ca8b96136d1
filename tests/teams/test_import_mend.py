"""Mending the rows of a list in its preview: nothing that was typed is ever dropped."""

from typing import Any

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.importing import CASPIAN, NAMELESS, WINIFRED, lines, paste, press, states
from tests.test_bad_input import HOSTILE, plain

ANA = {"name": "Ana Ruiz", "email": "ana.ruiz@example.org", "position": "classified", "site": "Elm"}


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def typed(row: int = 0, **fields: str) -> dict[str, Any]:
    """Fields of one of the rows, under the names that the page gives them."""
    return {f"{lines()[row].id}-{name}": text for name, text in fields.items()}


@both_databases
def test_a_mended_row_is_ready(lead: Browser, team: Team) -> None:
    paste(lead, team, NAMELESS)
    page = press(lead, "Save these rows", **typed(**ANA))
    assert page.status == 200
    assert states(page) == {"Ready": 1}
    assert (lines()[0].name, lines()[0].side) == ("Ana Ruiz", "union")


def test_a_row_that_is_still_wrong_says_why_and_is_kept(lead: Browser, team: Team) -> None:
    where = paste(lead, team, NAMELESS).path
    page = press(lead, "Save these rows", **typed(name="Ana Ruiz", email="ana at home"))
    assert page.status == 422
    assert "This does not look like an e-mail address." in page.text()
    assert "“TBD” is not a name yet." not in page.text()
    for shown in (page, lead.get(where)):
        assert shown.form(f"{where}/lines").value(f"{lines()[0].id}-email") == "ana at home"


def test_rows_are_mended_together_and_the_wrong_ones_hold_up_none(
    lead: Browser, team: Team
) -> None:
    paste(lead, team, NAMELESS, NAMELESS, CASPIAN)
    page = press(lead, "Save these rows", **typed(0, **ANA), **typed(1, name="Jo Lee"))
    assert page.status == 422
    assert states(page) == {"Needs mending": 1, "Ready": 2}
    assert [line.name for line in lines()] == ["Ana Ruiz", "Jo Lee", "Caspian Delacroix"]


@pytest.mark.parametrize("button", ["Leave out Caspian", "Edit Caspian", "Add 1 person", "Use it"])
def test_every_button_keeps_what_was_typed_into_other_rows(
    lead: Browser, team: Team, button: str
) -> None:
    paste(lead, team, NAMELESS, CASPIAN.replace("example.org", "gmial.com"))
    press(lead, button, **typed(name="Ana Ruiz"))
    assert lines()[0].name == "Ana Ruiz"


def test_turning_the_page_keeps_what_was_typed(lead: Browser, team: Team) -> None:
    paste(lead, team, *[NAMELESS] * 60)
    page = press(lead, "Page 2", **typed(name="Ana Ruiz"))
    assert "Page 2 of 2" in page.text()
    assert lines()[0].name == "Ana Ruiz"
    assert "Page 1 of 2" in press(lead, "Page 1").text()


def test_a_ready_row_can_be_opened_and_changed(lead: Browser, team: Team) -> None:
    paste(lead, team, WINIFRED)
    page = press(lead, "Edit Winifred")
    assert page.value(f"{lines()[0].id}-name") == "Winifred Abernathy"
    press(lead, "Save this row", **typed(position="superintendent"))
    assert (lines()[0].position, lines()[0].side) == ("superintendent", "district")


def test_a_mistyped_domain_is_mended_with_one_press(lead: Browser, team: Team) -> None:
    page = paste(lead, team, CASPIAN.replace("example.org", "gmial.com"))
    assert "Did you mean caspian@gmail.com?" in page.text()
    press(lead, "Use it")
    assert lines()[0].email == "caspian@gmail.com"


def test_a_row_is_left_out_and_taken_in_again(lead: Browser, team: Team) -> None:
    paste(lead, team, WINIFRED, CASPIAN)
    assert states(press(lead, "Leave out Winifred")) == {"Ready": 1, "Left out": 1}
    assert states(press(lead, "Take in again")) == {"Ready": 2}


def test_by_script_the_preview_comes_alone_and_is_spoken(lead: Browser, team: Team) -> None:
    where = paste(lead, team, NAMELESS).path
    wrong = lead.htmx(f"{where}/lines", **typed(name="Ana Ruiz"))
    assert wrong.status_code == 422
    good = lead.htmx(f"{where}/lines", **typed(**ANA))
    assert good.status_code == 200
    assert good.text.lstrip().startswith('<div class="stack" id="preview">')
    assert "1 ready." in good.headers["HX-Trigger"]


def test_whatever_is_typed_is_kept_and_is_never_an_error_of_ours(lead: Browser, team: Team) -> None:
    where = paste(lead, team, NAMELESS).path
    for label, text in HOSTILE.items():
        if label == "NUL":
            continue  # A browser cannot send one in a field of several parts.
        lead.get(where)
        page = press(lead, "Save these rows", **typed(name=text, site=text, position=text))  # type: ignore[arg-type]
        assert page.status in (200, 422), label
        kept = " ".join((page.value(f"{lines()[0].id}-site") or "").split())
        assert kept == plain(text), label


def test_fields_that_no_page_has_are_nothing(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED).path
    token = ("csrf_token", lead.page.value("csrf_token") if lead.page else "")
    rubbish = [
        ("999999999-name", "x"),
        ("0-name", "x"),
        ("x-name", "x"),
        ("do", "skip-"),
        ("page", "-1"),
    ]
    for do in ("skip-0", "edit-99999999999", "add", "page-9999", "meant-1e3", "all", "nothing-1"):
        sent = [token, *rubbish[:3], ("do", do), ("page", "x")]
        assert lead.post(f"{where}/lines", sent).status == 200, do
    assert lead.post(f"{where}/lines", [token, *rubbish]).status == 200
    assert lead.get(f"{where}?page=x&edit=%00&at=-1").status == 200


def test_a_page_that_was_opened_before_writes_nothing_over_what_was_mended_meanwhile(
    cast: Cast, lead: Browser, team: Team
) -> None:
    where = paste(lead, team, NAMELESS, NAMELESS).path
    other = cast.browser(UNION_LEAD)
    other.get(where)
    press(lead, "Save these rows", **typed(**ANA))
    press(other, "Save these rows", **typed(1, name="Jo Lee"))
    assert [line.name for line in lines()] == ["Ana Ruiz", "Jo Lee"]
    assert lines()[0].email == ANA["email"]


@both_databases
def test_two_texts_for_one_field_are_both_shown_and_neither_is_lost(
    cast: Cast, lead: Browser, team: Team
) -> None:
    where = paste(lead, team, NAMELESS).path
    other = cast.browser(UNION_LEAD)
    other.get(where)
    press(lead, "Save these rows", **typed(**ANA))
    page = press(other, "Save these rows", **typed(name="Anna Ruiz", site="Oak"))
    assert page.status == 409
    assert "Somebody else has put “Ana Ruiz” here." in page.text()
    assert "Somebody else has put “Elm” here." in page.text()
    assert (lines()[0].name, lines()[0].site) == ("Ana Ruiz", "Elm")
    assert page.value(f"{lines()[0].id}-name") == "Anna Ruiz"
    assert page.value(f"{lines()[0].id}-email") == ANA["email"]
    assert press(other, "Save this row").status == 200
    assert (lines()[0].name, lines()[0].site) == ("Anna Ruiz", "Oak")


def test_nobody_is_added_from_a_page_whose_text_clashes(
    cast: Cast, lead: Browser, team: Team
) -> None:
    where = paste(lead, team, NAMELESS, CASPIAN).path
    other = cast.browser(UNION_LEAD)
    other.get(where)
    people = len(team.members)
    press(lead, "Save these rows", **typed(**ANA))
    page = press(other, "Add 1 person", **typed(name="Anna Ruiz"))
    assert (page.status, len(team.members)) == (409, people)
    assert page.value(f"{lines()[0].id}-name") == "Anna Ruiz"


def test_an_old_page_of_a_list_that_is_gone_writes_nothing_into_the_next(
    cast: Cast, lead: Browser, team: Team
) -> None:
    where = paste(lead, team, NAMELESS).path
    old = typed(name="Of the old list")
    lead.submit(f"{where}/removal")
    page = paste(lead, team, NAMELESS)
    assert page.path != where
    press(lead, "Save these rows", **old)
    assert [line.name for line in lines()] == ["TBD"]
