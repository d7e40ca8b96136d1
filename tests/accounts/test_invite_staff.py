"""An administrator adds somebody to the staff, who gets a letter."""

from cdef.accounts import actions
from cdef.kernel import audit
from tests.account_states import COLLEAGUE, PAGE, colleague
from tests.cast import DISTRICT_LEAD, STAFF, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.pages import Browser, Page

NEW = {"name": "Hyacinth Lindqvist", "email": COLLEAGUE}


def add(browser: Browser, roles: list[str], **fields: str) -> Page:
    """Tick these roles and no other."""
    browser.get(PAGE)
    assert browser.page is not None
    kept = [each for each in browser.page.form(PAGE).fields if each[0] not in {"roles", *NEW}]
    filled = [*kept, *(NEW | fields).items(), *(("roles", role) for role in roles)]
    return browser.post(PAGE, filled)


@both_databases
def test_somebody_added_reaches_the_desk_with_their_roles(cast: Cast) -> None:
    cast.staff()
    page = add(cast.browser(STAFF), ["staff", "needs"])
    assert "Hyacinth Lindqvist is staff. A letter tells them how to sign in." in page.html
    added = actions.with_address(COLLEAGUE)
    assert added is not None
    assert added.roles == "staff needs"
    assert cast.browser(COLLEAGUE).get("/staff").status == 200


def test_they_get_one_letter_that_says_what_they_may_do(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    add(cast.browser(STAFF), ["staff"])
    letters = mailbox.letters("staff_added", COLLEAGUE)
    assert len(letters) == 1
    text = text_of(mailbox.last("staff_added"))
    assert "Rosalind Achterberg has added you to the staff of the training." in text
    assert "- Staff: Decides on registrations and runs the series." in text
    assert "http://localhost/sign-in?next=/staff" in text
    assert "Decides on registrations and runs the series." in html_of(mailbox.last("staff_added"))


def test_it_stands_on_the_timeline(cast: Cast) -> None:
    cast.staff()
    add(cast.browser(STAFF), ["staff"])
    added = actions.with_address(COLLEAGUE)
    assert added is not None
    line = audit.timeline(f"person:{added.id}")[0]
    assert (line.who, line.what) == ("Rosalind Achterberg", "became staff")
    assert (line.before, line.after) == ({"roles": ""}, {"roles": "staff"})


def test_the_same_form_twice_adds_once(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    browser = cast.browser(STAFF)
    page = browser.get(PAGE)
    browser.submit(PAGE, **NEW)
    browser.page = page
    assert browser.submit(PAGE, **NEW).status == 200
    assert len(mailbox.letters("staff_added")) == 1


def test_a_lead_becomes_staff_and_stays_a_lead(cast: Cast) -> None:
    cast.staff()
    team = cast.team()
    add(cast.browser(STAFF), ["staff"], email=DISTRICT_LEAD)
    browser = cast.browser(DISTRICT_LEAD)
    assert browser.get(f"/teams/{team.id}").status == 200
    assert browser.get("/staff").status == 200


def test_whoever_is_staff_already_is_not_added_again(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    person = colleague(cast, "needs")
    page = add(cast.browser(STAFF), ["admin"])
    assert page.status == 422
    assert "is staff already" in page.html
    assert page.form(PAGE).value("email") == COLLEAGUE
    assert person.roles == "needs"
    assert mailbox.letters() == []


def test_without_a_role_nobody_is_added(cast: Cast) -> None:
    cast.staff()
    page = add(cast.browser(STAFF), [])
    assert page.status == 422
    assert "Please choose at least one role." in page.html
    assert page.form(PAGE).value("name") == "Hyacinth Lindqvist"


def test_a_role_that_there_is_not_is_none(cast: Cast) -> None:
    cast.staff()
    assert add(cast.browser(STAFF), ["owner"]).status == 422
    assert actions.with_address(COLLEAGUE) is None
