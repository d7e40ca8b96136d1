"""Keeping the directory as the state has it, and finding a district in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select, true

from cdef.directory import rules
from cdef.directory.file_rules import fields_of, identity
from cdef.directory.models import District
from cdef.directory.rules import Reading, Row, Skipped
from cdef.kernel import audit, words
from cdef.kernel.db import db, transaction

SEED = Path(__file__).parent.parent / "seed" / "districts.tsv"
LARGEST_ID = 2**31 - 1  # What both databases can compare an id with.


@dataclass(frozen=True)
class Report:
    """What an import did to the directory, and the lines of the file that it left out."""

    added: int
    changed: int
    unchanged: int
    gone: int
    skipped: list[Skipped]

    @property
    def wrote(self) -> dict[str, int]:
        """What was written, for the timeline; empty when nothing was."""
        counts = {"added": self.added, "changed": self.changed, "gone": self.gone}
        return {what: count for what, count in counts.items() if count}


def import_file(path: Path, *, by: object, now: datetime) -> Report:
    """Bring the directory up to date from the state's file; ``Refused`` if it is no such file."""
    return import_directory(read_file(path), by=by, now=now)


def read_file(path: Path) -> Reading:
    with path.open("rb") as file:
        content = file.read(rules.LARGEST_FILE + 1)
    return rules.read_directory(content)


def import_directory(reading: Reading, *, by: object, now: datetime) -> Report:
    """Make the directory what the state's file says; the same file again writes nothing.

    A district that the file no longer has stays, since teams may be its own, but is found no more.
    One that somebody typed by hand before the state listed it becomes the state's.
    """
    with transaction():
        known = list(db.session.scalars(select(District)))
        by_code = {district.cd_code: district for district in known if district.cd_code}
        by_hand = {identity(district): district for district in known if district.is_by_hand}
        done = Counter(
            bring_in(row, by_code.get(row.cd_code) or by_hand.pop(identity(row), None))
            for row in reading.kept
        )
        gone = retire(by_code.values(), {row.cd_code for row in reading.kept})
        report = Report(done["added"], done["changed"], done["unchanged"], gone, reading.skipped)
        if report.wrote:
            what = "imported the state’s list of districts"
            audit.record("directory", what, by=by, now=now, after=report.wrote)
        return report


def bring_in(row: Row, district: District | None) -> str:
    """Write one row of the file over its district: "added", "changed" or "unchanged"."""
    fields = fields_of(row)
    if district is None:
        db.session.add(District(**fields))
        return "added"
    for name, value in fields.items():
        setattr(district, name, value)
    return "changed" if db.session.is_modified(district) else "unchanged"


def retire(districts: Iterable[District], codes: set[str]) -> int:
    """Let what is not among the codes be found no more; how many that are."""
    gone = [each for each in districts if each.is_active and each.cd_code not in codes]
    for district in gone:
        district.is_active = False
    return len(gone)


def load_seed(path: Path = SEED) -> int:
    """A dozen districts where there is none yet; how many were added."""
    reading = rules.read_directory(path.read_bytes())
    with transaction():
        if db.session.scalar(select(District.id).limit(1)):
            return 0
        return len([bring_in(row, None) for row in reading.kept])


def add_by_hand(name: str, county: str, *, now: datetime) -> District:
    """The district with this name in this county, made if new; in the caller's transaction."""
    name, county = words.one_line(name, rules.LONGEST_NAME), rules.county_name(county)
    wanted = rules.identity(name, county)
    alike = District.search_text.startswith(wanted[0], autoescape=True)
    for district in db.session.scalars(select(District).where(District.is_active, alike)):
        if identity(district) == wanted:
            return district
    made = District(name=name, county=county, search_text=rules.search_text(name, county, ""))
    db.session.add(made)
    what = f"added {name} ({county} County), which a team’s lead did not find"
    audit.record("directory", what, by=None, now=now)
    return made


def find(district_id: int) -> District | None:
    """An active district; None for any other number, however large."""
    district = db.session.get(District, district_id) if 0 < district_id <= LARGEST_ID else None
    return district if district and district.is_active else None


def search(text: str, *, limit: int = rules.SHOWN) -> list[District]:
    """The active districts that have every word of the text, or its CD code.

    Those whose name begins with the text come first, then all others, each by name and county.
    """
    start = words.fold(words.one_line(text, rules.LONGEST_SEARCH))
    begins = District.search_text.startswith(start, autoescape=True)
    order = begins.desc(), func.lower(District.name), District.county, District.id
    return list(db.session.scalars(matching(text).order_by(*order).limit(limit)))


def matching(text: str) -> Select[District]:
    """The districts that a search finds, unordered; none for a search without a word."""
    asked = rules.search_words(text)
    has_words = (District.search_text.contains(word, autoescape=True) for word in asked)
    has_code = District.cd_code == rules.searched_code(text)
    found = or_(and_(true() if asked else false(), *has_words), has_code)
    return select(District).where(District.is_active, found)


def count(text: str) -> int:
    return db.session.scalar(select(func.count()).select_from(matching(text).subquery())) or 0


def options(query: str, chosen: int | None) -> dict[str, Any]:
    """What ``directory/_options.html`` shows: the district chosen before, then what the query finds."""
    kept = find(chosen) if chosen is not None else None
    too_short = rules.is_too_short(query)
    found, total = ([], 0) if too_short else (search(query), count(query))
    others = [district for district in found if district is not kept]
    return {
        "query": query,
        "districts": [kept, *others] if kept else others,
        "total": total,
        "chosen": kept.id if kept else None,
        "said": rules.said(query, total),
    }


def report_lines(report: Report) -> list[str]:
    """A report as whoever ran the import reads it; the commonest reason first."""
    changes = f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged"
    gone = f"{report.gone:,} no longer in the file"
    lines = [f"Districts and county offices: {changes}, {gone}."]
    reasons = Counter(skipped.reason for skipped in report.skipped)
    if reasons:
        lines.append(f"{words.plural(len(report.skipped), 'line')} left out:")
    return lines + [f"{times:6,} × {reason}" for reason, times in reasons.most_common()]
