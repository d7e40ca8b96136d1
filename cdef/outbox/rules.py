"""What may happen to a letter: its states, when it is tried again, and when staff must know."""

from datetime import datetime, timedelta

from cdef.kernel.states import apply

LABELS = {
    "queued": "Queued",
    "sending": "Sending",
    "handed_over": "Handed over",
    "deferred": "Deferred",
    "failed": "Failed",
    "cancelled": "Cancelled",
    "held": "Held",
}
TO_MEND = "to-mend"  # Not a state: those that failed and need somebody.
WAITING = ("held", "queued", "deferred")  # Not yet begun, so it can still be cancelled.
UNSENT = (*WAITING, "sending", "failed")  # What a newer fact can still overtake.
TRANSITIONS = {
    ("held", "release"): "queued",
    ("held", "cancel"): "cancelled",
    ("queued", "send"): "sending",
    ("queued", "cancel"): "cancelled",
    ("queued", "hold"): "held",
    ("deferred", "send"): "sending",
    ("deferred", "cancel"): "cancelled",
    ("deferred", "hold"): "held",
    ("sending", "send"): "sending",  # After its lease ran out: the worker that had it is gone.
    ("sending", "cancel"): "cancelled",
    ("sending", "hold"): "held",  # In a copy that was brought back, which no worker has had.
    ("sending", "hand_over"): "handed_over",
    ("sending", "defer"): "deferred",
    ("sending", "fail"): "failed",
    ("failed", "retry"): "queued",  # Staff want it tried anew, at the same address.
}
FIRST_RETRIES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)]
GIVE_UP_AFTER = timedelta(hours=96)
# How long a mail server may think about a whole letter before it answers (RFC 5321, 4.5.3.2.6): to
# hang up earlier means to send twice what it was about to accept.
AFTER_LETTER = timedelta(minutes=10)
SLOWEST_STEP = timedelta(minutes=1)  # the longest MAIL_TIMEOUT
# Longer than a delivery can take: sender, recipient, the letter's beginning and end, the answer.
LEASE = 4 * SLOWEST_STEP + AFTER_LETTER
LATE = timedelta(minutes=15)
TOO_LATE = "It would have arrived too late to be of use."
RESTORED = "It waited when the copy was made, and may have gone out since."
ANSWER_LIMIT = 500


def next_state(state: str, verb: str) -> str:
    return apply(TRANSITIONS, state, verb)


def retry_at(attempts: int, first_tried: datetime, now: datetime) -> datetime | None:
    """When to try again after the ``attempts``-th failure: 1, 5, 15, 30 minutes, then hourly.

    None once it has been tried for 96 hours: it has failed, and staff are told.
    """
    if now - first_tried >= GIVE_UP_AFTER:
        return None
    early = attempts <= len(FIRST_RETRIES)
    return now + (FIRST_RETRIES[attempts - 1] if early else timedelta(hours=1))


QUARANTINE = "This is a copy that was brought back: no letter goes out until you say so."


def trouble(oldest_waiting: datetime | None, now: datetime) -> str | None:
    """The sentence for staff when letters wait longer than 15 minutes, or None."""
    if oldest_waiting is None or now - oldest_waiting < LATE:
        return None
    return "Letters have been waiting for more than 15 minutes. The outbox says why."
