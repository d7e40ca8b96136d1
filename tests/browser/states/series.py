"""What staff see of a series: its page, its texts, its sessions and cohorts, its copy."""

from playwright.sync_api import Page, expect

from cdef.kernel import clock
from cdef.kernel.edits import mark
from cdef.series.models import current_series
from cdef.series.text_actions import edit_texts
from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, Mailbox


def series_desk(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/series")
    expect(page.get_by_role("heading", name="Training sessions")).to_be_visible()
    return page


def series_texts(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Edit the texts").click()
    expect(page.get_by_role("heading", name="Texts")).to_be_visible()
    page.get_by_text("How to set bold, lists and links").click()
    return page


def series_texts_looked_at(stage: Stage) -> Page:
    page = series_texts(stage)
    words = (
        "**One** team, [ours](https://cdef.example).\n\n- district\n- union\n\n<b>no</b> {{7*7}}"
    )
    page.get_by_label("About the training").fill(words)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", name="How it will look")).to_be_visible()
    expect(page.get_by_role("listitem").get_by_text("district", exact=True)).to_be_visible()
    return page


def series_texts_refused(stage: Stage) -> Page:
    page = series_texts(stage)
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Save the texts").click()
    expect(page.get_by_text("Please give a title.").first).to_be_visible()
    return page


def series_texts_by_two(stage: Stage) -> Page:
    page = series_texts(stage)
    with backstage():
        found, staff = current_series(), stage.cast.staff()
        assert found is not None
        seen = mark({"intro": found.intro})
        edit_texts(found, {"intro": "Theirs.\n\nTwice."}, seen, by=staff, now=clock.now())
    page.get_by_label("About the training").fill("Mine.")
    page.get_by_role("button", name="Save the texts").click()
    expect(page.get_by_text("as it is saved now")).to_be_visible()
    return page


def series_session(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Session 1").click()
    expect(page.get_by_role("heading", name="Remove Session 1")).to_be_visible()
    return page


def series_session_added(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Add a session").click()
    page.get_by_label("Title").fill("Looking back")
    page.get_by_role("button", name="Add the session").click()
    expect(page.get_by_text("Session 4 is added.")).to_be_visible()
    return page


def series_cohort(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Sacramento").click()
    expect(page.get_by_role("heading", name="Remove Sacramento")).to_be_visible()
    return page


def series_cohort_refused(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Add a cohort").click()
    page.get_by_label("Name").first.fill("Bay area")
    page.get_by_label("Seats").fill("30")
    page.get_by_role("button", name="Add the cohort").click()
    expect(page.get_by_text("has the address /cohorts/bay-area already").first).to_be_visible()
    return page


def series_terms(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Edit price and rules").click()
    page.get_by_label("Smallest team").fill("9")
    page.get_by_role("button", name="See whom it concerns").click()
    expect(page.get_by_role("heading", name="Whom this change concerns")).to_be_visible()
    return page


def series_terms_refused(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series/1/terms")
    page.get_by_label("Price for each person").fill("free")
    page.get_by_role("button", name="Save price and sizes").click()
    expect(page.get_by_text("Please give an amount in dollars").first).to_be_visible()
    return page


def series_rule(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series/1/terms")
    page.get_by_role("link", name="School board member").click()
    expect(page.get_by_role("heading", name="Remove this rule")).to_be_visible()
    return page


def series_rule_refused(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series/1/terms")
    page.get_by_role("link", name="Add a rule").click()
    page.get_by_role("button", name="Add the rule").click()
    expect(page.get_by_text("Please choose at least one position.").first).to_be_visible()
    return page


def series_copy(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Copy this series to a next year").click()
    expect(page.get_by_label("Year")).to_have_value("2017-18")
    return page


def series_prepared(stage: Stage) -> Page:
    page = series_copy(stage)
    page.get_by_role("button", name="Prepare the copy").click()
    expect(page.get_by_role("button", name="Make it current")).to_be_visible()
    return page


def series_teams_back(stage: Stage) -> Page:
    stage.team("approve")
    with backstage():
        stage.cast.next_series()
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="Ask last year’s teams back").click()
    expect(page.get_by_role("checkbox", name="Milpitas Unified")).to_be_checked()
    return page


def series_teams_back_looked_at(stage: Stage) -> Page:
    page = series_teams_back(stage)
    page.get_by_role("button", name="Look at the letters").click()
    expect(page.get_by_role("button", name="Send 2 letters")).to_be_visible()
    return page


def series_come_back(stage: Stage) -> Page:
    page = series_teams_back_looked_at(stage)
    page.get_by_role("button", name="Send 2 letters").click()
    expect(page.get_by_text("2 letters are in the outbox.")).to_be_visible()
    with backstage():
        path = Mailbox().link("asked_back", DISTRICT_LEAD)
    page = stage.at(path)
    expect(page.get_by_role("button", name="Begin this year’s team")).to_be_visible()
    return page


SERIES = [
    series_desk,
    series_texts,
    series_texts_looked_at,
    series_texts_refused,
    series_texts_by_two,
    series_session,
    series_session_added,
    series_cohort,
    series_cohort_refused,
    series_terms,
    series_terms_refused,
    series_rule,
    series_rule_refused,
    series_copy,
    series_prepared,
    series_teams_back,
    series_teams_back_looked_at,
    series_come_back,
]
