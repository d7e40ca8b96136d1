"""What the queue shows as CSV and XLSX: the same teams, whole lines, and no formula."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cdef.reports import exports
from tests.cast import DISTRICT_LEAD, FEW, MILPITAS, OAKLAND, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser

SACRAMENTO = "3467439"
Lines = list[dict[str, Any]]


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def as_csv(staff: Browser, address: str) -> Lines:
    answer = staff.client.get(f"/staff/export/{address}")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def as_xlsx(staff: Browser, address: str) -> Lines:
    content = staff.client.get(f"/staff/export/{address}").data
    headings, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    return [dict(zip(headings, row, strict=True)) for row in rows]


@both_databases
def test_a_team_is_one_line(cast: Cast, staff: Browser) -> None:
    team = cast.submitted(members=[FEW[0], ("district", "Priscilla Vang", "principal")])
    every = {rule.id: "Next year." for rule in team.cohort.series.team_rules}
    cast.decide(team, "approve", reasons=every)
    assert as_csv(staff, "teams.csv?state=all") == [
        {
            "District": "Milpitas Unified",
            "County": "Santa Clara",
            "CD code": MILPITAS,
            "Cohort": "Bay Area",
            "State": "Approved",
            "District lead": "Imogen Castellanos",
            "District lead’s e-mail": DISTRICT_LEAD,
            "Union lead": "Beatriz Holloway",
            "Union lead’s e-mail": "beatriz.holloway@example.org",
            "District people": "3",
            "Union people": "1",
            "Amount due (US dollars)": "240",
            "Rules not met": "Classified union leader",
            "Submitted": "2016-10-17 09:00",
            "Last decision": "2016-10-17 09:00 approved by Rosalind Achterberg",
        }
    ]


@both_databases
def test_a_person_is_one_line(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=FEW)
    lines = as_xlsx(staff, "people.xlsx")
    assert [line["Name"] for line in lines] == [
        "Imogen Castellanos",
        FEW[0][1],
        "Beatriz Holloway",
        FEW[1][1],
    ]
    assert lines[1] == {
        "District": "Milpitas Unified",
        "County": "Santa Clara",
        "CD code": MILPITAS,
        "Cohort": "Bay Area",
        "State": "Submitted",
        "Side": "District",
        "Name": FEW[0][1],
        "E-mail": "thaddeus.okonkwo.reyes@example.org",
        "Position": "School board member",
        "School or office": "",
    }


@pytest.mark.parametrize(
    ("filter_", "districts"),
    [
        ("", ["Milpitas Unified"]),
        ("state=all", ["Milpitas Unified", "Oakland Unified", "Sacramento City Unified"]),
        ("state=approved", ["Oakland Unified"]),
        ("state=draft", ["Sacramento City Unified"]),
        ("state=all&cohort=sacramento", ["Sacramento City Unified"]),
        ("state=declined", []),
        ("state=all&q=oakland", ["Oakland Unified"]),
        ("state=all&county=Alameda", ["Oakland Unified"]),
    ],
)
def test_it_holds_what_the_queue_shows(
    cast: Cast, staff: Browser, filter_: str, districts: list[str]
) -> None:
    cast.submitted(members=FEW)
    cast.approved(members=FEW, cd_code=OAKLAND)
    cast.team(members=[], cd_code=SACRAMENTO, cohort="sacramento")
    for read, name in ((as_csv, "teams.csv"), (as_xlsx, "teams.xlsx")):
        assert [line["District"] for line in read(staff, f"{name}?{filter_}")] == districts


def test_the_page_says_how_many_lines_there_will_be(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=FEW)
    cast.team(members=FEW, cd_code=OAKLAND)
    for filter_, teams, people in (("", 1, 4), ("?state=all", 2, 8), ("?state=declined", 0, 0)):
        page = staff.get(f"/staff/export{filter_}")
        lines = [cell.text for cell in page.find("td", class_="num")]
        assert lines == [str(teams), str(people)], filter_
        links = {link.get("href") for link in page.find("a")}
        assert {f"/staff/export/people.csv{filter_}", f"/staff/export/teams.xlsx{filter_}"} <= links


def test_the_list_links_to_itself_as_a_table(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=FEW)
    page = staff.get("/staff?state=all&q=milpitas")
    links = {link.get("href") for link in page.find("a")}
    assert "/staff/export/teams.csv?state=all&q=milpitas" in links


def test_no_name_is_a_formula(cast: Cast, staff: Browser) -> None:
    team = cast.team(members=[])
    cast.add(team, "district", "=HYPERLINK(1)", "board", email="h@example.org")
    for read, name in ((as_csv, "people.csv"), (as_xlsx, "people.xlsx")):
        names = [line["Name"] for line in read(staff, f"{name}?state=all")]
        assert "'=HYPERLINK(1)" in names
        assert "=HYPERLINK(1)" not in names


def test_whoever_was_removed_and_whoever_handed_over_is_not_in_it(
    cast: Cast, staff: Browser
) -> None:
    team = cast.team(members=FEW)
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    browser.submit(f"/teams/{team.id}/members/{team.members[1].id}/removal")
    assert len(as_csv(staff, "people.csv?state=all")) == 3


def test_needs_are_not_in_it(cast: Cast, staff: Browser) -> None:
    team = cast.approved(members=FEW)
    browser = cast.browser(DISTRICT_LEAD, is_personal=True)
    browser.get("/personal")
    browser.submit(f"/personal/{team.members[0].id}/needs", dietary="No peanuts at all")
    for what in ("teams", "people"):
        assert "peanuts" not in str(as_csv(staff, f"{what}.csv?state=all"))


@both_databases
def test_a_long_one_is_read_in_groups_and_loses_nobody(
    cast: Cast, staff: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "GROUP", 2)
    teams = [
        cast.team(members=[], lead=f"{number}@example.org", partner=None, cd_code=code)
        for number, code in enumerate([MILPITAS, OAKLAND, SACRAMENTO, MILPITAS, OAKLAND])
    ]
    assert len(as_csv(staff, "teams.csv?state=all")) == len(teams)


def test_it_is_a_file_named_for_its_day(staff: Browser) -> None:
    answer = staff.client.get("/staff/export/teams.xlsx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=teams-2016-10-17.xlsx"
    assert staff.client.get("/staff/export/needs.csv").status_code == 404
