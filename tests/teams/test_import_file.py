"""Choosing a CSV or XLSX file: the same preview, and hostile files refused in a sentence each."""

from collections.abc import Callable

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, Cast
from tests.kernel.test_hostile_workbooks import HOSTILE
from tests.kernel.workbook_file import sheet, workbook
from tests.pages import Browser
from tests.teams.importing import lines, lists, states, upload

ROWS = (
    ("Last, First", "Work e-mail", "Title", "School"),
    ("Đặng, Ana-Lucía", "ana@example.org", "School secretary", "Alder\nMiddle"),
    ("Müller, Jürgen", "juergen at example.org", "Supt.", ""),
)


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def csv(delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", csv().encode()),
        ("list.csv", csv(";").encode("cp1252", errors="replace")),
        ("list.txt", csv("\t").encode("utf-16")),
        ("list.xlsx", workbook(sheet(*ROWS))),
        ("list", workbook(sheet(*ROWS))),
    ],
)
def test_a_file_leads_to_the_same_preview(
    lead: Browser, team: Team, name: str, content: bytes
) -> None:
    page = upload(lead, team, name, content)
    assert states(page) == {"Needs mending": 1, "Ready": 1}
    assert name in page.text()
    assert [line.site for line in lines()] == ["Alder Middle", ""]
    assert lines()[1].name == "Jürgen Müller"


@pytest.mark.parametrize(("build", "sentence"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_or_wrong_file_is_refused_in_a_sentence(
    lead: Browser, team: Team, build: Callable[[], bytes], sentence: str
) -> None:
    page = upload(lead, team, "list.xlsx", build())
    assert page.status == 422
    assert sentence in page.text()
    assert lists() == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.csv", b"%PDF-1.7", "This is a PDF"),
        ("list.csv", b"<html><table>", "This is a web page or XML file"),
        ("list.xlsx", b"name,email\n", "plain text under the name of a workbook"),
        ("list.csv", b"", "There is nothing in it"),
        ("list.csv", b"a\0b", "This is neither a workbook nor text"),
        ("list.csv", b"jo@example.org\n" * 5_002, "at most 5,000 rows"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    lead: Browser, team: Team, name: str, content: bytes, said: str
) -> None:
    page = upload(lead, team, name, content)
    assert page.status == 422
    assert said in page.text()


def test_cells_and_a_file_at_once_are_refused_and_the_cells_kept(lead: Browser, team: Team) -> None:
    page = upload(lead, team, "list.csv", csv().encode(), text="Jo Lee")
    assert page.status == 422
    assert "here are both" in page.text()
    assert page.value("text") == "Jo Lee"


def test_more_than_5_mb_is_refused(lead: Browser, team: Team) -> None:
    page = upload(lead, team, "list.csv", b"x" * (5 * 1024 * 1024 + 1))
    assert page.status == 413
    assert "larger than 5 MB" in page.text()


def test_a_hostile_name_of_a_file_is_only_a_name(lead: Browser, team: Team) -> None:
    name = "../../<script>alert(1)</script>\u202e" + "x" * 300 + ".csv"
    page = upload(lead, team, name, csv().encode())
    assert page.status == 200
    assert "<script>alert" not in page.html
