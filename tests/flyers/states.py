"""The states of the pages of campaigns, of the staff and of those who are invited."""

from collections.abc import Iterator

from cdef.flyers import campaign_actions as actions
from tests.cast import STAFF, Cast, Mailbox
from tests.flyers.campaigning import campaign_of, send
from tests.state import State, guest

HERE = "/staff/campaigns"
STOPPED = "/staff/suppressions"


def campaigns(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff = cast.browser(STAFF)
    yield State("campaigns, none", staff, staff.get(HERE))
    yield State("campaign refused", staff, staff.submit(HERE), 422)
    made = campaign_of(cast, "")
    page = f"{HERE}/{made.id}"
    yield State("campaign to nobody", staff, staff.get(page))
    yield State("contacts refused", staff, staff.submit(f"{page}/contacts"), 422)
    staff.get(page)
    yield State("letter refused", staff, staff.submit(f"{page}/letter", subject=""), 422)
    made = campaign_of(cast)
    page = f"{HERE}/{made.id}"
    staff.get(page)
    listed = staff.submit(f"{page}/contacts", text="nowhere, x@example.org\nTBD")
    yield State("campaign with lines left out", staff, listed)
    yield State("campaign to be confirmed", staff, staff.get(f"{page}/confirmation"))
    yield State("campaign being written", staff, staff.submit(f"{page}/sending"))
    actions.pause(made, by=cast.staff(), now=cast.now())
    yield State("campaign paused", staff, staff.get(page))
    yield from answers(cast)


def answers(cast: Cast) -> Iterator[State]:
    staff, browser = cast.browser(STAFF), guest(cast)
    made = campaign_of(cast, cohort="bay-area")
    send(cast, made)
    yield State("campaign sent", staff, staff.get(f"{HERE}/{made.id}"))
    yield State("campaigns", staff, staff.get(HERE))
    link = Mailbox().link("invitation", "imogen@district.example.org")
    yield State("invited", browser, browser.get(link))
    yield State("no answer chosen", browser, browser.submit(link), 422)
    yield State("invited and declined", browser, browser.submit(link, answer="no"))
    yield State("invited, to change it", browser, browser.get(link))
    yield State("start as invited", browser, browser.submit(link, answer="yes"))
    yield State("invited by nobody", browser, browser.get("/invitations/made-up"), 410)
    stop = link.replace("invitations", "unsubscribe")
    yield State("stop", browser, browser.get(stop))
    yield State("stop without a tick", browser, browser.submit(stop), 422)
    yield State("stopped", browser, browser.submit(stop, stop="1"))
    yield State("stop by nobody", browser, browser.get("/unsubscribe/made-up"), 410)
    yield State("no invitations", staff, staff.get(STOPPED))
    yield State("mail came back, refused", staff, staff.submit(f"{STOPPED}/returned"), 422)
    yield State("address refused", staff, staff.submit(STOPPED, email="x"), 422)
