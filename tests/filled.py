"""Every form of the app in front of somebody who may fill it in."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from cdef.directory.models import District
from cdef.kernel.db import db
from cdef.registrations.proposal_models import proposals_of
from cdef.series.models import cohort_by_slug
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    MILPITAS,
    OAKLAND,
    OTHER_LEAD,
    STAFF,
    SUCCESSOR,
    UNION_LEAD,
    Cast,
    Mailbox,
)
from tests.directory.desk import typed_team
from tests.pages import Browser, Page


class Filled:
    """A form in front of somebody, filled in as it should be."""

    def __init__(self, browser: Browser, action: str, fields: dict[str, Any] | None = None) -> None:
        assert browser.page is not None
        self.browser, self.action = browser, action
        self.fields: dict[str, Any] = dict(browser.page.form(action).fields) | (fields or {})

    def send(self, *, follow: bool = True, **fields: Any) -> Page:
        """Send it as bytes, so that nothing is mended on the way."""
        answer = self.browser.client.post(
            self.action,
            data=urlencode(self.fields | fields),
            content_type="application/x-www-form-urlencoded",
            follow_redirects=follow,
        )
        return Page(answer)


class Forms:
    """Opens each form of the app for whoever may fill it in."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        cast.staff()
        cast.person(DISTRICT_LEAD, "Imogen Castellanos")
        self.team = cast.team(partner=None, members=[FEW[0]])
        self.number = 0

    def visitor(self) -> Browser:
        """Somebody new, from a network of their own."""
        self.number += 1
        browser = Browser(self.app.test_client())
        browser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{self.number}"
        return browser

    def fresh_email(self) -> str:
        self.number += 1
        return f"somebody.{self.number}@example.org"

    def sign_in(self) -> Filled:
        browser = self.visitor()
        browser.get("/sign-in")
        return Filled(browser, "/sign-in", {"email": "nobody@example.org"})

    def sign_in_code(self) -> Filled:
        browser = self.visitor()
        browser.get("/sign-in")
        browser.submit("/sign-in", email=self.fresh_email())
        return Filled(browser, "/sign-in/code", {"code": "123456"})

    def register(self) -> Filled:
        browser = self.visitor()
        browser.get("/register")
        bay = cohort_by_slug("bay-area")
        listed = db.session.scalars(select(District).where(District.cd_code == MILPITAS)).one()
        assert bay is not None
        fields = {
            "cohort_id": bay.id,
            "district_id": listed.id,
            "name": "Imogen Castellanos",
            "email": self.fresh_email(),
            "side": "district",
            "position": "superintendent",
        }
        return Filled(browser, "/register", fields)

    def register_unlisted(self) -> Filled:
        filled = self.register()
        filled.fields |= {"not_listed": "y", "district_name": "Lakeview", "county": "Kern"}
        return filled

    def find(self) -> Filled:
        filled = self.register()
        filled.fields["find"] = "1"
        return filled

    def register_code(self) -> Filled:
        filled = self.register()
        filled.send()
        filled.browser.get("/register/code")
        return Filled(filled.browser, "/register/code", {"code": "123456"})

    def partner(self) -> Filled:
        browser = self.cast.browser(DISTRICT_LEAD)
        browser.get(f"/teams/{self.team.id}")
        fields = {"name": "Beatriz Holloway", "email": UNION_LEAD}
        return Filled(browser, f"/teams/{self.team.id}/partner", fields)

    def join(self) -> Filled:
        self.partner().send()
        link = Mailbox().link("partner_invitation", UNION_LEAD)
        browser = self.visitor()
        browser.get(link)
        return Filled(browser, link, {"position": "teachers_president"})

    def hand_over(self) -> Filled:
        browser = self.cast.browser(DISTRICT_LEAD)
        browser.get(f"/teams/{self.team.id}")
        fields = {"name": "Cordelia Whitcombe", "email": self.fresh_email()}
        return Filled(browser, f"/teams/{self.team.id}/handovers", fields)

    def take_over(self) -> Filled:
        """The side is offered by a letter, which changes nothing until this form is sent."""
        self.hand_over().send(email=SUCCESSOR)
        link = Mailbox().link("handover_invitation", SUCCESSOR)
        browser = self.visitor()
        browser.get(link)
        return Filled(browser, link, {"position": "principal"})

    def add(self) -> Filled:
        browser = self.cast.browser(DISTRICT_LEAD)
        browser.get(f"/teams/{self.team.id}")
        email = self.fresh_email()
        fields = {"name": "Priscilla Vang", "email": email, "position": "principal", "site": ""}
        return Filled(browser, f"/teams/{self.team.id}/members", fields | {"side": "district"})

    def paste(self) -> Filled:
        """The form that brings a list."""
        browser = self.cast.browser(DISTRICT_LEAD)
        browser.get(f"/teams/{self.team.id}/imports")
        return Filled(browser, f"/teams/{self.team.id}/imports")

    def edit(self) -> Filled:
        member = self.team.members[-1]
        browser = self.cast.browser(DISTRICT_LEAD)
        browser.get(f"/teams/{self.team.id}/members/{member.id}/edit")
        return Filled(browser, f"/teams/{self.team.id}/members/{member.id}")

    def waiver(self) -> Filled:
        """Asking that the first rule be waived that the roster does not meet."""
        browser = self.cast.browser(DISTRICT_LEAD)
        browser.get(f"/teams/{self.team.id}")
        action = f"/teams/{self.team.id}/waivers"
        return Filled(browser, action, {"reason": "The board votes in November."})

    def sign(self) -> Filled:
        """A roster that can be signed, anew each time."""
        team = self.whole_team()
        browser = self.cast.browser(OTHER_LEAD)
        browser.get(f"/teams/{team.id}")
        return Filled(browser, f"/teams/{team.id}/signatures")

    def decision(self) -> Filled:
        """A submitted team that is returned, anew each time."""
        team = self.whole_team()
        for side in ("district", "union"):
            self.cast.sign(team, side)
        browser = self.cast.browser(STAFF)
        browser.get(f"/staff/teams/{team.id}")
        return Filled(browser, f"/staff/teams/{team.id}/return", {"note": "Please mend."})

    def draft_meeting(self) -> Filled:
        """A meeting at a venue that is new."""
        page = "/staff/cohorts/bay-area/meetings/1"
        browser = self.cast.browser(STAFF)
        browser.get(page)
        fields = {"venue": "new", "name": "Alder Hall", "city": "Fremont"}
        return Filled(browser, f"{page}/draft", fields)

    def draft_venue(self) -> Filled:
        browser = self.cast.browser(STAFF)
        browser.get("/staff/cohorts/bay-area/venues/1")
        return Filled(browser, "/staff/cohorts/bay-area/venues/1/draft")

    def approved_team(self) -> Team:
        team = self.whole_team()
        if team.state != "approved":
            for side in ("district", "union"):
                self.cast.sign(team, side)
            self.cast.decide(team, "approve")
        return team

    def change(self, change: str, **fields: str) -> Filled:
        """A change of the last row of an approved team."""
        team = self.approved_team()
        browser = self.cast.browser(OTHER_LEAD)
        address = f"/teams/{team.id}/members/{team.members[-1].id}/{change}"
        browser.get(address)
        return Filled(browser, address, fields)

    def swap(self) -> Filled:
        return self.change("swap", name="Winifred Abernathy", email=self.fresh_email())

    def details(self) -> Filled:
        return self.change("details")

    def joining(self) -> Filled:
        team = self.approved_team()
        browser = self.cast.browser(OTHER_LEAD)
        browser.get(f"/teams/{team.id}/proposals/new?side=union")
        person = {"name": "Winifred Abernathy", "email": self.fresh_email()}
        why = {"position": "teacher", "reason": "One more."}
        return Filled(browser, f"/teams/{team.id}/proposals", person | why)

    def verdict(self) -> Filled:
        """The staff's answer to somebody who should join."""
        self.joining().send()
        team = self.approved_team()
        browser = self.cast.browser(STAFF)
        browser.get(f"/staff/teams/{team.id}")
        refusal = f"/staff/teams/{team.id}/proposals/{proposals_of(team)[-1].id}/refusal"
        return Filled(browser, refusal, {"note": "No."})

    def add_staff(self) -> Filled:
        browser = self.cast.browser(STAFF)
        browser.get("/staff/accounts")
        fields = {"name": "Hyacinth Lindqvist", "email": self.fresh_email(), "roles": "staff"}
        return Filled(browser, "/staff/accounts", fields)

    def add_union(self) -> Filled:
        page = f"/staff/directory/{self.team.district_id}"
        browser = self.cast.browser(STAFF)
        browser.get(page)
        fields = {"name": "Local 1", "affiliation": "CTA", "unit": "certificated"}
        return Filled(browser, f"{page}/unions", fields)

    def correct_district(self) -> Filled:
        """A district that a lead typed, anew each time."""
        self.number += 1
        page = f"/staff/directory/{typed_team(self.cast, name=f'Elm {self.number}').district_id}"
        browser = self.cast.browser(STAFF)
        browser.get(f"{page}/edit")
        return Filled(browser, f"{page}/edit")

    def needs(self) -> Filled:
        team = self.approved_team()
        browser = self.cast.browser(OTHER_LEAD, is_personal=True)
        browser.get("/personal")
        return Filled(browser, f"/personal/{team.members[0].id}/needs", {"dietary": "No nuts."})

    def desk(self, page: str, action: str = "") -> Filled:
        """A form of the staff's pages of the series."""
        browser = self.cast.browser(STAFF)
        browser.get(f"/staff/series/1/{page}")
        return Filled(browser, f"/staff/series/1/{action or page}")

    def texts(self) -> Filled:
        return self.desk("texts")

    def session(self) -> Filled:
        return self.desk("sessions/1")

    def cohort(self) -> Filled:
        return self.desk("cohorts/1")

    def terms(self) -> Filled:
        return self.desk("terms")

    def rule(self) -> Filled:
        return self.desk("rules/2")

    def copy(self) -> Filled:
        """The next year's series, each time another."""
        filled = self.desk("copy", "copies")
        self.number += 1
        filled.fields["key"] = f"year {self.number}"
        return filled

    def whole_team(self) -> Team:
        found = db.session.scalars(select(Team).where(Team.id != self.team.id)).first()
        return found or self.cast.team(
            cd_code=OAKLAND, lead=OTHER_LEAD, partner="partner@example.org", members=FEW
        )
