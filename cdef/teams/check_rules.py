"""One line of a team's checklist."""

from dataclasses import dataclass
from typing import Any

from cdef.kernel.problems import Kind, Problem


@dataclass(frozen=True)
class Check:
    """One line of the checklist: what is asked, and the problem while it is not met."""

    text: str
    problem: Problem | None
    mend: str = ""  # Where on the team's page it can be met: what follows its address.
    rule_id: int = 0  # Of the series' rule that staff can waive,
    asked: Any = None  # and the request for that, as long as it is open.
    is_waived: bool = False  # The team was approved all the same.

    @property
    def kind(self) -> str:
        if self.is_waived:
            return "waived"
        return self.problem.kind if self.problem else "met"


def notice(text: str, mend: str = "") -> Check:
    """A line that stops nothing, and is there only while it is worth a look."""
    return Check(text, Problem(Kind.NOTICE, text), mend)
