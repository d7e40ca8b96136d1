"""A district's unions: added, corrected, removed, and two made one."""

from cdef.kernel import audit
from tests.cast import OAKLAND, STAFF, Cast
from tests.conftest import both_databases
from tests.directory.desk import DIRECTORY, listed, union_of
from tests.pages import Page

NEW = {"name": "Milpitas Teachers Association", "affiliation": "CTA", "unit": "certificated"}


def add(cast: Cast, **fields: str) -> Page:
    cast.staff()
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}"
    browser.get(page)
    return browser.submit(f"{page}/unions", **NEW | fields)


@both_databases
def test_a_union_is_added_to_the_district_and_the_timeline(cast: Cast) -> None:
    assert "Milpitas Teachers Association is a union of" in add(cast).html
    union = listed().unions[0]
    assert union.facts == NEW
    line = audit.timeline(listed().about)[0]
    assert (line.who, line.after) == ("Rosalind Achterberg", NEW)
    assert line.what == "added the union Milpitas Teachers Association"


def test_the_same_form_twice_adds_one(cast: Cast) -> None:
    cast.staff()
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}"
    shown = browser.get(page)
    browser.submit(f"{page}/unions", **NEW)
    browser.page = shown
    assert browser.submit(f"{page}/unions", **NEW).status == 200
    assert len(listed().unions) == 1


def test_a_name_twice_is_refused_and_kept(cast: Cast) -> None:
    add(cast)
    page = add(cast, name="milpitas teachers ASSOCIATION", affiliation="CFT")
    assert page.status == 422
    assert "has a union Milpitas Teachers Association already" in page.html
    assert page.value("name") == "milpitas teachers ASSOCIATION"


def test_what_is_missing_is_said(cast: Cast) -> None:
    page = add(cast, name="", affiliation="", unit="nobody")
    assert page.status == 422
    for said in ("give its name", "choose its affiliation"):
        assert said in page.html
    assert listed().unions == []


def test_a_union_is_corrected_with_before_and_after(cast: Cast) -> None:
    union = union_of(cast, listed())
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}/unions/{union.id}"
    browser.get(page)
    assert browser.submit(page, affiliation="CFT").status == 200
    line = audit.timeline(listed().about)[0]
    assert (line.before, line.after) == (NEW, NEW | {"affiliation": "CFT"})


def test_a_page_older_than_a_change_is_refused_with_both(cast: Cast) -> None:
    union = union_of(cast, listed())
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}/unions/{union.id}"
    stale = browser.get(page)
    browser.submit(page, affiliation="CFT")
    browser.page = stale
    again = browser.submit(page, name="MTA")
    assert again.status == 409
    assert "now: Milpitas Teachers Association, CFT, certificated." in again.html
    assert again.form(page).value("name") == "MTA"
    assert browser.submit(page).status == 200
    assert listed().unions[0].name == "MTA"


def test_a_removed_union_stays_on_the_timeline(cast: Cast) -> None:
    union = union_of(cast, listed())
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}/unions/{union.id}"
    browser.get(page)
    browser.submit(f"{page}/removal")
    assert listed().unions == []
    line = audit.timeline(listed().about)[0]
    assert (line.what, line.before) == ("removed the union Milpitas Teachers Association", NEW)
    assert browser.get(page).status == 404


@both_databases
def test_two_entries_for_one_union_become_one(cast: Cast) -> None:
    double, stays = union_of(cast, listed(), "MTA", "other", "classified"), union_of(cast, listed())
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}/unions/{double.id}"
    browser.get(page)
    merged = browser.submit(f"{page}/merger", into=str(stays.id))
    assert "MTA is Milpitas Teachers Association now." in merged.html
    assert [union.facts for union in listed().unions] == [NEW]
    line = audit.timeline(listed().about)[0]
    assert (line.before, line.after) == (
        {"name": "MTA", "affiliation": "other", "unit": "classified"},
        NEW,
    )


def test_a_union_is_not_merged_into_itself_nor_into_another_districts(cast: Cast) -> None:
    union, other = union_of(cast, listed()), union_of(cast, listed(OAKLAND))
    union_of(cast, listed(), "Second", "CFT", "classified")
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{listed().id}/unions/{union.id}"
    for into in (union.id, other.id, 0):
        browser.get(page)
        assert browser.submit(f"{page}/merger", into=str(into)).status == 422
    assert len(listed().unions) == 2
