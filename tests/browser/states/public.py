"""What everybody sees: the series, starting a team, signing in, and the pages of errors."""

import pytest
from playwright.sync_api import Page, expect

from cdef.accounts.actions import request_sign_in
from cdef.kernel.access import open_to_all
from cdef.kernel.db import Base, db, transaction
from cdef.series.models import cohort_by_slug, current_series
from tests.browser.stage import backstage
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, STAFF, Mailbox


def series(stage: Stage) -> Page:
    return stage.at("/")


def no_series(stage: Stage) -> Page:
    with backstage(), transaction():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
    page = stage.at("/")
    expect(page.get_by_role("heading", name="No training is planned yet")).to_be_visible()
    return page


def cohort(stage: Stage) -> Page:
    return stage.at("/cohorts/bay-area")


def cohort_with_one_venue(stage: Stage) -> Page:
    page = stage.at("/cohorts/southern-california")
    expect(page.get_by_text("Location (all sessions)")).to_be_visible()
    return page


def cohort_closed(stage: Stage) -> Page:
    with backstage(), transaction():
        found = cohort_by_slug("sacramento")
        assert found is not None
        found.is_open = False
    page = stage.at("/cohorts/sacramento")
    expect(page.get_by_text("is closed")).to_be_visible()
    return page


def start(stage: Stage) -> Page:
    return stage.at("/register")


def start_with_districts(stage: Stage) -> Page:
    page = stage.at("/register")
    page.get_by_label("Find your district").press_sequentially("santa")
    expect(page.get_by_role("radio", name="Milpitas")).to_be_visible()
    return page


def start_with_errors(stage: Stage) -> Page:
    page = stage.at("/register")
    page.get_by_label("Your name").fill("Imogen Castellanos")
    page.get_by_role("button", name="Start the team").click()
    expect(page.get_by_role("alert").get_by_role("link")).not_to_have_count(0)
    return page


def start_without_cohorts(stage: Stage) -> Page:
    with backstage(), transaction():
        found = current_series()
        assert found is not None
        for held in found.cohorts:
            held.is_open = False
    page = stage.at("/register")
    expect(page.get_by_role("heading", name="No cohort takes registrations now")).to_be_visible()
    return page


def sign_in(stage: Stage) -> Page:
    return stage.at("/sign-in")


def sign_in_with_errors(stage: Stage) -> Page:
    return asked(stage, "nobody at all", "This does not look like")


def sign_in_refused(stage: Stage) -> Page:
    """Four links within the hour are too many."""
    with backstage():
        for _ in range(3):
            request_sign_in(STAFF, ip="127.0.0.1", now=stage.cast.now())
    return asked(stage, STAFF, "three links to this address")


def asked(stage: Stage, email: str, said: str) -> Page:
    page = stage.at("/sign-in")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Mail me a link").click()
    expect(page.get_by_text(said).first).to_be_visible()
    return page


def code(stage: Stage) -> Page:
    with backstage():
        stage.cast.staff()
    return asked(stage, STAFF, "Look into your mail")


def code_wrong(stage: Stage) -> Page:
    page = code(stage)
    page.get_by_label("Six-digit code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This code is not right").first).to_be_visible()
    return page


def link(stage: Stage) -> Page:
    code(stage)
    with backstage():
        path = Mailbox().link("sign_in", STAFF)
    page = stage.at(path)  # In another browser than the one that asked for it.
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Please tick the box, if it is you.").first).to_be_visible()
    return page


def link_spent(stage: Stage) -> Page:
    page = stage.at("/sign-in/long-gone")
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    return page


def not_found(stage: Stage) -> Page:
    page = stage.at("/nowhere")
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    return page


def forbidden(stage: Stage) -> Page:
    page = stage.at("/staff", DISTRICT_LEAD)
    expect(page.get_by_role("heading", name="Not yours to see")).to_be_visible()
    return page


def form_kept(stage: Stage) -> Page:
    """The sign-in ended while somebody typed: what they typed can be sent again."""
    page = stage.at("/sign-in")
    page.get_by_label("Your e-mail address").fill(STAFF)
    page.context.clear_cookies()
    page.get_by_role("button", name="Mail me a link").click()
    page.get_by_text("What was kept", exact=True).click()
    expect(page.get_by_text(STAFF, exact=True)).to_be_visible()
    return page


def failed(stage: Stage) -> Page:
    """A mistake of ours; outside of tests it is answered with a page."""

    @open_to_all
    def crash() -> None:
        raise ArithmeticError

    visitor = stage.visitor()
    visitor.expect("500")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(stage.cast.app.config, "PROPAGATE_EXCEPTIONS", False)
        patch.setitem(stage.cast.app.view_functions, "accounts.sign_in", crash)
        visitor.go("/")
        visitor.go("/sign-in")
    expect(visitor.page.get_by_role("heading", name="Our mistake")).to_be_visible()
    return visitor.page


PUBLIC = [
    series,
    no_series,
    cohort,
    cohort_with_one_venue,
    cohort_closed,
    start,
    start_with_districts,
    start_with_errors,
    start_without_cohorts,
    sign_in,
    sign_in_with_errors,
    sign_in_refused,
    code,
    code_wrong,
    link,
    link_spent,
    not_found,
    forbidden,
    form_kept,
    failed,
]
