"""The states of the staff's page of reminders."""

from collections.abc import Iterator

from tests.cast import FEW, STAFF, Cast
from tests.participants.reminding import A_WEEK_BEFORE, at
from tests.state import DISTRICTS, State

PAGE = "/staff/series/1/reminders"


def reminders(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff, other = cast.browser(STAFF), cast.browser(STAFF)
    yield State("reminders, nobody yet", staff, staff.get(PAGE))
    cast.approved(cd_code=DISTRICTS[6], members=FEW)
    other.get(PAGE)
    yield State("reminders refused", staff, staff.submit(PAGE, days="a week"), 422)
    staff.get(PAGE)
    yield State("reminders set", staff, staff.submit(PAGE, days="14, 3"))
    yield State("reminders set by two", other, other.submit(PAGE, days="2"), 409)
    staff.get(PAGE)
    staff.submit(PAGE, days="", most_nudges="0")
    yield State("reminders off", staff, staff.get(PAGE))
    staff.submit(PAGE, days="7, 1", most_nudges="3")
    at(cast, A_WEEK_BEFORE)
    late = cast.browser(STAFF)
    yield State("reminders due", late, late.get(PAGE))
