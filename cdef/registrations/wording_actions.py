"""Making the words of a letter one's own, and going back to the original ones."""

from datetime import datetime

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.edits import Values, merge
from cdef.kernel.problems import Refused
from cdef.outbox.actions import post
from cdef.outbox.wording_models import Wording
from cdef.outbox.wording_rules import Kind, Worded, problems, values_of
from cdef.registrations.publication_models import standing_of_meetings
from cdef.registrations.wording_samples import test_letter
from cdef.series.models import Series
from cdef.teams.models import Team


def scope_of(series: Series, kind: Kind) -> str:
    return "" if kind.every_year else series.about


def words_of(series: Series, kind: Kind) -> Values:
    """The words that a kind of letter has now."""
    row = db.session.get(Wording, (kind.key, scope_of(series, kind)))
    return values_of(row.worded if row else kind.original)


def check(kind: Kind, typed: Values) -> None:
    """``Refused`` for a place that the letter does not have."""
    stopping = list(problems(typed, kind))
    if stopping:
        raise Refused(*stopping)


def save_wording(
    series: Series, kind: Kind, typed: Values, seen: str, *, by: Someone, now: datetime
) -> None:
    """Word a kind of letter from now on; letters that are written already stay as they are.

    ``Clash`` where somebody else has worded the same since; ``Refused`` for a place that it lacks.
    """
    with transaction(series):
        check(kind, typed)
        stored = words_of(series, kind)
        merged = merge(seen, typed, stored)
        if merged != stored:
            keep(series, kind, merged, by=by, now=now)
            told = f"changed the words of the letter “{kind.title}”"
            record(series, told, stored, merged, by=by, now=now)


def restore_original(series: Series, kind: Kind, *, by: Someone, now: datetime) -> None:
    """Go back to the original words; nothing happens where they hold already."""
    with transaction(series):
        stored, original = words_of(series, kind), values_of(kind.original)
        keep(series, kind, original, by=by, now=now)
        if stored != original:
            told = f"went back to the original words of the letter “{kind.title}”"
            record(series, told, stored, original, by=by, now=now)


def keep(series: Series, kind: Kind, words: Values, *, by: Someone, now: datetime) -> None:
    """In the caller's transaction; the original words are kept nowhere but in their file."""
    scope = scope_of(series, kind)
    row = db.session.get(Wording, (kind.key, scope))
    if Worded(**words) == kind.original:
        if row:
            db.session.delete(row)
        return
    row = row or Wording(kind=kind.key, scope=scope)
    row.subject, row.opening, row.closing = words["subject"], words["opening"], words["closing"]
    row.by, row.at = by.name or by.email, now
    db.session.add(row)


def record(
    series: Series, told: str, before: Values, after: Values, *, by: Someone, now: datetime
) -> None:
    changed = [name for name in after if after[name] != before[name]]
    was, will = ({name: words[name] for name in changed} for words in (before, after))
    audit.record(series.about, told, by=by, now=now, before=was, after=will)


def send_test(
    series: Series,
    kind: Kind,
    typed: Values,
    team: Team,
    *,
    by: Someone,
    now: datetime,
    once: str,
) -> None:
    """Post a letter with these words to whoever typed them; the same form twice is one letter."""
    key = tokens.once_key(once, kind.key, *typed.values())
    with transaction(series):
        check(kind, typed)
        if not tokens.already_done(key):
            changes = list(standing_of_meetings({team.cohort_id}).values())
            post(test_letter(kind, Worded(**typed), team, changes, by, now=now), now=now)
            tokens.remember(key, kind.key, now=now)
