"""Staff edit the texts of a series, look at them first, and see when somebody else did so too."""

import pytest

from tests.cast import DISTRICT_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import PAGE, current, newest_event, staff_browser

FORM = f"{PAGE}/texts"
INTRO = "**One** team.\n\n- district\n- union\n\n[Ours](https://cdef.example/)"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    browser = staff_browser(cast)
    browser.get(FORM)
    return browser


def test_the_public_page_shows_what_was_saved(staff: Browser) -> None:
    page = staff.submit(FORM, intro=INTRO, title="2016–17 Training", partners="*CDEF*\nCEC")
    assert "The texts are saved." in page.text()
    home = staff.get("/").html
    assert "<strong>One</strong> team." in home
    assert '<a href="https://cdef.example/">Ours</a>' in home
    assert "<p><em>CDEF</em></p>" in home
    assert "<h1>2016–17 Training</h1>" in home


def test_the_flyer_still_comes(staff: Browser) -> None:
    staff.submit(FORM, intro=INTRO)
    assert staff.client.get("/flyer.pdf").data.startswith(b"%PDF")


def test_before_and_after_are_on_the_timeline(staff: Browser) -> None:
    before = current().audience
    staff.submit(FORM, audience="Everybody.")
    event = newest_event("series:1")
    assert (event.who, event.what) == ("Rosalind Achterberg", "edited the texts of the series")
    assert (event.before, event.after) == ({"audience": before}, {"audience": "Everybody."})


def test_the_same_texts_again_change_nothing(staff: Browser) -> None:
    staff.submit(FORM)
    assert newest_event("series:1").what == "loaded the series"


def test_a_look_shows_it_set_and_saves_nothing(staff: Browser) -> None:
    before = current().intro
    page = staff.submit(FORM, press="Look", intro=INTRO + "\n\n<script>x()</script> {{7*7}}")
    assert page.status == 200
    assert "How it will look" in page.text()
    assert "<strong>One</strong>" in page.html
    assert "&lt;script&gt;x()&lt;/script&gt; {{7*7}}" in page.html
    assert (page.value("intro") or "").startswith("**One** team.")
    assert current().intro == before
    staff.submit(FORM)
    assert current().intro.startswith("**One** team.")


def test_a_title_is_needed_and_the_rest_is_kept(staff: Browser) -> None:
    page = staff.submit(FORM, title=" ", intro="Kept.")
    assert page.status == 422
    assert "Please give a title." in page.text()
    assert page.value("intro") == "Kept."


@both_databases
def test_a_text_that_somebody_else_changed_meanwhile_is_shown_beside_ones_own(cast: Cast) -> None:
    first, second = staff_browser(cast), staff_browser(cast)
    first.get(FORM)
    second.get(FORM)
    first.submit(FORM, intro="First.", subtitle="From the first")
    page = second.submit(FORM, intro="Second.", audience="From the second")
    assert page.status == 409
    assert "Somebody else has saved this" in page.text()
    assert "About the training, as it is saved now First." in page.text()
    assert page.value("intro") == "Second."
    assert page.value("subtitle") == "From the first"
    assert page.value("audience") == "From the second"
    assert current().intro == "First."
    second.submit(FORM)
    found = current()
    assert (found.intro, found.subtitle, found.audience) == (
        "Second.",
        "From the first",
        "From the second",
    )


def test_two_different_texts_come_together(cast: Cast) -> None:
    first, second = staff_browser(cast), staff_browser(cast)
    first.get(FORM)
    second.get(FORM)
    first.submit(FORM, intro="First.")
    assert "The texts are saved." in second.submit(FORM, audience="Second.").text()
    assert (current().intro, current().audience) == ("First.", "Second.")


def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(staff: Browser) -> None:
    before = current().intro
    assert staff.submit(FORM, intro="Mine.", seen="9" * 40).status == 409
    assert current().intro == before


def test_leads_cannot_edit(cast: Cast) -> None:
    cast.team()
    assert cast.browser(DISTRICT_LEAD).get(FORM).status == 403
