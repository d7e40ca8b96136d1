"""What a flyer says about a series and about one of its cohorts."""

import json
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import pytest

from cdef.flyers import rules

URL = "https://training.cdef.example/"


def venue(line: str) -> SimpleNamespace:
    return SimpleNamespace(one_line=line, lines=line.split(", "))


NORCO = venue("Corona Norco Teachers Association, 1189 Mountain Ave #100, Norco, CA 92860")
MILPITAS = venue("MUSD District Office Board Room, Milpitas, CA 95035")


def meeting(number: int, *days: date, at: SimpleNamespace | None = None, **more: Any) -> Any:
    part = SimpleNamespace(number=number)
    said = {"hint": "", "starts": None, "ends": None} | more
    return SimpleNamespace(training_session=part, dates=list(days), venue=at, **said)


def cohort(name: str, *meetings: Any, shared: SimpleNamespace | None = None) -> Any:
    return SimpleNamespace(name=name, meetings=list(meetings), shared_venue=shared)


def make_series() -> Any:
    parts = [
        SimpleNamespace(number=n, title=f"Part {n}", overview="What\nit is.", topics="", days=days)
        for n, days in ((1, 2), (2, 2), (3, 1))
    ]
    bay = cohort(
        "Bay Area",
        meeting(1, date(2016, 11, 29), date(2016, 11, 30), hint="late November"),
        meeting(2, starts=time(8, 30), ends=time(15, 30), hint="expected in spring"),
        meeting(3, date(2017, 3, 1), at=MILPITAS),
    )
    south = cohort(
        "Southern California Cohort",
        meeting(2, date(2017, 1, 24), date(2017, 1, 25), at=NORCO),
        meeting(3, date(2017, 2, 6), at=NORCO),
        shared=NORCO,
    )
    series = SimpleNamespace(
        title="2016-17 Regional Cohort Training",
        subtitle="Labor-Management Collaboration Training",
        intro="One,\r\nstill one.\r\n\r\nTwo.",
        audience="Joint teams",
        partners="\nCDEF\nCEC\n",
        price_cents=6000,
        training_sessions=parts,
        cohorts=[bay, south],
    )
    bay.series = south.series = series
    return series


def test_the_flyer_of_a_series_shows_every_cohort_under_its_title() -> None:
    flyer: Any = rules.series_flyer(make_series(), URL)
    assert flyer["title"] == "2016-17 Regional Cohort Training"
    assert flyer["subtitle"] == "Labor-Management Collaboration Training"
    assert [shown["name"] for shown in flyer["cohorts"]] == [
        "Bay Area Cohort",
        "Southern California Cohort",
    ]
    assert flyer["cost"] == "$60 a person for all three sessions"
    assert flyer["partners"] == "CDEF\nCEC"
    assert flyer["intro"] == "One, still one.\n\nTwo."
    assert flyer["sessions"][2] == {
        "name": "Session 3",
        "days": "1 day",
        "title": "Part 3",
        "overview": "What it is.",
    }


def test_the_flyer_of_a_cohort_shows_that_cohort_alone_under_its_name() -> None:
    flyer: Any = rules.cohort_flyer(make_series().cohorts[1], URL + "cohorts/southern-california")
    assert (flyer["title"], flyer["eyebrow"]) == (
        "Southern California Cohort",
        "2016-17 Regional Cohort Training",
    )
    assert [shown["name"] for shown in flyer["cohorts"]] == ["Southern California Cohort"]
    assert len(flyer["sessions"]) == 3


def test_a_meeting_says_its_hint_only_while_it_has_no_days() -> None:
    bay: Any = rules.series_flyer(make_series(), URL)["cohorts"]
    first, second, third = bay[0]["meetings"]
    assert (first["dates"], first["hint"], first["venue"]) == ("November 29–30, 2016", "", "")
    assert (second["dates"], second["hint"]) == ("TBD", "expected in spring")
    assert second["hours"] == "8:30 am – 3:30 pm"
    assert third["venue"] == MILPITAS.one_line


def test_a_venue_of_all_meetings_is_said_once() -> None:
    cohorts: Any = rules.series_flyer(make_series(), URL)["cohorts"]
    assert cohorts[1]["venue_all"] == NORCO.one_line
    assert [shown["venue"] for shown in cohorts[1]["meetings"]] == ["", ""]
    assert [shown["session"] for shown in cohorts[1]["meetings"]] == ["Session 2", "Session 3"]
    assert cohorts[0]["venue_all"] == ""


def test_only_a_flyer_with_open_dates_says_where_they_are_announced() -> None:
    bay, south = make_series().cohorts
    assert rules.cohort_flyer(bay, URL)["date_note"] == rules.TBD_NOTE
    assert rules.cohort_flyer(south, URL)["date_note"] == ""


@pytest.mark.parametrize(
    ("cents", "sessions", "said"),
    [
        (6000, 3, "$60 a person for all three sessions"),
        (12550, 2, "$125.50 a person for both sessions"),
        (6000, 1, "$60 a person for one session"),
        (6000, 9, "$60 a person for all 9 sessions"),
        (6000, 0, "$60 a person"),
        (0, 3, "Free of charge"),
    ],
)
def test_the_cost_is_said_for_one_person_and_the_whole_series(
    cents: int, sessions: int, said: str
) -> None:
    assert rules.cost(cents, sessions) == said


def test_the_printed_address_is_short_and_the_code_and_link_are_whole() -> None:
    flyer: Any = rules.series_flyer(make_series(), URL)
    assert (flyer["url"], flyer["link"]) == ("training.cdef.example", URL)
    assert rules.printable("http://127.0.0.1:5000/cohorts/bay-area") == (
        "127.0.0.1:5000/cohorts/bay-area"
    )
    assert flyer["qr_svg"] == rules.qr_svg(URL) != rules.qr_svg(URL + "x")
    assert flyer["qr_svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_what_no_sheet_could_hold_is_cut_and_seen_to_be_cut() -> None:
    series = make_series()
    series.title = "x" * 10_000
    series.intro = "y" * 10_000
    flyer: Any = rules.series_flyer(series, URL)
    assert (len(flyer["title"]), flyer["title"][-1]) == (300, "…")
    assert (len(flyer["intro"]), flyer["intro"][-1]) == (3000, "…")


def test_a_flyer_is_plain_data_without_control_characters() -> None:
    series = make_series()
    series.title = "A\r\nB\x00\u202eC"
    series.cohorts[0].name = "x\n" * 3
    flyer = rules.series_flyer(series, URL)
    assert flyer["title"] == "A BC"
    assert json.loads(json.dumps(flyer)) == flyer
