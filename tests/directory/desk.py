"""Districts typed by hand, with teams and unions, for the tests and states of the staff's pages."""

from sqlalchemy import select

from cdef.accounts.actions import person_for
from cdef.directory import union_actions
from cdef.directory.file_actions import keep_file
from cdef.directory.file_models import DirectoryFile
from cdef.directory.models import District, Union
from cdef.directory.rules import read_directory
from cdef.kernel.db import db, transaction
from cdef.series.models import cohort_by_slug
from cdef.teams.actions import Start, new_team
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, MILPITAS, Cast
from tests.directory import state_file

LOCAL = ("Milpitas Teachers Association", "CTA", "certificated")
DIRECTORY = "/staff/directory"


def listed(cd_code: str = MILPITAS) -> District:
    return db.session.scalars(select(District).where(District.cd_code == cd_code)).one()


def typed_team(cast: Cast, name: str = "Milpitas USD", cohort: str = "bay-area") -> Team:
    """A team whose lead did not find the district."""
    found = cohort_by_slug(cohort)
    assert found is not None
    start = Start(
        found.id, None, name, "Santa Clara", "Imogen", DISTRICT_LEAD, "district", "board", True
    )
    with transaction():
        return new_team(start, person_for(DISTRICT_LEAD, now=cast.now()), now=cast.now())


def union_of(cast: Cast, district: District, *facts: str) -> Union:
    name, affiliation, unit = facts or LOCAL
    union_actions.add_union(
        district, name, affiliation, unit, by=cast.staff(), now=cast.now(), once=""
    )
    return next(union for union in district.unions if union.name == name)


def brought_file(cast: Cast) -> DirectoryFile:
    """A file of two districts, of which one is new, that waits for a look."""
    reading = read_directory(state_file.state_file(state_file.MILPITAS, state_file.HAYWARD))
    return keep_file("pubdistricts.txt", reading, by=cast.staff(), now=cast.now())
