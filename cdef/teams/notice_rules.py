"""What is worth a look on a roster: uneven sides, mistyped addresses, one person twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cdef.kernel.names import is_nobody, likely_domain
from cdef.series.rules import DISTRICT, UNION
from cdef.teams.check_rules import Check, notice

USUAL = 3  # people from whom on a domain is taken to be right, as the district's own


def notices(team: Any) -> list[Check]:
    """Everything that stops nothing, and that leads and staff may want to look at."""
    return [
        *uneven(team),
        *mistyped(team.members),
        *twins(team.members),
        *elsewhere(team.members),
        *moved(team.members),
    ]


def uneven(team: Any) -> Iterator[Check]:
    """Said when one side has more than twice as many people as the other."""
    count = Counter(member.side for member in team.members)
    few, many = sorted((DISTRICT, UNION), key=lambda side: count[side])
    if count[few] and count[many] > 2 * count[few]:
        district, union = count[DISTRICT], count[UNION]
        yield notice(f"The sides are uneven: {district} from the district, {union} from the union.")


def mistyped(members: Sequence[Any]) -> Iterator[Check]:
    """Said of addresses whose domain is almost a common one, or almost that of the others."""
    usual = usual_domains(member.email for member in members)
    for member in members:
        meant = likely_domain(member.email, usual)
        if meant:
            text = f"The address of {member.called} looks mistyped: did you mean {meant}?"
            yield notice(text, mend(member))


def usual_domains(emails: Iterable[str]) -> list[str]:
    """The domains that several people share, such as the district's own."""
    counts = Counter(email.rpartition("@")[2] for email in emails if email)
    return [domain for domain, count in counts.items() if count >= USUAL]


def twins(members: Sequence[Any]) -> Iterator[Check]:
    """Said of two rows whose names are spellings of one name; two people may have one, though."""
    alike: dict[str, list[Any]] = defaultdict(list)
    for member in members:
        if member.name and not is_nobody(member.name):
            alike[member.name_key].append(member)
    for key, (first, *others) in alike.items():
        if " " in key and others:
            text = (
                f"{first.called} and {others[0].called} look like one person, with two addresses."
            )
            yield notice(text, mend(others[0]))


def elsewhere(members: Sequence[Any]) -> Iterator[Check]:
    """Said of whoever is on another team of the series too; which one, only staff may know."""
    for member in members:
        if member.is_elsewhere:
            yield notice(f"{member.called} is on the roster of another team too.", mend(member))


def moved(members: Sequence[Any]) -> Iterator[Check]:
    """Said where the district's roster of an earlier series has another address for a name."""
    for member in members:
        if member.email and member.past_email:
            text = f"{member.called} had another address in an earlier series: {member.past_email}."
            yield notice(text, mend(member))


def mend(member: Any) -> str:
    return f"/members/{member.id}/edit"
