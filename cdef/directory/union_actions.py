"""A district's unions: adding one, correcting it, removing it, and making one of two."""

from datetime import datetime

from cdef.directory.models import District, Union
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused, blocker, refusal
from cdef.kernel.words import fold


class UnionChanged(Refused):
    """Somebody else changed the union since the page was drawn."""


def add_union(
    district: District,
    name: str,
    affiliation: str,
    unit: str,
    *,
    by: Someone,
    now: datetime,
    once: str,
) -> None:
    """Another union of a district; the same form twice adds one."""
    key = tokens.once_key(once, name, affiliation, unit)
    with transaction(district):
        if tokens.already_done(key):
            return
        refuse_double(district, name)
        union = Union(name=name, affiliation=affiliation, unit=unit)
        district.unions.append(union)
        tokens.remember(key, district.about, now=now)
        audit.record(district.about, f"added the union {name}", by=by, now=now, after=union.facts)


def edit_union(
    union: Union,
    name: str,
    affiliation: str,
    unit: str,
    *,
    seen: str,
    by: Someone,
    now: datetime,
) -> None:
    """Correct what is said of a union; ``UnionChanged`` if it is not what was ``seen``."""
    with transaction(union.district, union):
        if union.seen != seen:
            said = union.seen.replace("\n", ", ")
            raise UnionChanged(
                blocker(f"Somebody changed this union since you opened the page; now: {said}.")
            )
        refuse_double(union.district, name, but=union)
        before = union.facts
        union.name, union.affiliation, union.unit = name, affiliation, unit
        if union.facts != before:
            what = f"changed the union {name}"
            about = union.district.about
            audit.record(about, what, by=by, now=now, before=before, after=union.facts)


def refuse_double(district: District, name: str, but: Union | None = None) -> None:
    for union in district.unions:
        if union is not but and fold(union.name) == fold(name):
            raise refusal(f"This district has a union {union.name} already.", "name")


def remove_union(union: Union, *, by: Someone, now: datetime) -> None:
    """Take a union off its district; what it was stays on the timeline."""
    district = union.district
    with transaction(district, union):
        what = f"removed the union {union.name}"
        audit.record(district.about, what, by=by, now=now, before=union.facts)
        db.session.delete(union)


def merge_unions(union: Union, into: Union, *, by: Someone, now: datetime) -> None:
    """Two entries for one union become the second, which stays as it is."""
    district = union.district
    with transaction(district, *sorted((union, into), key=lambda each: each.id)):
        what = f"merged the union {union.name} into {into.name}"
        facts = into.facts
        audit.record(district.about, what, by=by, now=now, before=union.facts, after=facts)
        db.session.delete(union)
