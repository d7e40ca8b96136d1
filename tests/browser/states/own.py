"""A participant's own data and substitutes, and the words of letters as staff edit them."""

from playwright.sync_api import Page, expect

from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, MEMBERS, UNION_LEAD, address_of

MEMBER = address_of(MEMBERS[5][1])
WORDS = "/staff/series/1/letters/approved"


def mine(stage: Stage, path: str = "/personal") -> Page:
    stage.team("approve")
    return stage.at(path, MEMBER, is_personal=True)


def my_data(stage: Stage) -> Page:
    page = mine(stage, "/personal/data")
    expect(page.get_by_role("heading", name="My places")).to_be_visible()
    return page


def wish_told(stage: Stage) -> Page:
    page = my_data(stage)
    page.get_by_role("button", name="Ask for it to be erased").click()
    expect(page.get_by_role("button", name="Take my wish back")).to_be_visible()
    return page


def wish_before_staff(stage: Stage) -> Page:
    wish_told(stage)
    page = at_desk(stage, "/staff/erasures")
    page.get_by_role("button", name="Tell them, and close").click()
    expect(page.get_by_text("Please say what was done").first).to_be_visible()
    return page


def details_refused(stage: Stage) -> Page:
    page = mine(stage)
    page.get_by_role("link", name="Correct my name or address").click()
    page.get_by_label("Name").fill("Ottoline Brandt")
    page.get_by_role("button", name="Save my details").click()
    expect(page.get_by_text("This looks like another person").first).to_be_visible()
    return page


def link_asked(stage: Stage) -> Page:
    page = stage.at("/personal/link")
    page.get_by_label("Your e-mail address").fill(MEMBER)
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_text("a letter with a link to your page")).to_be_visible()
    return page


def substitute_form(stage: Stage) -> Page:
    page = mine(stage)
    page.get_by_role("link", name="Propose a substitute").first.click()
    page.get_by_role("button", name="Propose them").click()
    expect(page.get_by_text("Please give their name.").first).to_be_visible()
    return page


def substitute_waits(stage: Stage) -> Page:
    page = substitute_form(stage)
    page.get_by_label("Their name").fill("Ana Ruiz")
    page.get_by_label("Their e-mail address").fill("ana.ruiz@example.org")
    page.get_by_role("button", name="Propose them").click()
    expect(page.get_by_text("You proposed Ana Ruiz in your place.")).to_be_visible()
    return page


def substitute_before_a_lead(stage: Stage) -> Page:
    substitute_waits(stage)
    page = stage.at("/teams/1", DISTRICT_LEAD)
    page.get_by_text("Refuse Ana Ruiz").first.click()
    expect(page.get_by_label("Why not, for")).to_be_visible()
    return page


def substitute_accepted(stage: Stage) -> Page:
    substitute_waits(stage)
    page = stage.at("/teams/1", UNION_LEAD)
    page.get_by_role("button", name="Accept Ana Ruiz").click()
    expect(page.get_by_text("can take it back on their own page")).to_be_visible()
    return page


def letters(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/series/1/letters")
    expect(page.get_by_role("link", name="The team is approved")).to_be_visible()
    return page


def words(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, WORDS)
    page.get_by_text("As plain text").click()
    expect(page.get_by_text("Good day,").last).to_be_visible()
    return page


def words_refused(stage: Stage) -> Page:
    page = words(stage)
    page.get_by_label("Beginning").fill("Hello {nobody}")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_text("This letter knows no {nobody}").first).to_be_visible()
    return page


def words_saved(stage: Stage) -> Page:
    page = words(stage)
    page.get_by_label("Beginning").fill("Hello {team}")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_role("button", name="Go back to the original words")).to_be_visible()
    return page


OWN = [
    my_data,
    wish_told,
    wish_before_staff,
    details_refused,
    link_asked,
    substitute_form,
    substitute_waits,
    substitute_before_a_lead,
    substitute_accepted,
    letters,
    words,
    words_refused,
    words_saved,
]
