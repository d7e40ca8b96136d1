"""Whom staff write to goes with a district that becomes the state's entry."""

from sqlalchemy import select

from cdef.directory.contact_models import Contact
from cdef.directory.models import District
from cdef.flyers.follow_models import standings
from cdef.kernel.db import db
from tests.cast import MILPITAS, STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.directory.desk import DIRECTORY, listed, typed_team
from tests.flyers.campaigning import campaign_of, send
from tests.state import guest

TO = "Milpitas USD, district, lena@example.org\nMilpitas USD, union, otto@example.org"


def merge(cast: Cast, typed: District) -> str:
    staff, page = cast.browser(STAFF), f"{DIRECTORY}/{typed.id}/merger"
    staff.get(f"{page}?into={listed().id}")
    return staff.submit(page).text()


@both_databases
def test_contacts_and_invitations_move_and_none_is_there_twice(cast: Cast) -> None:
    cast.staff()
    typed = typed_team(cast).district
    campaign_of(cast, f"{MILPITAS}, union, otto@example.org")
    made = campaign_of(cast, TO)
    send(cast, made)
    assert "1 team and 0 unions moved, with 2 contacts." in merge(cast, typed)
    contacts = db.session.execute(select(Contact.email, Contact.district_id)).all()
    assert sorted(contacts) == [
        ("lena@example.org", listed().id),
        ("otto@example.org", listed().id),
    ]
    assert [each.district for each in standings(made)] == [listed()]


def test_a_link_mailed_before_leads_to_the_states_entry(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    typed = typed_team(cast).district
    send(cast, campaign_of(cast, TO))
    link = mailbox.link("invitation", "lena@example.org")
    merge(cast, typed)
    start = guest(cast)
    start.get(link)
    form = start.submit(link, answer="yes").form("/register")
    assert form.value("district_id") == str(listed().id)
