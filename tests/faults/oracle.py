"""Whether everything that people were told is true, and nothing is half done; pure, with its reasons.

What was acknowledged is there exactly once; what was refused is not; of what nobody answered, either.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from cdef.registrations.preview_rules import NEWS_OF
from cdef.registrations.rules import TOLD
from tests.faults.clients import DONE, REFUSED, UNKNOWN, Told
from tests.faults.letter_oracle import calendars, deliveries
from tests.faults.reading import Left, Line, Row, TeamLeft, Verdict


def faults(before: Left, after: Left, told: list[Told], doubts: int) -> list[str]:
    """Everything that is wrong; ``doubts`` is how many letters may have been in somebody's hand."""
    return [
        *promises(after, told),
        *signatures(after, told),
        *rosters(before, after),
        *verdicts(before, after),
        *seats(before, after),
        *deliveries(after, doubts),
        *calendars(after),
    ]


# What people were told.


def promises(after: Left, told: Iterable[Told]) -> Iterator[str]:
    for each in told:
        for what, count in (COUNTS[each.verb](after, each) if each.verb in COUNTS else {}).items():
            if not fits(each.outcome, count):
                yield f"{what} is there {count} times, and {each.who} was told {each.outcome}: {each}"


def fits(outcome: str, count: int) -> bool:
    return count in {DONE: (1,), REFUSED: (0,), UNKNOWN: (0, 1)}[outcome]


def added(after: Left, told: Told) -> dict[str, int]:
    return came(after, told.word)


def brought(after: Left, told: Told) -> dict[str, int]:
    return came(after, f"{told.word}y") | came(after, f"{told.word}z")


def came(after: Left, word: str) -> dict[str, int]:
    """How often somebody was put on a roster."""
    email = f"{word}@example.org"
    lines = [line for line in after.lines if line.what.startswith("added")]
    return {email: sum(row["email"] == email for line in lines for row in rows(line.after))}


def edited(after: Left, told: Told) -> dict[str, int]:
    """How often a row came to say this."""
    lines = [line for line in after.lines if not says(line.before.get("site"), told.word)]
    return {told.word: sum(says(line.after.get("site"), told.word) for line in lines)}


def says(text: str | None, word: str) -> bool:
    """Whether somebody typed this word there, and perhaps something odd after it."""
    return (text or "").split(" ")[0] == word


def removed(after: Left, told: Told) -> dict[str, int]:
    """Whoever is removed by somebody else first is removed all the same."""
    subject = f"member:{told.about['row']}"
    count = sum(line.subject == subject and line.what.startswith("removed") for line in after.lines)
    return {subject: count} if told.outcome == DONE or count > 1 else {}


def decided(after: Left, told: Told) -> dict[str, int]:
    return {told.word: sum(says(each.note, told.word) for each in after.verdicts)}


def withdrawn(after: Left, told: Told) -> dict[str, int]:
    """A team that another has withdrawn meanwhile is refused, and one that was asks for nothing."""
    lines = [line for line in after.lines if line.what == TOLD["withdraw"]]
    count = sum(line.about == f"team:{told.about['team']}" for line in lines)
    return {"the withdrawal": count} if told.outcome == DONE or count > 1 else {}


def registered(after: Left, told: Told) -> dict[str, int]:
    email = f"{told.word}@example.org"
    found = [team for team in after.teams if email in team.leads]
    whole = [team for team in found if [row["email"] for row in team.rows] == [email]]
    return {f"a team of {email}": len(found), f"{email} in their team": len(whole)}


def published(after: Left, told: Told) -> dict[str, int]:
    """Nothing may differ from what is published; then the page says so."""
    *_, kind, number = ["", "", *told.address.split("/")]
    return {told.address: after.publications.count(int(number))} if kind == "publications" else {}


COUNTS: dict[str, Callable[[Left, Told], dict[str, int]]] = {
    "add": added,
    "bring": brought,
    "edit": edited,
    "remove": removed,
    "approve": decided,
    "return": decided,
    "withdraw": withdrawn,
    "register": registered,
    "publish": published,
}


def signatures(after: Left, told: Iterable[Told]) -> Iterator[str]:
    """Whoever was told that they have signed a revision has signed it, once."""
    given = Counter(
        (team.number, who, revision) for team in after.teams for who, revision in team.signatures
    )
    yield from (f"signed {times} times: {key}" for key, times in given.items() if times > 1)
    for each in told:
        if each.verb == "sign" and each.outcome == DONE:
            key = (each.about["team"], f"{each.who}@example.org", each.about["revision"])
            if not given[key]:
                yield f"lost signature: {each}"


