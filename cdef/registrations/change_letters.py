"""The letters about changes of a submitted roster: to leads, and to staff when a change waits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cdef.accounts.models import Person
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.links import link
from cdef.outbox.envelope import Envelope, write
from cdef.registrations import change_rules as rules
from cdef.registrations.letters import team_words
from cdef.registrations.proposal_models import Proposal
from cdef.teams.lead_models import Lead
from cdef.teams.letters import QUIET
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.undo_rules import changes


def roster_corrected(team: Team, lead: Lead, events: Sequence[Event], *, now: datetime) -> Envelope:
    """To a lead: what others corrected on the roster, once it is quiet."""
    lines = [f"{event.who} {event.what}: {changes(event)}." for event in events]
    envelope = write(
        "roster_corrected",
        (lead.name, lead.email),
        about=team.about,
        lines=lines,
        **team_words(team),
    )
    return replace(envelope, not_before=now + QUIET)


def swapped(member: Member, newcomer: Member, *, by: Someone) -> Iterator[Envelope]:
    """To both leads: who left, who came, and who did it."""
    team = newcomer.team
    for lead in team.leads:
        if lead.joined_at:
            yield write(
                "swapped",
                (lead.name, lead.email),
                about=team.about,
                left=member,
                came=newcomer,
                also={
                    "who": "You" if lead.person_id == by.id else by.name or by.email,
                    "side": newcomer.side,
                    "newcomer": newcomer.called,
                    "leaver": member.called,
                },
                **team_words(team),
            )


def proposed_to_lead(
    team: Team, lead: Lead, proposals: Sequence[Proposal], *, now: datetime
) -> Envelope:
    """To a lead: what the other lead proposed to the staff."""
    return proposed((lead.name, lead.email), team, proposals, now=now, is_staff=False)


def proposed_to_staff(
    team: Team, person: Person, proposals: Sequence[Proposal], *, now: datetime
) -> Envelope:
    """To one staff member: a change waits for a decision."""
    address = link("registrations.team", team_id=team.id)
    return proposed(
        (person.name, person.email), team, proposals, now=now, is_staff=True, address=address
    )


def proposed(
    to: tuple[str, str], team: Team, proposals: Sequence[Proposal], *, now: datetime, **words: Any
) -> Envelope:
    lines = [(each.by.label, rules.sentence(each), each.reason) for each in proposals]
    context = team_words(team) | {"lines": lines} | words
    news = "A change waits for you" if words["is_staff"] else "A change is proposed"
    envelope = write("change_proposed", to, about=team.about, also={"news": news}, **context)
    return replace(envelope, not_before=now + QUIET)


def decided(proposal: Proposal) -> Iterator[Envelope]:
    """To both leads: what staff decided on a proposal, before and after, and what is due now."""
    team = proposal.team
    for lead in team.leads:
        if lead.joined_at:
            yield write(
                "change_decided",
                (lead.name, lead.email),
                about=team.about,
                proposal=proposal,
                is_accepted=proposal.state == rules.ACCEPTED,
                also=decided_says(proposal),
                differences=rules.differences(proposal),
                note=proposal.note,
                people=len(team.members),
                **team_words(team),
            )


def decided_says(proposal: Proposal) -> dict[str, str]:
    word = "Accepted" if proposal.state == rules.ACCEPTED else "Refused"
    return {"decision": word, "verdict": word.lower(), "change": rules.sentence(proposal)}
