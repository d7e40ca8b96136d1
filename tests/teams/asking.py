"""A team that lacks a school board member, and asking that this be waived."""

from cdef.kernel import clock
from cdef.teams import waiver_actions
from cdef.teams.models import Team
from cdef.teams.rules import position_checks
from tests.cast import MEMBERS, Cast

WITHOUT_BOARD = [row for row in MEMBERS if row[2] != "board"]
WITHOUT_TWO = [row for row in WITHOUT_BOARD if row[2] != "classified_president"]
BOARD, CLASSIFIED = "School board member", "Classified union leader"
REASON = "The board votes in November."


def rule_of(team: Team, text: str = BOARD) -> int:
    return next(check.rule_id for check in position_checks(team) if check.text == text)


def ask(
    team: Team,
    reason: str = REASON,
    *,
    rule: str = BOARD,
    side: str = "district",
    seen: int = 0,
) -> int:
    """One lead asks; the number of the open request."""
    lead = team.lead(side)
    assert lead is not None
    rule_id = rule_of(team, rule)
    now = clock.now()
    waiver_actions.ask_waiver(team, rule_id, reason, seen=seen, by=lead.person, now=now)
    return next(each.id for each in team.waiver_requests if each.team_rule_id == rule_id)


def without_board(cast: Cast) -> Team:
    return cast.team(members=WITHOUT_BOARD)
