"""The confirmation that every participant gets, read from the bytes of the letter."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cdef.kernel.db import transaction
from cdef.series.models import Venue, cohort_by_slug
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, Cast, Mailbox, calendars_of, html_of, parse, text_of
from tests.conftest import both_databases

CALIFORNIA = ZoneInfo("America/Los_Angeles")
TO = "dashiell.nakagawa@example.org"
DAYS = {
    "bay-area": [
        date(2016, 11, 29),
        date(2016, 11, 30),
        date(2017, 2, 7),
        date(2017, 2, 8),
        date(2017, 3, 1),
    ],
    "sacramento": [],
    "southern-california": [date(2017, 1, 24), date(2017, 1, 25), date(2017, 2, 6)],
}
MILPITAS = (
    "MUSD District Office, Board Room (Bldg 500), 1331 E. Calaveras Boulevard, Milpitas, CA 95035"
)
NORCO = "Corona Norco Teachers Association, 1189 Mountain Ave #100, Norco, CA 92860"


def approved(cast: Cast, cohort: str = "bay-area") -> Team:
    return cast.approved(cohort=cohort, members=FEW)


def test_it_has_one_recipient_and_a_message_id_of_its_own(cast: Cast, mailbox: Mailbox) -> None:
    approved(cast)
    mails = [parse(letter.raw) for letter in mailbox.letters("confirmation")]
    assert [len(mail["To"].addresses) for mail in mails] == [1] * 4
    assert len({mail["Message-ID"] for mail in mails}) == 4
    mail = mailbox.last("confirmation", TO)
    address = mail["To"].addresses[0]
    assert (address.display_name, address.addr_spec) == ("Dashiell Nakagawa", TO)
    assert mail["Message-ID"] == mailbox.letters("confirmation", TO)[0].message_id
    assert mail["Subject"] == "Confirmed: your place in the Bay Area Cohort"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None


@both_databases
def test_text_and_html_say_when_and_where(cast: Cast, mailbox: Mailbox) -> None:
    approved(cast)
    mail = mailbox.last("confirmation", TO)
    for said in (text_of(mail), html_of(mail)):
        for words in (
            "Dear Dashiell Nakagawa,",
            "Milpitas Unified (Santa Clara County)",
            "November 29–30, 2016",
            "February 7–8, 2017",
            "March 1, 2017",
            "1331 E. Calaveras Boulevard",
            "Venue to follow",
        ):
            assert words in said
    assert text_of(mail).count("Venue to follow") == 2


@both_databases
@pytest.mark.parametrize("cohort", DAYS)
def test_the_calendar_has_one_part_for_each_day_that_is_set(
    cast: Cast, mailbox: Mailbox, cohort: str
) -> None:
    approved(cast, cohort)
    parts = calendars_of(mailbox.last("confirmation", TO))
    assert [part["METHOD"] for part in parts] == ["REQUEST"] * len(DAYS[cohort])
    entries = [part.events for part in parts]
    assert [len(found) for found in entries] == [1] * len(DAYS[cohort])
    assert [found[0]["DTSTART"].dt for found in entries] == DAYS[cohort]
    for (event,) in entries:
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1
        assert event["ATTENDEE"] == f"mailto:{TO}"
        assert event["STATUS"] == "CONFIRMED"
    assert len({found[0]["UID"] for found in entries}) == len(entries)


def test_the_content_type_names_the_method_as_outlook_wants_it(
    cast: Cast, mailbox: Mailbox
) -> None:
    approved(cast)
    parts = [
        part
        for part in mailbox.last("confirmation", TO).walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert {part.get_param("method") for part in parts} == {"REQUEST"}
    assert {part.get_content_charset() for part in parts} == {"utf-8"}
    assert parts[0].get_filename() == "2016-11-29.ics"


def test_a_day_has_its_meetings_venue_or_one_to_follow(cast: Cast, mailbox: Mailbox) -> None:
    approved(cast)
    places = [part.events[0]["LOCATION"] for part in calendars_of(mailbox.last("confirmation", TO))]
    assert places == ["Venue to follow"] * 4 + [MILPITAS]


def test_southern_california_has_no_session_1_and_one_venue_for_all(
    cast: Cast, mailbox: Mailbox
) -> None:
    approved(cast, "southern-california")
    mail = mailbox.last("confirmation", TO)
    text = text_of(mail)
    assert "Session 1" not in text
    assert "Location (all sessions):" in text
    assert text.count("1189 Mountain Ave #100") == 1
    parts = calendars_of(mail)
    assert {part.events[0]["LOCATION"] for part in parts} == {NORCO}
    assert [part.events[0]["SUMMARY"] for part in parts] == [
        "Session 2, day 1: Cohort Training, Southern California",
        "Session 2, day 2: Cohort Training, Southern California",
        "Session 3: Cohort Training, Southern California",
    ]


def test_sacramento_has_no_days_and_says_that_they_follow(cast: Cast, mailbox: Mailbox) -> None:
    approved(cast, "sacramento")
    mail = mailbox.last("confirmation", TO)
    for said in (text_of(mail), html_of(mail)):
        assert said.count("TBD") == 4
        assert "What is still TBD follows as soon as it is set." in said
        assert "attached" not in said


@both_databases
def test_hours_once_set_become_california_times(cast: Cast, mailbox: Mailbox) -> None:
    bay = cohort_by_slug("bay-area")
    assert bay is not None
    with transaction(bay):
        bay.meetings[0].starts, bay.meetings[0].ends = time(8, 30), time(15, 30)
        bay.meetings[2].starts = time(9)
    approved(cast)
    mail = mailbox.last("confirmation", TO)
    events = [part.events[0] for part in calendars_of(mail)]
    starts, ends = events[0]["DTSTART"], events[0]["DTEND"]
    assert starts.dt == datetime(2016, 11, 29, 8, 30, tzinfo=CALIFORNIA)
    assert ends.dt == datetime(2016, 11, 29, 15, 30, tzinfo=CALIFORNIA)
    assert starts.params["TZID"] == "America/Los_Angeles"
    assert events[2]["DTSTART"].dt == date(2017, 2, 7)
    assert events[4]["DTSTART"].dt == date(2017, 3, 1)
    assert "8:30 am – 3:30 pm" in text_of(mail)
    assert "from 9:00 am" in text_of(mail)


def test_a_timed_day_is_right_on_both_sides_of_the_clock_change(
    cast: Cast, mailbox: Mailbox
) -> None:
    bay = cohort_by_slug("bay-area")
    assert bay is not None
    with transaction(bay):
        days = bay.meetings[0].days
        days[0].date, days[1].date = date(2016, 11, 5), date(2016, 11, 7)
        bay.meetings[0].starts, bay.meetings[0].ends = time(9), time(15)
    approved(cast)
    events = [part.events[0] for part in calendars_of(mailbox.last("confirmation", TO))][:2]
    assert [event["DTSTART"].dt.astimezone(ZoneInfo("UTC")).hour for event in events] == [16, 17]


def test_each_participant_has_uids_and_a_link_of_their_own(cast: Cast, mailbox: Mailbox) -> None:
    approved(cast)
    uids = []
    links = set()
    for letter in mailbox.letters("confirmation"):
        uids += [part.events[0]["UID"] for part in calendars_of(parse(letter.raw))]
        links.add(mailbox.link("confirmation", letter.to_email))
    assert len(set(uids)) == len(uids) == 20
    assert len(links) == 4


def test_neither_calendar_nor_other_letters_hold_the_personal_link(
    cast: Cast, mailbox: Mailbox
) -> None:
    approved(cast)
    secret = mailbox.link("confirmation", TO).rsplit("/", 1)[1]
    for part in calendars_of(mailbox.last("confirmation", TO)):
        assert secret.encode() not in part.to_ical()
    others = [letter for letter in mailbox.letters() if letter.to_email != TO]
    assert others
    assert all(secret.encode() not in letter.raw for letter in others)


def test_a_venue_that_is_set_before_the_approval_is_in_the_letter(
    cast: Cast, mailbox: Mailbox
) -> None:
    bay = cohort_by_slug("bay-area")
    assert bay is not None
    with transaction(bay):
        bay.meetings[0].venue = Venue(
            name="Alder Hall; Room 1, \\North", city="Fremont", zip="01234"
        )
    approved(cast)
    event = calendars_of(mailbox.last("confirmation", TO))[0].events[0]
    assert event["LOCATION"] == "Alder Hall; Room 1, \\North, Fremont, CA 01234"
    assert "Alder Hall; Room 1, \\North" in text_of(mailbox.last("confirmation", TO))


def test_names_are_only_names_wherever_they_stand(cast: Cast, mailbox: Mailbox) -> None:
    odd = 'Robert"); DROP TABLE <b>{{7*7}}</b> =1+1 \\N ;,'
    team = cast.team(members=FEW)
    cast.add(team, "union", odd, "teacher", email="robert@example.org")
    cast.sign(team, "district")
    cast.sign(team, "union")
    cast.decide(team, "approve")
    mail = mailbox.last("confirmation", "robert@example.org")
    assert mail["To"].addresses[0].addr_spec == "robert@example.org"
    assert f"Dear {odd}," in text_of(mail)
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in html_of(mail)
    assert odd in text_of(mailbox.last("approved", DISTRICT_LEAD))
    assert len(calendars_of(mail)) == 5
