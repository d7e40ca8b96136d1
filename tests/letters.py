"""Every kind of letter, posted by the actions that post it, and what can be wrong with one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

from sqlalchemy import update

from cdef.accounts import actions as accounts
from cdef.accounts.staff_actions import invite_staff
from cdef.kernel import clock, tokens
from cdef.kernel.db import db, transaction
from cdef.kernel.words import one_line
from cdef.outbox.models import Letter
from cdef.participants.actions import send_link
from cdef.participants.data_actions import answer_erasure, ask_erasure
from cdef.participants.reminder_actions import write_reminders
from cdef.registrations import change_actions, proposal_actions, substitute_actions
from cdef.registrations.nudge_actions import write_nudges
from cdef.registrations.offer_actions import answer_offer
from cdef.registrations.proposal_actions import Wish
from cdef.registrations.proposal_models import proposals_of
from cdef.series.models import current_series
from cdef.series.place_rules import Place
from cdef.teams import actions as teams
from cdef.teams.actions import Start
from cdef.teams.back_actions import ask_back
from cdef.teams.handover_actions import HANDOVER, take_over
from cdef.teams.models import Team
from cdef.teams.roster_actions import row_of
from tests import markup
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OAKLAND,
    SUCCESSOR,
    UNION_LEAD,
    Cast,
    Mailbox,
    calendars_of,
    html_of,
    parse,
    text_of,
)
from tests.flyers.campaigning import campaign_of, of, send
from tests.markup import Markup
from tests.publishing import publish_directly

BASE = "http://localhost"
IP = "127.0.0.1"
# What a letter's head is, whole and in this order; whatever else stands there was smuggled in.
HEAD = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
]
UNASKED = ["List-Unsubscribe", "List-Unsubscribe-Post"]  # RFC 8058
STOPPABLE = ("invitation", "meeting_reminder", "roster_nudge")
OF_A_MAIL = (
    markup.is_valid,
    markup.ids_are_unique,
    markup.actions_have_names,
    markup.headings_are_in_order,
    markup.page_has_a_title,
    markup.pictures_have_words,
    markup.content_fits,
)


def post_all(cast: Cast, name: str = "") -> None:
    """The life of two teams and two people, in which every letter there is gets posted.

    A ``name`` stands in for the names of people and districts, and for every note.
    """
    now, today = cast.now(), cast.now().date()
    cast.staff()
    cast.person("reader@example.org", name)
    admin = cast.staff()
    new = name or "Hyacinth Lindqvist", "hyacinth.lindqvist@example.org"
    invite_staff(*new, ["staff"], by=admin, now=now, once="")
    accounts.request_sign_in("reader@example.org", ip=IP, now=now)
    ask_about_data(cast, name)
    start = Start(1, 1, "", "", name, "starter@example.org", "union", "teacher", True)
    teams.request_start(start, ip=IP, now=now, today=today)
    other = cast.team(cd_code=OAKLAND, partner=None, members=[])
    rename(other, name)
    teams.invite_partner(other, name, UNION_LEAD, by=other.leads[0].person, ip=IP, now=now)
    team = cast.team(members=FEW)
    hand_sides_over(cast, team, name)
    rename(team, name)
    cast.sign(team, "union")
    cast.add(team, "district", name or "Wilhelmina Cho", "principal", email="w.cho@example.org")
    for verb in ("return", "waitlist", "approve", "withdraw", "reopen", "decline"):
        if team.state in ("draft", "returned"):
            cast.sign(team, "district")
            cast.sign(team, "union")
        cast.decide(team, verb, name or "Please add a principal.\n\nThank you.")
        hand_over()
        if verb == "approve":
            publish_news(cast, team, name)
            write_reminders(now=datetime(2016, 11, 29, 20, tzinfo=UTC))
            change(team, name)
            hand_over()
            substitute(team, name)
        if verb == "waitlist":
            offer_seats(cast, team, name or "More seats in January.")
    send_link(UNION_LEAD, ip=IP, now=now)
    invite_districts(cast, name)
    write_nudges(now=datetime(2016, 10, 27, 20, tzinfo=UTC))
    cast.next_series()
    series = current_series()
    assert series is not None
    ask_back(series, {team.id}, by=admin, now=now, today=today)


def substitute(team: Team, name: str) -> None:
    """One is refused; another is accepted, and the member comes after all."""
    member, lead, now = team.members[-1], team.leads[0].person, clock.now()
    meeting = next(each for each in team.cohort.meetings if each.days)
    for verb in (substitute_actions.refuse, substitute_actions.accept):
        who = name or "Ana Ruiz", "ana.ruiz@example.org", name or "Ill.\n\nSorry."
        seen = meeting.sequence
        found = substitute_actions.propose(member, meeting, *who, seen=seen, by=lead, now=now)
        words = {"note": name or "Too late."} if verb is substitute_actions.refuse else {}
        verb(found, **words, by=lead, now=now)  # type: ignore[operator]
    hand_over()
    substitute_actions.come_oneself(found, by=lead, now=now)


def ask_about_data(cast: Cast, name: str) -> None:
    """Somebody wishes their data erased, and is answered."""
    person = cast.person("reader@example.org", name)
    request = ask_erasure(person, name or "All of it.", now=cast.now())
    answer_erasure(request, name or "Erased\n\nToday.", by=cast.staff(), now=cast.now())


def invite_districts(cast: Cast, name: str) -> None:
    campaign = campaign_of(cast)
    with transaction():
        for row in db.session.scalars(of(campaign)):
            row.name = name or row.name
            row.district.name = name or row.district.name
    send(cast, campaign)


def publish_news(cast: Cast, team: Team, name: str) -> None:
    """Everything about the first meeting moves, while a lead is not on the roster."""
    lead = team.leads[0]
    row = next(member for member in team.members if member.email == lead.email)
    with transaction():
        row.removed_at = cast.now()
    publish_directly(cast, team, Place(name=one_line(name or "Alder Hall"), notes="Gate 3\nRing."))
    with transaction():
        row.removed_at = None
    hand_over()


def change(team: Team, name: str) -> None:
    """Corrected, swapped, proposed, accepted and refused."""
    lead, now = team.leads[0].person, clock.now()
    member = team.members[-1]
    base = row_of(member)
    corrected = replace(base, email="w.chow@example.org", site=name or "Elm")
    change_actions.correct(member, corrected, base, by=lead, now=now)
    newcomer = replace(corrected, name=name or "Ottoline Brandt", email="ob@example.org")
    change_actions.swap(member, newcomer, by=lead, now=now)
    for verdict in (proposal_actions.accept, proposal_actions.refuse):
        row = replace(newcomer, email=f"{verdict.__name__}@example.org")
        wish = Wish("join", name or "One more.", member.side, row=row)
        proposal_actions.propose(team, wish, by=lead, now=now)
        proposal = proposals_of(team)[-1]
        verdict(proposal, name or "Noted.", by=accounts.staff()[-1], now=now)


def offer_seats(cast: Cast, team: Team, note: str) -> None:
    """Seats are offered, taken back, passed on, and given although there are none."""
    accounts.add_staff("colleague@example.org", name=note, by=None, now=cast.now())
    for verb in ("offer", "recall", "reinstate", "waitlist", "offer"):
        cast.decide(team, verb, note)
    answer_offer(team, "pass", by=team.leads[0].person, now=cast.now())
    with transaction(team.cohort):
        seats, team.cohort.seats = team.cohort.seats, 0
    cast.decide(team, "offer", note, over=note)
    with transaction(team.cohort):
        team.cohort.seats = seats
    cast.decide(team, "recall", note)
    hand_over()


def hand_sides_over(cast: Cast, team: Team, name: str) -> None:
    """The district side goes to another lead, and comes back."""
    for email in (SUCCESSOR, DISTRICT_LEAD):
        rename(team, name)
        cast.ask_successor(team, "district", email, name or "Cordelia Whitcombe")
        secret = Mailbox().link("handover_invitation", email).rpartition("/")[2]
        token = tokens.find(HANDOVER, secret, now=cast.now())
        assert token is not None
        take_over(token, position="principal", attends=True, now=cast.now())


def rename(team: Team, name: str) -> None:
    if name:
        with transaction():
            team.district.name = name
            for row in (*team.leads, *team.members, *(lead.person for lead in team.leads)):
                row.name = name


def hand_over() -> None:
    """The outbox is emptied: who was confirmed has been told, and a withdrawal cancels it."""
    with transaction():
        db.session.execute(update(Letter).values(state="handed_over"))


def head_is_ours(mail: EmailMessage, letter: Letter) -> Iterator[str]:
    stops = UNASKED if letter.kind in STOPPABLE else []
    if mail.keys() != [*HEAD[:6], *stops, *HEAD[6:]]:
        yield f"the head is {mail.keys()}"
    addresses = [address.addr_spec for address in mail["To"].addresses]
    if addresses != [letter.to_email]:
        yield f"it goes to {addresses} and not to {letter.to_email}"
    head = letter.raw.partition(b"\r\n\r\n")[0]
    if not head.isascii() or any(len(line) > 998 for line in head.split(b"\r\n")):
        yield "a header is not ASCII, or too long"
    if not 0 < len(str(mail["Subject"])) <= 150:
        yield f"the subject is {mail['Subject']!r}"


def parts_are_whole(mail: EmailMessage, _letter: Letter) -> Iterator[str]:
    types = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    if types[:2] != ["text/plain", "text/html"] or set(types[2:]) - {"text/calendar"}:
        yield f"its parts are {types}"
    for part, calendar in zip(
        list(mail.walk())[-len(types[2:]) :], calendars_of(mail), strict=False
    ):
        if types[2:] and part.get_param("method") != calendar["METHOD"]:
            yield "a calendar part does not name its method"


def text_is_plain(mail: EmailMessage, _letter: Letter) -> Iterator[str]:
    text = text_of(mail)
    for found in re.findall(r"\{\{|\{%|\{#|\bNone\b|\n{3,}|</?[a-z][^>]*>|&\w+;|&#", text):
        yield f"the text has {found!r}"
    if not text.strip() or not text.endswith("\n") or text != text.lstrip():
        yield "the text is empty, or does not begin and end as one"


def html_is_sound(mail: EmailMessage, _letter: Letter) -> Iterator[str]:
    page = Markup(html_of(mail))
    yield from (f"the HTML: {fault}" for rule in OF_A_MAIL for fault in rule(page))
    if any(sign in markup.text(page.root) for sign in ("{{", "{%", "None")):
        yield "the HTML has what a template left behind"
    if page.all("script", "img", "link", "iframe", "form", "object"):
        yield "the HTML has what mail programs stop"
    plain = [
        markup.shown(element) for element in page.all("body", "h1", "p") if not element.get("style")
    ]
    yield from (f"the style of {element} is not written into it" for element in plain)


def links_are_ours(mail: EmailMessage, _letter: Letter) -> Iterator[str]:
    """Every address is of this app, and whoever reads the text finds those of the HTML."""
    page, text = Markup(html_of(mail)), text_of(mail)
    inside = [element.get(name) for element in page.elements for name in ("href", "src")]
    linked, written = {link for link in inside if link}, set(re.findall(r"\w+://[^\s\"<>]+", text))
    for link in sorted(linked | written):
        if link != BASE and not link.startswith(f"{BASE}/"):
            yield f"a link leads away, to {link}"
    yield from (f"only the HTML has the link to {link}" for link in sorted(linked - written))


RULES: list[Callable[[EmailMessage, Letter], Iterator[str]]] = [
    head_is_ours,
    parts_are_whole,
    text_is_plain,
    html_is_sound,
    links_are_ours,
]


def faults(letter: Letter) -> list[str]:
    mail = parse(letter.raw)
    return [
        f"{rule.__name__}: {letter.kind}: {fault}" for rule in RULES for fault in rule(mail, letter)
    ]
