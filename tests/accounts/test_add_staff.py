"""Making somebody staff."""

from cdef.accounts import actions
from cdef.kernel import audit, clock
from tests.cast import STAFF, Cast
from tests.conftest import both_databases


@both_databases
def test_a_new_staff_member_reaches_the_desk(cast: Cast) -> None:
    cast.staff()
    assert cast.browser(STAFF).get("/staff").status == 200


def test_twice_is_once(cast: Cast) -> None:
    person = cast.staff()
    cast.staff()
    assert actions.staff() == [person]
    assert [event.what for event in audit.timeline(f"person:{person.id}")] == ["became staff"]


def test_somebody_known_keeps_their_name(cast: Cast) -> None:
    cast.person(STAFF, "Rosalind Achterberg")
    person = actions.add_staff(STAFF.upper(), name="Rosa", by=None, now=clock.now())
    assert person.name == "Rosalind Achterberg"


def test_nobody_else_reaches_the_desk(cast: Cast) -> None:
    assert cast.browser("nobody@example.org").get("/staff").status == 403
