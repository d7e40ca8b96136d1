"""What the pages show on which staff publish dates and venues, and follow what was published."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cdef.outbox.rules import LABELS
from cdef.registrations.publication_models import (
    concerned,
    letter_counts,
    letters_of,
    standing_of_meetings,
    tellings_of,
)
from cdef.registrations.telling_rules import APPROVED, CONFIRMATION, DATES, SUMMARY, Telling
from cdef.series.draft_models import (
    Publication,
    content_of,
    desk_of,
    draft_of,
    newest_draft,
    planned,
    publications_of,
    venues,
)
from cdef.series.draft_page import lines
from cdef.series.draft_rules import mark, plan_problems
from cdef.series.models import Cohort

# Who is told what, in the order in which the page says it.
GROUPS = {
    DATES: "Members, with their calendar entries",
    CONFIRMATION: "Members whose confirmation still waits: it is written anew",
    SUMMARY: "Leads who are not on their team, without calendars",
    APPROVED: "Leads whose news of the approval still waits: it is written anew",
}


def preview_words(cohort: Cohort) -> dict[str, Any]:
    """Old and new side by side, and who will be told."""
    draft = newest_draft(cohort)
    changes = planned(cohort, content_of(draft))
    standing = standing_of_meetings(concerned(changes), loaded=[cohort])
    told = tellings_of(changes, standing) if changes else []
    return {
        "cohort": cohort,
        "base": desk_of(cohort),
        "draft": draft,
        "changes": changes,
        "problems": plan_problems(cohort, changes),
        "seen": mark(changes),
        "groups": groups(told),
        "people": len({telling.email for telling in told}),
        "letters": len(told),
    }


def groups(told: Iterable[Telling]) -> list[tuple[str, list[Telling]]]:
    listed = list(told)
    found = [
        (text, [each for each in listed if each.kind == kind]) for kind, text in GROUPS.items()
    ]
    return [(text, tellings) for text, tellings in found if tellings]


def compared(cohort: Cohort, draft_id: int) -> list[dict[str, Any]]:
    """Where the draft that somebody saw and the one that is there now say different things."""
    known = draft_of(cohort, draft_id)
    there = venues()
    seen = lines(cohort, content_of(known), there)
    now = lines(cohort, content_of(newest_draft(cohort)), there)
    return [
        {"part": before.part, "seen": before.drafted, "now": after.drafted}
        for before, after in zip(seen, now, strict=True)
        if before.drafted != after.drafted
    ]


def history_words(cohort: Cohort) -> dict[str, Any]:
    published = publications_of(cohort)
    counts = letter_counts([publication.id for publication in published])
    return {
        "cohort": cohort,
        "base": desk_of(cohort),
        "publications": published,
        "letters": {each.id: said(counts.get(each.id, Counter())) for each in published},
    }


def publication_words(publication: Publication) -> dict[str, Any]:
    counts = letter_counts([publication.id])
    return {
        "publication": publication,
        "cohort": publication.cohort,
        "base": desk_of(publication.cohort),
        "changes": publication.changes,
        "said": said(counts.get(publication.id, Counter())),
        "letters": letters_of(publication.id),
        "labels": LABELS,
    }


def said(counts: Counter[str]) -> Sequence[tuple[str, int]]:
    """How many letters are handed over, wait, failed, or were overtaken."""
    waiting = sum(counts[state] for state in ("queued", "deferred", "sending", "held"))
    found = [
        ("handed over", counts["handed_over"]),
        ("waiting", waiting),
        ("failed", counts["failed"]),
        ("overtaken", counts["cancelled"]),
    ]
    return [(word, number) for word, number in found if number]
