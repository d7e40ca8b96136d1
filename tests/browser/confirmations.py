"""What every confirmation of a cohort must say, checked on the bytes that the mail server received."""

from datetime import date, timedelta

from icalendar import Calendar, Event

from tests.browser.post import Delivery, Post
from tests.browser.stage import backstage
from tests.cast import (
    DISTRICT_LEAD,
    MEMBERS,
    UNION_LEAD,
    Mailbox,
    address_of,
    calendars_of,
    html_of,
    text_of,
)

EVERYBODY = sorted([DISTRICT_LEAD, UNION_LEAD, *(address_of(name) for _, name, _ in MEMBERS)])
TO_FOLLOW = "Venue to follow"
MILPITAS = (
    "MUSD District Office, Board Room (Bldg 500), 1331 E. Calaveras Boulevard, Milpitas, CA 95035"
)
NORCO = "Corona Norco Teachers Association, 1189 Mountain Ave #100, Norco, CA 92860"
# For each cohort what its letters say, as the source page has it.
PHRASES = {
    "bay-area": [
        "Session 1",
        "November 29–30, 2016",
        "Session 2",
        "February 7–8, 2017",
        "Session 3",
        "March 1, 2017",
        TO_FOLLOW,
        MILPITAS,
    ],
    "sacramento": ["Session 1", "Session 2", "Session 3", "TBD", TO_FOLLOW],
    "southern-california": [
        "Session 2",
        "January 24–25, 2017",
        "Session 3",
        "February 6, 2017",
        "Location (all sessions)",
        *NORCO.split(", ", 2),
    ],
}
DAYS = {
    "bay-area": {
        date(2016, 11, 29): TO_FOLLOW,
        date(2016, 11, 30): TO_FOLLOW,
        date(2017, 2, 7): TO_FOLLOW,
        date(2017, 2, 8): TO_FOLLOW,
        date(2017, 3, 1): MILPITAS,
    },
    "sacramento": {},
    "southern-california": {
        date(2017, 1, 24): NORCO,
        date(2017, 1, 25): NORCO,
        date(2017, 2, 6): NORCO,
    },
}


def check_confirmations(post: Post, cohort: str) -> None:
    """Eight people were told, each once, and each letter is whole."""
    deliveries = post.wait(subject="Confirmed", count=len(EVERYBODY))
    assert sorted(to for delivery in deliveries for to in delivery.to) == EVERYBODY
    check_identities(deliveries)
    for delivery in deliveries:
        check_words(delivery, cohort)
        check_calendar(delivery, cohort)
    uids = [str(event["UID"]) for delivery in deliveries for event in events_of(delivery)]
    assert len(set(uids)) == len(uids)


def check_identities(deliveries: list[Delivery]) -> None:
    """Each letter goes to the one person it names, under the Message-ID that the outbox keeps."""
    with backstage():
        kept = {each.to_email: each.message_id for each in Mailbox().letters("confirmation")}
    assert len(set(kept.values())) == len(EVERYBODY)
    for delivery in deliveries:
        named = [address.addr_spec for address in delivery.message["To"].addresses]
        assert named == delivery.to
        assert delivery.message.get_all("Message-ID") == [kept[delivery.to[0]]]


def check_words(delivery: Delivery, cohort: str) -> None:
    text, html = (" ".join(of(delivery.message).split()) for of in (text_of, html_of))
    for phrase in PHRASES[cohort]:
        assert phrase in text
        assert phrase in html
    if cohort == "southern-california":
        assert "Session 1" not in text + html


def check_calendar(delivery: Delivery, cohort: str) -> None:
    """One part for each day that is set, for the whole day, at its place."""
    events = events_of(delivery)
    assert {event["DTSTART"].dt: str(event["LOCATION"]) for event in events} == DAYS[cohort]
    assert len(events) == len(DAYS[cohort])
    for event in events:
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert str(event["ATTENDEE"]).lower() == f"mailto:{delivery.to[0]}"


def events_of(delivery: Delivery) -> list[Event]:
    """The one entry of each calendar part."""
    return [only_event(calendar) for calendar in calendars_of(delivery.message)]


def only_event(calendar: Calendar) -> Event:
    assert str(calendar["METHOD"]) == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    return event
