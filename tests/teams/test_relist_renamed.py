"""The state renames a district: the staff's list and its search know it by the new name."""

from cdef.directory.file_actions import keep_file
from cdef.directory.rules import read_directory
from cdef.registrations.recount_actions import recount
from tests.cast import FEW, STAFF, Cast
from tests.directory.desk import DIRECTORY
from tests.directory.state_file import MILPITAS, state_file
from tests.pages import Browser
from tests.registrations.test_queue import listed

RENAMED = state_file(MILPITAS | {"District": "Coyote Valley Unified", "County": "Alameda"})


def found(staff: Browser, query: str) -> list[int]:
    return listed(staff.get(f"/staff?state=all&{query}"))


def test_a_file_applied_at_the_desk_relists_the_teams(cast: Cast) -> None:
    staff, team = cast.browser(STAFF), cast.submitted(members=FEW)
    kept = keep_file("districts.txt", read_directory(RENAMED), by=cast.staff(), now=cast.now())
    page = f"{DIRECTORY}/files/{kept.id}"
    staff.get(page)
    assert staff.submit(f"{page}/application").status == 200
    for query in ("q=coyote", "county=Alameda", "district=coyote"):
        assert found(staff, query) == [team.id], query
    assert found(staff, "q=milpitas") == []
    assert not any(recount().values())
