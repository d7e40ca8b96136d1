"""Transition tables: a verb leads from one state to another, or is refused."""

from collections.abc import Mapping

from cdef.kernel.problems import refusal


def apply(table: Mapping[tuple[str, str], str], state: str, verb: str) -> str:
    """The state that ``verb`` leads to from ``state``; ``Refused`` where the table has no such row."""
    try:
        return table[state, verb]
    except KeyError:
        raise refusal(f"This cannot be done now: it is {state}.") from None


def verbs(table: Mapping[tuple[str, str], str], state: str) -> list[str]:
    """What can be done from ``state``, in the table's order."""
    return [verb for (start, verb) in table if start == state]
