"""Which newer facts overtake each kind of letter while it waits, and which kinds nothing overtakes."""

DECIDED = "the registration is decided on anew"
UNSEATED = "the seats are not given any more"
BACK = "the roster is not with the staff any more"
CLOSED = "the team takes no part any more"
PUBLISHED = "newer dates or venues are published"
CONFIRMED = "the person is confirmed anew"
LEFT = "the person leaves the roster, or has another address"
CHANGED = "the roster is changed once more"
EDITED = "somebody works on the roster again"
SIGNED = "its reader signs the roster"
CORRECTED = "more is corrected"
PROPOSALS = "what waits for a decision of the staff changes"
INVITED = "the partner is invited anew"
JOINED = "the partner has come in"
ASKED = "the handover is withdrawn, or somebody else is asked"
TAKEN = "its reader does not lead the side any more"
ANOTHER = "the other side has yet another lead"
RETURNED = "its reader leads the side again"
CAME = "its reader has begun or joined this year’s team"
ROLES = "the person has other roles"
REMOVED = "the person is not staff any more"
ANSWERED = "a lead answers, or the member takes it back"
OVER = "the substitute is not expected any more"
GIVEN = "somebody else comes in its reader’s place"
CANNOT = "its reader says that they cannot come"
STOPPED = "its reader wants no such letters, or cannot be reached"

# Each pair has a test that shows it through the front door: tests/outbox/test_overtaken_letters.py.
OVERTAKEN_BY: dict[str, tuple[str, ...]] = {
    "submitted": (DECIDED,),
    "submitted_staff": (DECIDED,),
    "returned": (DECIDED,),
    "waitlisted": (DECIDED,),
    "declined": (DECIDED,),
    "withdrawn": (DECIDED,),
    "reopened": (DECIDED,),
    "reinstated": (DECIDED,),
    "offered": (DECIDED,),
    "recalled": (DECIDED,),
    "passed": (DECIDED,),
    "lapsed": (DECIDED,),
    "approved": (DECIDED, PUBLISHED),
    "over_capacity": (UNSEATED,),
    "confirmation": (DECIDED, PUBLISHED, LEFT),
    "cancellation": (CONFIRMED,),
    "dates_changed": (DECIDED, PUBLISHED, LEFT),
    "dates_summary": (DECIDED, PUBLISHED, TAKEN),
    "signature_voided": (DECIDED, CHANGED, SIGNED, TAKEN),
    "roster_corrected": (BACK, CORRECTED, TAKEN),
    "swapped": (BACK, TAKEN),
    "change_proposed": (BACK, PROPOSALS, TAKEN),
    "change_decided": (BACK, TAKEN),
    "partner_invitation": (INVITED, JOINED, CLOSED),
    "handover_invitation": (ASKED, CLOSED),
    "lead_changed": (ANOTHER, TAKEN),
    "handed_over": (RETURNED,),
    "asked_back": (CAME,),
    "staff_added": (ROLES, REMOVED),
    "invitation": (STOPPED,),
    "substitute_proposed": (ANSWERED,),
    "substitute_confirmed": (OVER,),
    "substitute_decided": (OVER,),
    "meeting_reminder": (DECIDED, PUBLISHED, LEFT, CANNOT, GIVEN, STOPPED),
    "roster_nudge": (DECIDED, EDITED, SIGNED, TAKEN, STOPPED),
}
# What is true for ever, or as long as the letter is sent at all, and why.
STANDING = {
    "sign_in": "Each link works until its time is up, whatever happens; then no letter leaves.",
    "personal_link": "Its reader asked for it, and the link works whatever happens to their place.",
    "erasure_answered": "It answers what somebody asked, once, and nothing takes the answer back.",
    "substitute_ended": "Each substitute has entries of their own: whoever comes again gets others.",
    "start_team": "Nothing exists before its link is pressed, and after 30 minutes it is not sent.",
}


def overtaken_by(*facts: str) -> tuple[str, ...]:
    """The kinds of letters that are cancelled, if they still wait, when one of these comes true."""
    return tuple(kind for kind, found in OVERTAKEN_BY.items() if set(facts) & set(found))
