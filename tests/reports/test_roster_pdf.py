"""The roster as a PDF: for leads and staff, accessible, and never more than its data."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from cdef.kernel import clock
from cdef.reports.roster_rules import roster_sheet
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast

HOSTILE = ['#read("/etc/passwd")', "*bold* $x$ @ref <b>", "x" * 120, "Zoë 👩🏽‍🏫 שלום"]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


@pytest.mark.parametrize(
    ("email", "page"),
    [(DISTRICT_LEAD, "/teams"), (UNION_LEAD, "/teams"), (STAFF, "/staff/teams")],
)
def test_leads_and_staff_open_the_roster(cast: Cast, email: str, page: str) -> None:
    cast.staff()
    team = cast.approved()
    answer = cast.browser(email).client.get(f"{page}/{team.id}/roster.pdf")
    assert answer.mimetype == "application/pdf"
    with opened(answer.data) as document, document.open_metadata() as metadata:
        assert metadata.get("pdfuaid:part") == "1"
        assert metadata.get("dc:title") == "Milpitas Unified, Bay Area Cohort"


def test_it_says_who_comes_who_signed_and_what_it_costs(cast: Cast) -> None:
    team = cast.approved()
    said = roster_sheet(team, now=clock.now())
    district, union = _sides(said)
    assert (said["state"], said["cost"]) == ("Approved", "8 people × $60 = $480")
    assert district["signature"] == "Signed by Imogen Castellanos, October 17, 2016, 9:00 am"
    assert union["lead"] == "Lead: Beatriz Holloway"
    assert ["Thaddeus Okonkwo-Reyes", "School board member", ""] in district["rows"]


def _sides(said: dict[str, object]) -> Any:
    return said["sides"]


def test_it_has_no_address_of_mail(cast: Cast) -> None:
    assert "@" not in str(roster_sheet(cast.team(), now=clock.now()))


def test_hostile_names_are_data_on_a_long_roster(cast: Cast) -> None:
    team = cast.team(members=[])
    for number in range(40):
        name = HOSTILE[number % len(HOSTILE)]
        cast.add(team, "union", name, "teacher", email=f"{number}@example.org")
    answer = cast.browser(DISTRICT_LEAD).client.get(f"/teams/{team.id}/roster.pdf")
    with opened(answer.data) as document:
        assert len(document.pages) == 3
