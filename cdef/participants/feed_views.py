"""A person's calendar for programs that know its secret address."""

from flask import Response, abort, flash, g

from cdef.kernel import clock, tokens
from cdef.kernel.access import for_participants, open_to_all
from cdef.kernel.feeds import feed as answer
from cdef.kernel.htmx import see_other
from cdef.kernel.ics import publish
from cdef.participants import feed_actions
from cdef.participants.feed_actions import FEED
from cdef.participants.feed_page import changed_at, days_of, rows_of
from cdef.participants.views import blueprint

NAME = "Cohort Training: my meetings"


@blueprint.get("/calendars/<secret>.ics")
@open_to_all
def feed(secret: str) -> Response:
    """Every day of every place; it mends itself, and says whether anything is new."""
    now = clock.now()
    token = tokens.find(FEED, secret, now=now) or abort(404)
    rows = rows_of(token.email)
    content = publish(NAME, days_of(rows))
    return answer(content, "my-training.ics", changed=changed_at(rows), now=now)


@blueprint.post("/personal/calendar-address")
@for_participants
def make_feed() -> Response:
    feed_actions.make_address(by=g.person, now=clock.now())
    flash("The address of your calendar is below.", "good")
    return see_other("/personal#calendar-address")
