"""Keeping a file of the state for a look, and applying it as it was looked at."""

from dataclasses import asdict, astuple
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from cdef.directory.actions import import_directory
from cdef.directory.file_models import DirectoryFile
from cdef.directory.file_rules import Plan, plan, reasons
from cdef.directory.models import District
from cdef.directory.rules import Reading
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused, blocker


class DirectoryChanged(Refused):
    """The directory is not what the look at the file was drawn with."""


def keep_file(name: str, reading: Reading, *, by: Someone, now: datetime) -> DirectoryFile:
    """Hold what was read until somebody applies it; whatever waited before is let go."""
    with transaction():
        db.session.execute(delete(DirectoryFile).where(DirectoryFile.applied_at.is_(None)))
        kept = DirectoryFile(
            name=name,
            by_id=by.id,
            at=now,
            rows=[list(astuple(row)) for row in reading.kept],
            skipped=[list(astuple(line)) for line in reading.skipped],
        )
        db.session.add(kept)
        db.session.flush()
        return kept


def planned(kept: DirectoryFile) -> Plan:
    """What the file would do now."""
    known = db.session.scalars(select(District).order_by(District.id))
    return plan(kept.reading.kept, known)


def apply_file(kept: DirectoryFile, *, seen: str, by: Someone, now: datetime) -> None:
    """Make the directory what the file says; twice is once.

    ``DirectoryChanged`` where that is not what the page showed; nothing is changed then.
    """
    with transaction(kept):
        if kept.applied_at:
            return
        found = planned(kept)
        if found.seen != seen:
            raise DirectoryChanged(blocker("The directory has changed since. Please look again."))
        import_directory(kept.reading, by=by, now=now)
        kept.applied_at, kept.report, kept.rows = now, asdict(found), []


def file_words(kept: DirectoryFile) -> dict[str, Any]:
    """What the page says of a file: what it would do, or what it did."""
    found = Plan(**kept.report) if kept.report else planned(kept)
    skipped = kept.reading.skipped
    return {"file": kept, "plan": found, "skipped": skipped, "reasons": reasons(skipped)}
