"""The public pages: what the page that this product replaces said, for all three cohorts."""

from datetime import date, time

import pytest

from cdef.kernel.db import db, transaction
from cdef.series.models import Cohort, Series, cohort_by_slug
from tests.cast import DISTRICT_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page

SLUGS = ["bay-area", "sacramento", "southern-california"]
FACTS = {
    "bay-area": [
        "Bay Area Cohort",
        "Session 1",
        "November 29–30, 2016",
        "Session 2",
        "February 7–8, 2017",
        "Session 3",
        "March 1, 2017",
        "MUSD District Office, Board Room (Bldg 500), 1331 E. Calaveras Boulevard, Milpitas, CA 95035",
    ],
    "sacramento": ["Sacramento Cohort", "Session 1", "Session 2", "Session 3", "TBD"],
    "southern-california": [
        "Southern California Cohort",
        "Session 2",
        "January 24–25, 2017",
        "Session 3",
        "February 6, 2017",
        "Location (all sessions)",
        "Corona Norco Teachers Association",
        "1189 Mountain Ave #100",
        "Norco, CA 92860",
    ],
}


def cohort(slug: str) -> Cohort:
    found = cohort_by_slug(slug)
    assert found is not None
    return found


def article(page: Page, slug: str) -> str:
    """What the front page says of one cohort."""
    found = page.find("article", aria_labelledby=f"cohort-{slug}")[0]
    return " ".join("".join(found.itertext()).split())


@both_databases
def test_the_front_page_says_what_it_is_and_what_it_costs(browser: Browser) -> None:
    text = browser.get("/").text()
    for words in (
        "2016–17 Regional Cohort Training",
        "Consortium for Educational Change (CEC)",
        "Rutgers University",
        "$60",
        "How to Build a Collaborative Community",
        "Developing School and District Learning & Leadership Teams",
        "Launching the Listening-Learning System",
    ):
        assert words in text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_front_page_has_every_cohort(browser: Browser, slug: str) -> None:
    said = article(browser.get("/"), slug)
    for words in FACTS[slug]:
        assert words in said


@both_databases
@pytest.mark.parametrize("slug", SLUGS)
def test_each_cohort_has_a_page(browser: Browser, slug: str) -> None:
    page = browser.get(f"/cohorts/{slug}")
    text = page.text()
    for words in FACTS[slug]:
        assert words in text
    for link in ("flyer.pdf", "calendar.ics"):
        assert page.find("a", href=f"/cohorts/{slug}/{link}")
    assert page.find("a", href=f"/register?cohort={slug}")


def test_southern_california_has_no_session_1(browser: Browser) -> None:
    assert "Session 1" not in article(browser.get("/"), "southern-california")
    assert "Session 1" not in browser.get("/cohorts/southern-california").text()


def test_a_meeting_without_a_venue_says_that_it_follows(browser: Browser) -> None:
    assert browser.get("/cohorts/bay-area").text().count("Venue to follow") == 2


def test_hours_and_a_hint_are_shown_once_they_are_set(browser: Browser) -> None:
    with transaction():
        bay, capital = cohort("bay-area").meetings[0], cohort("sacramento").meetings[0]
        bay.starts, bay.ends = time(8, 30), time(15)
        capital.hint = "expected in spring"
    assert "8:30 am – 3:00 pm" in browser.get("/cohorts/bay-area").text()
    assert "expected in spring" in browser.get("/cohorts/sacramento").text()


def test_a_closed_cohort_says_so_and_takes_no_registrations(browser: Browser) -> None:
    with transaction():
        cohort("bay-area").is_open = False
    assert "Registration is closed" in article(browser.get("/"), "bay-area")
    page = browser.get("/cohorts/bay-area")
    assert "Registration for this cohort is closed." in page.text()
    assert not page.find("a", href="/register?cohort=bay-area")


def test_the_closing_day_is_said(browser: Browser) -> None:
    with transaction():
        cohort("bay-area").closes_on = date(2016, 11, 1)
    page = browser.get("/cohorts/bay-area")
    assert "Registration closes on Tuesday, November 1, 2016." in page.text()
    assert page.find("a", href="/register?cohort=bay-area")


def test_dates_that_have_passed_stop_nobody(browser: Browser, cast: Cast) -> None:
    cast.later(days=365)
    assert browser.get("/cohorts/bay-area").find("a", href="/register?cohort=bay-area")


def test_texts_are_only_texts(browser: Browser) -> None:
    with transaction():
        cohort("bay-area").name = "<b>{{7*7}}</b>"
    page = browser.get("/")
    assert "<b>{{7*7}}</b> Cohort" in page.text()


def test_before_any_series_the_front_page_says_what_comes(browser: Browser) -> None:
    with transaction():
        for table in reversed(Series.metadata.sorted_tables):
            db.session.execute(table.delete())
    assert "No training is planned yet" in browser.get("/").text()
    assert browser.get("/register").status == 200
    assert browser.get("/cohorts/bay-area").status == 404


@pytest.mark.parametrize("path", ["/cohorts/nowhere", "/cohorts/%00", "/cohorts/x/calendar.ics"])
@both_databases
def test_a_cohort_that_is_none_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


def test_whoever_is_signed_in_sees_the_same_page(cast: Cast, browser: Browser) -> None:
    cast.person(DISTRICT_LEAD, "Imogen Castellanos")
    mine = cast.browser(DISTRICT_LEAD).get("/")
    assert article(mine, "bay-area") == article(browser.get("/"), "bay-area")
