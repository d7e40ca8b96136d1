"""An administrator says anew what somebody on the staff may do."""

from cdef.accounts.models import Person
from cdef.kernel import audit
from tests.account_states import COLLEAGUE, PAGE, colleague
from tests.cast import DISTRICT_LEAD, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser


def account(browser: Browser, person: Person) -> str:
    """Open somebody's page; where its form goes."""
    browser.get(f"{PAGE}/{person.id}")
    return f"{PAGE}/{person.id}/roles"


@both_databases
def test_a_new_role_opens_its_pages_at_once(cast: Cast) -> None:
    cast.staff()
    person, other = colleague(cast), cast.browser(COLLEAGUE)
    assert other.get(PAGE).status == 403
    browser = cast.browser(STAFF)
    page = browser.submit(account(browser, person), roles="admin")
    assert "Hyacinth Lindqvist now has: admin." in page.html
    assert other.get(PAGE).status == 200


def test_it_stands_on_the_timeline_with_before_and_after(cast: Cast) -> None:
    cast.staff()
    person, browser = colleague(cast), cast.browser(STAFF)
    browser.submit(account(browser, person), roles="needs")
    line = audit.timeline(f"person:{person.id}")[0]
    assert (line.who, line.what) == ("Rosalind Achterberg", "changed the roles")
    assert (line.before, line.after) == ({"roles": "staff"}, {"roles": "needs"})


def test_the_same_roles_again_change_nothing(cast: Cast) -> None:
    cast.staff()
    person, browser = colleague(cast), cast.browser(STAFF)
    browser.submit(account(browser, person))
    assert len(audit.timeline(f"person:{person.id}")) == 1


def test_a_page_older_than_a_change_is_refused_with_both(cast: Cast) -> None:
    cast.staff()
    person, browser = colleague(cast), cast.browser(STAFF)
    action = account(browser, person)
    colleague(cast, "finance")
    page = browser.submit(action, roles="needs")
    assert page.status == 409
    assert "now: staff, finance." in page.html
    assert [value for name, value in page.form(action).fields if name == "roles"] == ["needs"]
    assert person.roles == "staff finance"
    assert browser.submit(action).status == 200
    assert person.roles == "needs"


def test_nobody_takes_their_own_admin_role(cast: Cast) -> None:
    own = cast.staff()
    colleague(cast, "admin")
    browser = cast.browser(STAFF)
    page = browser.submit(account(browser, own), roles="staff")
    assert page.status == 422
    assert "You cannot take the role “admin” from yourself" in page.html
    assert own.has_role("admin")


def test_no_role_at_all_is_a_removal_and_has_its_own_button(cast: Cast) -> None:
    cast.staff()
    person, browser = colleague(cast), cast.browser(STAFF)
    page = browser.submit(account(browser, person), roles=None)
    assert page.status == 422
    assert "Please choose at least one role." in page.html
    assert person.roles == "staff"


def test_whoever_is_not_staff_has_no_account(cast: Cast) -> None:
    cast.staff()
    person = cast.person(DISTRICT_LEAD)
    assert cast.browser(STAFF).get(f"{PAGE}/{person.id}").status == 404
