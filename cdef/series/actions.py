"""Bringing a series into the database from its file."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import select

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.series.models import (
    Cohort,
    Meeting,
    MeetingDay,
    Series,
    TeamRule,
    TrainingSession,
    Venue,
)

SEED = Path(__file__).parent.parent / "seed" / "series-2016-17.toml"


def set_names_due(cohort: Cohort, day: date | None, *, by: Someone, now: datetime) -> None:
    """Say until when rosters may hold places without names; None: as long as they like."""
    with transaction(cohort):
        before = cohort.names_due
        if day == before:
            return
        cohort.names_due = day
        audit.record(
            f"cohort:{cohort.id}",
            "set the day by which names are due" if day else "let names follow without a day",
            by=by,
            now=now,
            before={"names_due": before and before.isoformat()},
            after={"names_due": day and day.isoformat()},
        )


def set_swaps_until(cohort: Cohort, day: date | None, *, by: Someone, now: datetime) -> None:
    """Say until when leads swap people by themselves; None: as long as they like."""
    with transaction(cohort):
        before = cohort.swaps_until
        if day == before:
            return
        cohort.swaps_until = day
        audit.record(
            f"cohort:{cohort.id}",
            "set the day until which leads swap people"
            if day
            else "let leads swap people without a day",
            by=by,
            now=now,
            before={"swaps_until": before and before.isoformat()},
            after={"swaps_until": day and day.isoformat()},
        )


def load_series(path: Path = SEED, *, now: datetime) -> Series | None:
    """Load a series from its TOML file, unless a series with its key is there already."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    with transaction():
        if db.session.scalar(select(Series.id).where(Series.key == data["key"])):
            return None
        series = series_from(data, now=now)
        db.session.add(series)
        db.session.flush()
        audit.record(f"series:{series.id}", "loaded the series", by=None, now=now)
        return series


def series_from(data: dict[str, Any], *, now: datetime) -> Series:
    texts = {
        name: data[name].strip() for name in ("title", "subtitle", "intro", "audience", "partners")
    }
    sessions = [TrainingSession(**fields) for fields in data["training_sessions"]]
    return Series(
        key=data["key"],
        price_cents=data["price_cents"],
        smallest_team=data["smallest_team"],
        largest_team=data["largest_team"],
        created_at=now,
        training_sessions=sessions,
        team_rules=[TeamRule(position=n, **rule) for n, rule in enumerate(data["team_rules"])],
        cohorts=[
            cohort_from(fields, number, sessions, data["venues"], now=now)
            for number, fields in enumerate(data["cohorts"])
        ],
        **texts,
    )


def cohort_from(
    fields: dict[str, Any],
    position: int,
    sessions: list[TrainingSession],
    venues: dict[str, dict[str, str]],
    *,
    now: datetime,
) -> Cohort:
    shared = {key: Venue(**venue) for key, venue in venues.items()}
    by_number = {session.number: session for session in sessions}
    return Cohort(
        slug=fields["slug"],
        name=fields["name"],
        position=position,
        seats=fields["seats"],
        is_open=True,
        meetings=[
            meeting_from(meeting, by_number[meeting["session"]], shared, now=now)
            for meeting in fields["meetings"]
        ],
    )


def meeting_from(
    fields: dict[str, Any], session: TrainingSession, venues: dict[str, Venue], *, now: datetime
) -> Meeting:
    dates: list[date] = fields.get("dates", [])
    starts: time | None = fields.get("starts")
    ends: time | None = fields.get("ends")
    return Meeting(
        training_session=session,
        number=session.number,
        venue=venues[fields["venue"]] if "venue" in fields else None,
        hint=fields.get("hint", ""),
        starts=starts,
        ends=ends,
        sequence=0,
        changed_at=now,
        days=[MeetingDay(number=n, date=day) for n, day in enumerate(dates, start=1)],
    )
