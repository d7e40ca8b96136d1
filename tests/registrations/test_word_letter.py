"""Staff word the letters: from then on they are written so, and what a value holds is only letters."""

import pytest

from cdef.kernel import audit
from cdef.kernel.db import db, transaction
from cdef.outbox.wordings import kinds
from cdef.series.models import current_series
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OAKLAND,
    STAFF,
    Cast,
    Mailbox,
    calendars_of,
    html_of,
    parse,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.templates import Loud

LETTERS = "/staff/series/1/letters"
PAGE, CONFIRMATION = f"{LETTERS}/approved", f"{LETTERS}/confirmation"
ORIGINAL = f"{PAGE}/original"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def save(staff: Browser, page: str = PAGE, **words: str) -> Page:
    staff.get(page)
    return staff.submit(page, **words)


def press(staff: Browser, button: str, **words: str) -> Page:
    staff.get(PAGE)
    return staff.submit(PAGE, press=button, **words)


@both_databases
def test_letters_written_afterwards_have_the_words_and_keep_their_facts(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    words = "**Welcome, {team}!**\n\n- bring water\n- [park here](https://park.example)"
    page = save(staff, subject="Yes: {district}", opening=words, closing="See you.")
    assert "has these words from now on." in page.text()
    cast.approved(members=FEW)
    letter = mailbox.last("approved", DISTRICT_LEAD)
    assert letter["Subject"] == "Yes: Milpitas Unified"
    text, html = text_of(letter), html_of(letter)
    assert "Welcome, Milpitas Unified (Santa Clara County)!\n\n• bring water" in text
    assert "park here (https://park.example)" in text
    assert "November 29–30, 2016" in text
    assert "See you.\n\n--" in text.replace("-- ", "--")
    assert "<strong>Welcome, Milpitas Unified (Santa Clara County)!</strong>" in html
    assert 'href="https://park.example"' in html


def test_a_letter_that_is_written_already_stays_as_it_is(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    before = mailbox.letters("approved")[0].raw
    save(staff, opening="Other words.")
    assert mailbox.letters("approved")[0].raw == before


@both_databases
def test_the_original_words_come_back(cast: Cast, staff: Browser, mailbox: Mailbox) -> None:
    save(staff, subject="Yes", opening="Short.")
    staff.get(PAGE)
    page = staff.submit(ORIGINAL)
    assert "has its original words again." in page.text()
    cast.approved(members=FEW)
    assert mailbox.last("approved")["Subject"] == "Approved: the team of Milpitas Unified"
    lines = [line.what for line in audit.timeline("series:1")]
    assert lines[:2] == [
        "went back to the original words of the letter “The team is approved”",
        "changed the words of the letter “The team is approved”",
    ]


def test_the_timeline_keeps_what_was_and_what_is(staff: Browser) -> None:
    save(staff, subject="Yes: {district}")
    line = audit.timeline("series:1")[0]
    assert line.who == "Rosalind Achterberg"
    assert line.before == {"subject": "Approved: the team of {district}"}
    assert line.after == {"subject": "Yes: {district}"}
    assert "Rosalind Achterberg, October 17, 2016" in staff.get(LETTERS).text()


@pytest.mark.parametrize(
    "words", ["{{7*7}}", "{nobody}", "{team.id}", "{ team }", "{0}", "{request}"]
)
def test_an_unknown_place_is_refused_in_words_and_what_was_typed_is_kept(
    staff: Browser, words: str
) -> None:
    page = save(staff, opening=f"Hello {words}", closing="Kept.")
    assert page.status == 422
    assert "This letter knows no {" in page.text()
    assert "What it can fill in: {team}, {district}, {cohort}" in page.text()
    form = page.form(PAGE)
    assert (form.value("opening"), form.value("closing")) == (f"Hello {words}", "Kept.")
    assert staff.get(PAGE).form(PAGE).value("closing") == ""


def test_a_place_in_an_address_is_refused(staff: Browser) -> None:
    page = save(staff, opening="[here](https://example.org/{team})")
    assert page.status == 422
    assert "The address of a link is not filled in: write it out." in page.text()


def test_a_subject_is_needed(staff: Browser) -> None:
    assert "Please give a subject." in save(staff, subject=" ").text()


def test_two_who_word_one_letter_see_both(cast: Cast, staff: Browser) -> None:
    other = cast.browser(STAFF)
    other.get(PAGE)
    save(staff, opening="Mine.", subject="One subject")
    page = other.submit(PAGE, opening="Theirs.")
    assert page.status == 409
    assert "Mine." in page.text()
    form = page.form(PAGE)
    assert (form.value("opening"), form.value("subject")) == ("Theirs.", "One subject")
    assert other.submit(PAGE).status == 200
    assert other.get(PAGE).form(PAGE).value("opening") == "Theirs."


HOSTILE = '{lead} {{7*7}} {% x %} *a* [x](https://e.example) <b>y</b> "q"'


def test_a_value_is_only_letters(cast: Cast, staff: Browser, mailbox: Mailbox) -> None:
    save(staff, CONFIRMATION, subject="For {district}", opening="**{district}** and {cohort}")
    team = cast.submitted(members=FEW)
    with transaction():
        team.district.name = HOSTILE
        team.district.county = ""
    cast.decide(team, "approve")
    letter = mailbox.last("confirmation")
    assert f"{HOSTILE} and Bay Area" in text_of(letter)
    assert letter["Subject"] == f"For {HOSTILE}"
    html = html_of(letter)
    assert "[x](https://e.example) &lt;b&gt;y&lt;/b&gt;" in html
    assert "<em>" not in html
    assert 'https://e.example"' not in html
    assert [part["METHOD"] for part in calendars_of(letter)] == ["REQUEST"] * 5


def test_words_can_be_looked_at_with_a_team_and_are_not_saved(cast: Cast, staff: Browser) -> None:
    cast.approved(members=FEW)
    cast.team(cd_code=OAKLAND, members=FEW, cohort="sacramento")
    teams = staff.get(PAGE).form(PAGE)
    assert teams.value("team_id") == "1"
    page = press(staff, "Look at it first", opening="Hello, {team}.", team_id="2")
    assert "Hello, Oakland Unified (Alameda County)." in page.text()
    assert page.form(PAGE).value("opening") == "Hello, {team}."
    assert "Hello" not in staff.get(PAGE).text()


def test_a_test_goes_to_whoever_words_the_letter_and_to_nobody_else(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    count = len(mailbox.letters())
    page = press(staff, "Send me a test", subject="Try {district}", opening="Hello.")
    assert f"A test is on its way to {STAFF}. Nothing is saved yet." in page.text()
    letter = mailbox.letters()[count:]
    assert [each.to_email for each in letter] == [STAFF]
    assert letter[0].subject == "Test: Try Milpitas Unified"
    assert "Hello." in text_of(parse(letter[0].raw))
    assert page.form(PAGE).value("opening") == "Hello."


def test_the_same_test_sent_twice_is_one_letter(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    first = staff.get(PAGE)
    for _ in range(2):
        staff.page = first
        staff.submit(PAGE, press="Send me a test")
    assert len(mailbox.letters("approved", STAFF)) == 1


def test_another_year_has_words_of_its_own(cast: Cast, staff: Browser, mailbox: Mailbox) -> None:
    save(staff, subject="This year")
    cast.next_series()
    series = current_series()
    assert series is not None
    page = f"/staff/series/{series.id}/letters/approved"
    assert staff.get(page).form(page).value("subject") == "Approved: the team of {district}"


def test_what_belongs_to_no_series_is_worded_for_all(
    cast: Cast, staff: Browser, browser: Browser, mailbox: Mailbox
) -> None:
    save(staff, f"{LETTERS}/sign_in", subject="Come in", closing="Bye.")
    browser.get("/sign-in")
    browser.submit("/sign-in", email=STAFF)
    assert mailbox.last("sign_in")["Subject"] == "Come in"
    assert "It belongs to no series" in staff.get(f"{LETTERS}/sign_in").text()


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.approved(members=FEW)


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_can_be_looked_at_and_tried(
    cast: Cast, team: Team, staff: Browser, mailbox: Mailbox, kind: str
) -> None:
    cast.app.jinja_env.undefined = Loud
    page = f"{LETTERS}/{kind}"
    assert "As for the team of Milpitas Unified" in staff.get(page).text()
    staff.submit(page, press="Send me a test")
    assert mailbox.letters(kind, STAFF)[-1].subject.startswith("Test: ")
    db.session.rollback()
