"""The oracle of the simultaneous editors catches each planted fault; it needs no browser."""

from dataclasses import replace

import pytest

from cdef.teams.row_rules import Row
from tests.browser.fuzz.oracle import Edit, Line, faults

ADA = Row("Ada", "ada@example.org", "teacher", "")
BEA = Row("Bea", "bea@example.org", "board", "North")
CAL = Row("Cal", "cal@example.org", "principal", "")
ADA_MOVED = replace(ADA, site="South")
ADA_RENAMED = replace(ADA, name="Ada Lin")
ADA_BOTH = replace(ADA_MOVED, name="Ada Lin")

START = [ADA, BEA]
HISTORY = [
    Line("Imogen", "changed Ada", ADA, ADA_MOVED),
    Line("Beatriz", "changed Ada", ADA_MOVED, ADA_BOTH),
    Line("Imogen", "added Cal", None, CAL),
    Line("Imogen", "removed Bea"),
    Line("Beatriz", "signed the roster"),
    Line("Beatriz", "put Bea back"),
]
EDITS = [
    Edit("Imogen", ADA_MOVED, ADA),
    Edit("Beatriz", ADA_RENAMED, ADA),
    Edit("Imogen", CAL),
    Edit("Imogen", BEA, BEA),  # Saved as it was.
]
END = [ADA_BOTH, BEA, CAL]
SHOWN = {"the database": END, "Imogen's page": END}

# What is planted, in history, edits or pages, and a part of what is said about it.
PLANTED = [
    (HISTORY[:1] + HISTORY[2:], EDITS, SHOWN, "lost: Edit(who='Beatriz'"),
    (HISTORY[:2] + HISTORY[3:], EDITS, SHOWN, "lost: Edit(who='Imogen'"),
    (HISTORY, EDITS, {"Imogen's page": [ADA_MOVED, BEA, CAL]}, "Imogen's page shows 1 times"),
    (HISTORY, EDITS, {"the database": END[:2]}, "the database shows 0 times, and not 1"),
    (HISTORY, EDITS, {"the database": [*END, CAL]}, "the database shows 2 times, and not 1"),
    (
        [Line("Beatriz", "changed Ada", ADA, ADA_RENAMED), HISTORY[0], *HISTORY[2:]],
        EDITS,
        SHOWN,
        "changes what the row did not say",
    ),
    (
        [HISTORY[0], Line("Beatriz", "changed Ada", ADA_MOVED, ADA_RENAMED), *HISTORY[2:]],
        EDITS,
        {"the database": [ADA_RENAMED, BEA, CAL]},
        "lost: Edit(who='Beatriz'",
    ),
    (HISTORY, EDITS[:2], SHOWN, "nobody saved that: Line(who='Imogen', what='added Cal'"),
    (HISTORY, [EDITS[0], Edit("Imogen", ADA_RENAMED, ADA), EDITS[2]], SHOWN, "nobody saved that"),
    ([*HISTORY, HISTORY[2]], EDITS, SHOWN, "adds somebody who is there"),
    ([*HISTORY, Line("Imogen", "removed Dan")], EDITS, SHOWN, "is about 0 people"),
]


def test_a_history_in_which_every_edit_stands_is_sound() -> None:
    assert faults(START, HISTORY, EDITS, SHOWN) == []


@pytest.mark.parametrize(("history", "edits", "shown", "said"), PLANTED)
def test_a_planted_fault_is_caught(
    history: list[Line], edits: list[Edit], shown: dict[str, list[Row]], said: str
) -> None:
    assert said in "\n".join(faults(START, history, edits, shown))
