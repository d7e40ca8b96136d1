"""What letters do to a member's calendar, in whatever order and however often they come."""

from itertools import permutations
from random import Random
from typing import Any

import pytest

from cdef.outbox import worker
from cdef.teams.models import Team
from tests.calendar_client import Opened, opened, received
from tests.cast import FEW, STAFF, Cast, address_of
from tests.outbox.mail_server import MailServer
from tests.pages import Browser
from tests.publishing import at_desk, draft, move, publish
from tests.registrations.changing import answer, make, propose_joining
from tests.registrations.deciding import decide
from tests.registrations.substituting import ANA, give_away, take_back

NAME = FEW[1][1]
TO = address_of(NAME)
LEAD = "beatriz.holloway@example.org"
SHUFFLES = 200
NO_PLACE = "Venue to follow"
HALL = "Alder Hall, 12 Main St, Oakland, CA 94607"
PLACE = {"name": "Alder Hall", "street": "12 Main St", "city": "Oakland", "state": "CA"}
BOARD_ROOM = (
    "MUSD District Office, Board Room (Bldg 500), 1331 E. Calaveras Boulevard, Milpitas, CA 95035"
)
FEBRUARY = [("2017-02-07", NO_PLACE), ("2017-02-08", NO_PLACE)]
MARCH = [("2017-03-01", BOARD_ROOM)]


@pytest.fixture
def post() -> Any:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(post: MailServer) -> dict[str, Any]:
    return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": post.port, "MAIL_TIMEOUT": 10}


@pytest.fixture
def team(cast: Cast) -> Team:
    cast.staff()
    return cast.approved(members=FEW)


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return at_desk(cast)


class Letterbox:
    """Sends what waits, and keeps what came to one person."""

    def __init__(self, cast: Cast, post: MailServer) -> None:
        self.cast, self.post = cast, post

    def deliver(self) -> None:
        """Everything leaves; a while passes."""
        while worker.work_once():
            pass
        self.cast.later(hours=5)

    @property
    def letters(self) -> list[Opened]:
        return self.letters_to(TO)

    def letters_to(self, address: str) -> list[Opened]:
        return [opened(each.message) for each in self.post.received if each.to == [address]]


@pytest.fixture
def box(cast: Cast, post: MailServer) -> Letterbox:
    return Letterbox(cast, post)


def days(*given: str, place: str = NO_PLACE) -> list[tuple[str, str]]:
    return [(day, place) for day in given]


def check_all_orders(letters: list[Opened], expected: list[tuple[str, str]]) -> None:
    """In order, backwards, in many other orders, and each letter twice."""
    assert received(TO, letters).shown == sorted(expected)
    if len(letters) <= 5:
        orders = [list(order) for order in permutations(letters)]
    else:
        random = Random(5)
        orders = [random.sample(letters, len(letters)) for _ in range(SHUFFLES)]
    for order in [letters[::-1], *orders]:
        assert received(TO, order).shown == sorted(expected)
        assert received(TO, [*order, *order]).shown == sorted(expected)
        doubled = [letter for letter in order for _ in range(2)]
        assert received(TO, doubled).shown == sorted(expected)


def leave(cast: Cast, team: Team) -> None:
    make(cast.browser(LEAD), team, NAME, "departure", reason="Another job.")
    answer(cast.browser(STAFF), team, "acceptance")


def join_again(cast: Cast, team: Team) -> None:
    fields = {"name": NAME, "email": TO, "position": "classified_president"}
    propose_joining(cast.browser(LEAD), team, "union", **fields)
    answer(cast.browser(STAFF), team, "acceptance")


def test_a_meeting_that_moves_twice_and_changes_rooms_is_where_it_is_now(
    staff: Browser, team: Team, box: Letterbox
) -> None:
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-06", "2016-12-07")
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-13", "2016-12-14", starts="08:30", ends="15:30")
    box.deliver()
    draft(staff, "bay-area", 1, venue="new", **PLACE, zip="94607")
    publish(staff, "bay-area")
    box.deliver()
    assert len(box.letters) == 4
    first = days("2016-12-13T16:30:00+00:00", "2016-12-14T16:30:00+00:00", place=HALL)
    check_all_orders(box.letters, first + FEBRUARY + MARCH)


