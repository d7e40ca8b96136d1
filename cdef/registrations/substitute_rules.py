"""What becomes of a substitute whom a member proposes for one meeting."""

from cdef.kernel.states import apply

PROPOSED, ACCEPTED, REFUSED, ENDED = "proposed", "accepted", "refused", "ended"
OPEN = (PROPOSED, ACCEPTED)
TRANSITIONS = {
    (PROPOSED, "accept"): ACCEPTED,
    (PROPOSED, "refuse"): REFUSED,
    (PROPOSED, "end"): ENDED,
    (ACCEPTED, "end"): ENDED,
}
LABELS = {
    PROPOSED: "Waits for the leads",
    ACCEPTED: "Accepted",
    REFUSED: "Refused",
    ENDED: "Ended",
}


def next_state(state: str, verb: str) -> str:
    """``Refused`` in words where somebody was faster."""
    return apply(TRANSITIONS, state, verb)
