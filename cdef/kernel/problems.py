"""Problems as data: what stands in the way, in the person's words."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How much a problem weighs."""

    BLOCKER = "blocker"  # Nobody can waive it.
    WAIVER = "waiver"  # Staff may approve all the same, with a reason.
    NOTICE = "notice"  # Worth knowing; it stops nothing.


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be: its weight, the sentence, and the field that it is about."""

    kind: Kind
    text: str
    field: str = ""


class Refused(Exception):
    """An action was not done; ``problems`` say why, and nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = list(problems)


def blocker(text: str, field: str = "") -> Problem:
    return Problem(Kind.BLOCKER, text, field)


def refusal(text: str, field: str = "") -> Refused:
    return Refused(blocker(text, field))