def test_a_meeting_that_is_taken_away_leaves_and_comes_back_when_it_is_held_again(
    staff: Browser, team: Team, box: Letterbox
) -> None:
    box.deliver()
    move(staff, "bay-area", 2, "", "")
    box.deliver()
    check_all_orders(box.letters, days("2016-11-29", "2016-11-30") + MARCH)
    move(staff, "bay-area", 2, "2017-02-14", "2017-02-15")
    box.deliver()
    expected = days("2016-11-29", "2016-11-30", "2017-02-14", "2017-02-15") + MARCH
    check_all_orders(box.letters, expected)


def test_whoever_leaves_has_nothing_and_whoever_joins_again_has_everything_as_it_is(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-06", "2016-12-07")
    box.deliver()
    leave(cast, team)
    box.deliver()
    check_all_orders(box.letters, [])
    move(staff, "bay-area", 1, "2016-12-13", "2016-12-14")
    box.deliver()
    assert len(box.letters) == 3
    join_again(cast, team)
    box.deliver()
    check_all_orders(box.letters, days("2016-12-13", "2016-12-14") + FEBRUARY + MARCH)


def test_the_whole_story_ends_in_the_right_calendar(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-06", "2016-12-07")
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-13", "2016-12-14")
    box.deliver()
    draft(staff, "bay-area", 1, venue="new", **PLACE, zip="94607")
    publish(staff, "bay-area")
    box.deliver()
    move(staff, "bay-area", 2, "", "")
    box.deliver()
    leave(cast, team)
    box.deliver()
    join_again(cast, team)
    box.deliver()
    assert len(box.letters) == 7
    check_all_orders(box.letters, days("2016-12-13", "2016-12-14", place=HALL) + MARCH)


def test_a_team_that_is_withdrawn_and_approved_again_has_its_days_again(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    box.deliver()
    decide(staff, team, "withdraw")
    box.deliver()
    check_all_orders(box.letters, [])
    decide(staff, team, "reopen")
    for side in ("district", "union"):
        cast.sign(team, side)
    decide(staff, team, "approve")
    box.deliver()
    check_all_orders(box.letters, days("2016-11-29", "2016-11-30") + FEBRUARY + MARCH)


def test_letters_that_were_overtaken_before_they_left_are_not_missed(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-06", "", reason="One long day.")
    move(staff, "bay-area", 1, "2016-12-13", "2016-12-14")
    move(staff, "bay-area", 2, "", "")
    box.deliver()
    assert len(box.letters) == 2
    check_all_orders(box.letters, days("2016-12-13", "2016-12-14") + MARCH)
    move(staff, "bay-area", 2, "2017-02-14", "", reason="One long day.")
    leave(cast, team)
    box.deliver()
    check_all_orders(box.letters, [])


def test_somebody_on_two_teams_loses_the_days_of_the_one_that_withdraws(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    cast.approved(cd_code="0161259", lead="a@example.org", partner="b@example.org", members=FEW)
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-06", "2016-12-07")
    box.deliver()
    decide(staff, team, "withdraw")
    move(staff, "bay-area", 3, "2017-03-02")
    box.deliver()
    check_all_orders(
        box.letters,
        days("2016-12-06", "2016-12-07") + FEBRUARY + days("2017-03-02", place=BOARD_ROOM),
    )


def test_a_meeting_that_a_substitute_takes_leaves_and_comes_back_with_the_member(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    box.deliver()
    give_away(cast, team)
    box.deliver()
    check_all_orders(box.letters, FEBRUARY + MARCH)
    take_back(cast.browser(TO, is_personal=True), team)
    box.deliver()
    check_all_orders(box.letters, days("2016-11-29", "2016-11-30") + FEBRUARY + MARCH)
    give_away(cast, team)
    box.deliver()
    move(staff, "bay-area", 1, "2016-12-06", "2016-12-07")
    box.deliver()
    check_all_orders(box.letters, days("2016-12-06", "2016-12-07") + FEBRUARY + MARCH)


def test_a_substitute_has_the_one_meeting_and_loses_it_when_it_moves(
    staff: Browser, team: Team, cast: Cast, box: Letterbox
) -> None:
    box.deliver()
    give_away(cast, team)
    box.deliver()
    letters = box.letters_to(ANA)
    assert received(ANA, letters).shown == days("2016-11-29", "2016-11-30")
    move(staff, "bay-area", 1, "2016-12-06", "2016-12-07")
    box.deliver()
    letters = box.letters_to(ANA)
    assert received(ANA, letters).shown == received(ANA, letters[::-1] * 2).shown == []
