"""Signing out in every browser at once."""

from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast
from tests.pages import Browser


def leave(browser: Browser) -> Browser:
    browser.get("/personal/data")
    assert browser.submit("/sign-out/everywhere").path == "/"
    return browser


def test_every_sign_in_of_mine_ends(cast: Cast) -> None:
    browsers = [cast.browser(DISTRICT_LEAD) for _ in range(3)]
    mine = cast.browser(DISTRICT_LEAD, is_personal=True)
    leave(browsers[0])
    assert [browser.get("/teams").path for browser in browsers] == ["/sign-in"] * 3
    assert mine.get("/personal").path == "/sign-in"


def test_others_stay_signed_in(cast: Cast) -> None:
    other = cast.browser(UNION_LEAD)
    leave(cast.browser(DISTRICT_LEAD))
    assert other.get("/teams").path == "/teams"


def test_the_browser_is_told_to_forget_what_it_kept(cast: Cast) -> None:
    for address in ("/sign-out", "/sign-out/everywhere"):
        browser = cast.browser(DISTRICT_LEAD)
        form = browser.get("/personal/data").form(address)
        response = browser.client.post(address, data=dict(form.fields))
        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_page_says_where_one_is_signed_in(cast: Cast) -> None:
    ended, browser = cast.browser(DISTRICT_LEAD), cast.browser(DISTRICT_LEAD)
    ended.get("/teams")
    ended.submit("/sign-out")
    text = browser.get("/personal/data").text()
    assert text.count("By a mailed link or code") == 2
    assert text.count("Signed out") == text.count("Until") == 1
