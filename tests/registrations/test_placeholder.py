"""Who came in by the first start's link is staff, and has no mailbox."""

from cdef.accounts import actions as accounts
from cdef.accounts.rules import FIRST_STAFF
from cdef.kernel import clock
from tests.cast import STAFF, Cast, Mailbox


def test_no_letter_is_written_to_an_address_that_nobody_reads(cast: Cast, mailbox: Mailbox) -> None:
    accounts.add_staff(FIRST_STAFF, by=None, now=clock.now())
    cast.staff()
    cast.submitted()
    assert [letter.to_email for letter in mailbox.letters("submitted_staff")] == [STAFF]