# What follows from the timeline.


def rosters(before: Left, after: Left) -> Iterator[str]:
    """Each roster is what its timeline tells, and its revision counts those lines and the returns."""
    began = {team.number: team for team in before.teams}
    for team in after.teams:
        if team.number not in began:
            continue
        begin, lines = (
            began[team.number],
            [line for line in fresh(before, after) if line.about == team.about],
        )
        found, wrong = replay(begin.rows, lines)
        yield from wrong
        if sorted(map(str, found)) != sorted(map(str, team.rows)):
            yield f"{team.about} has {team.rows}, and its timeline tells {found}"
        changes = sum(bool(rows(line.before) or rows(line.after)) for line in lines)
        changes += sum(line.what == TOLD["return"] for line in lines)
        if team.revision != begin.revision + changes:
            yield f"{team.about} went from {begin.revision} to {team.revision} by {changes} changes"


def fresh(before: Left, after: Left) -> list[Line]:
    newest = max((line.number for line in before.lines), default=0)
    return [line for line in after.lines if line.number > newest]


def replay(start: list[Row], lines: Iterable[Line]) -> tuple[list[Row], list[str]]:
    """The rows as the lines leave them, and the lines that do not follow from those before."""
    found, wrong = list(start), []
    for line in lines:
        for row in rows(line.before):
            if row in found:
                found.remove(row)
            else:
                wrong.append(f"{line} changes what no row said")
        for row in rows(line.after):
            if row["email"] in {each["email"] for each in found}:
                wrong.append(f"{line} adds somebody who is there")
            found.append(row)
    return found, wrong


def rows(values: dict[str, object]) -> list[Row]:
    """The rows that a line speaks of: one, several from a list, or none."""
    people = values.get("people", [values] if "email" in values else [])
    assert isinstance(people, list)
    return [{key: row[key] for key in ("name", "email", "position", "site")} for row in people]


def verdicts(before: Left, after: Left) -> Iterator[str]:
    """A decision has its line, its state and a letter to each whom it concerns; no letter has none."""
    began = {team.number: team.rows for team in before.teams}
    new = after.verdicts[len(before.verdicts) :]
    for team in after.teams:
        of_team = [each for each in new if each.team == team.number]
        lines = [line for line in fresh(before, after) if line.about == team.about]
        for verdict in of_team:
            yield from half_done(after, team, verdict, lines, began.get(team.number, []))
        told = [line for line in lines if "state" in line.after]
        if [TOLD[each.verb] for each in of_team] != [line.what for line in told]:
            yield f"{team.about} was decided {of_team}, and its timeline tells {told}"
        if told and told[-1].after["state"] != team.state:
            yield f"{team.about} is {team.state}, and its timeline ends {told[-1]}"


def half_done(
    after: Left, team: TeamLeft, verdict: Verdict, lines: list[Line], start: list[Row]
) -> Iterator[str]:
    """The letters that were written with a decision are those that it means, each once."""
    wanted = Counter((NEWS_OF[verdict.verb], email) for email in team.leads)
    if verdict.verb == "approve":
        roster, _ = replay(start, [line for line in lines if line.at < verdict.at])
        wanted.update(("confirmation", row["email"]) for row in roster)
    if verdict.verb == "submit":
        wanted.update(("submitted_staff", email) for email in after.staff)
    kinds = {kind for kind, _ in wanted}
    found = Counter(
        (post.kind, post.to)
        for post in after.letters
        if post.about == team.about and post.at == verdict.at and post.kind in kinds
    )
    if found != wanted:
        yield f"{verdict} wrote {found - wanted or 'nothing'} too many and lacks {wanted - found}"


def seats(before: Left, after: Left) -> Iterator[str]:
    """Never more people than seats, at any moment; and what is counted as taken is taken."""
    approved = {team.about: len(team.rows) for team in before.teams if team.state == "approved"}
    sizes = {team.about: list(team.rows) for team in before.teams}
    for line in fresh(before, after):
        if line.about in sizes:
            sizes[line.about], _ = replay(sizes[line.about], [line])
            approved.pop(line.about, None) if "state" in line.after else None
            if line.after.get("state") == "approved":
                approved[line.about] = len(sizes[line.about])
        if sum(approved.values()) > after.seats:
            yield f"oversold, {approved} of {after.seats}: {line}"
    if after.taken != sum(len(team.rows) for team in after.teams if team.state == "approved"):
        yield f"{after.taken} seats are counted as taken, and {approved} are"
