"""What was before and after, in words that anybody reads."""

import pytest

from cdef.reports.event_rules import Change, changes


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("state", "submitted", "approved", Change("State", "Submitted", "Approved")),
        ("names_due", None, "2016-11-15", Change("Names are due by", "", "November 15, 2016")),
        ("price_cents", 6000, 6500, Change("Price", "$60", "$65")),
        ("is_open", True, False, Change("Open for registration", "yes", "no")),
        ("side", None, "union", Change("Side", "", "Union")),
        ("position", "board", "", Change("Position", "School board member", "")),
        ("met_by", ["board"], ["board", "teacher"], None),
        ("seats", 100, 0, Change("Seats", "100", "0")),
        ("at", None, "2016-10-17T16:00:00+00:00", Change("At", "", "October 17, 2016, 9:00 am")),
        ("at", None, "2016-99-99", Change("At", "", "2016-99-99")),
        ("venue", {"name": "Hall", "room": ""}, None, Change("Venue", "Name: Hall", "")),
        ("state", "no such state", None, Change("State", "no such state", "")),
    ],
)
def test_a_value_is_said_as_people_say_it(
    name: str, before: object, after: object, said: Change | None
) -> None:
    found = changes({name: before}, {name: after})
    expected = said or Change(
        "Met by",
        "School board member",
        "School board member and Teacher or other certificated member",
    )
    assert found == [expected]


def test_what_did_not_change_is_not_said() -> None:
    assert changes({"name": "Jo", "site": "A"}, {"name": "Jo", "site": "B"}) == [
        Change("School or office", "A", "B")
    ]
    assert changes(None, None) == []


def test_no_secret_is_shown_even_if_one_were_recorded() -> None:
    assert changes(None, {"token": "x", "dietary": "nuts", "access_needs": "y", "note": ""}) == []
