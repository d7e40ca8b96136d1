"""What one cell of a list holds: an address, a title, a place, a name."""

import re
from collections import Counter
from collections.abc import Sequence

from cdef.kernel import words
from cdef.teams.heading_rules import EMAIL, NAME, POSITION, SIDE, SITE
from cdef.teams.position_rules import is_side_word, position_of

WORD = "word"  # what may be half a name
LONGEST = 400  # characters of a cell that is looked into; an address has up to 254
MOST_SIDES = 8  # different words for the sides in one column
ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
# The whole cell, or what a mail program puts behind a name; part of a broken address is none.
ONE_ADDRESS = re.compile(
    r"(?:([^<>]*)<)?\s*(?:mailto:)?([^\s@<>;,]+@[^\s@<>;,]+?)>?[\s;,.]*", re.IGNORECASE
)
WORD_OF_NAME = r"[^\W\d_][^\W\d_.’'‘`-]*(?:[.’'‘`-][^\W\d_]*)*"
SHAPE = re.compile(rf"{WORD_OF_NAME}(?:,? {WORD_OF_NAME}){{1,5}}\.?(?: \([^()]*\))?")
ONE_WORD = re.compile(rf"{WORD_OF_NAME}(?: {WORD_OF_NAME}){{0,2}}")
PLACE = re.compile(
    r"\b(academy|campus|center|department|dept|district|elementary|es|high|hs|k-?8|middle|ms|"
    r"office|preschool|school|site|unified)\b"
)


def kind_of(cell: str) -> str:
    """What a cell looks like: a role, "word" for what may be half a name, or nothing."""
    if len(cell) > LONGEST:
        return ""
    if ADDRESS.search(cell):
        return EMAIL
    if is_side_word(cell):
        return SIDE
    if position_of(cell):
        return POSITION
    if PLACE.search(words.fold(cell)):
        return SITE
    if SHAPE.fullmatch(cell):
        return NAME
    return WORD if ONE_WORD.fullmatch(cell) else ""


def shares(cells: Sequence[str]) -> dict[str, float]:
    """How many of a column's cells look like each role, in percent."""
    counts = Counter(map(kind_of, cells))
    if len({words.fold(cell) for cell in cells}) > MOST_SIDES:
        counts[SIDE] = 0
    return {kind: 100 * count / len(cells) for kind, count in counts.items()}


def address_in(cell: str) -> str:
    """The address of "Jo Lee <jo@example.org>" or "mailto:jo@example.org"; else the cell as it is."""
    found = mailbox(cell)
    return found[2] if found else cell


def brackets_name(cell: str) -> str:
    """The name that a mail program puts before an address, or nothing."""
    found = mailbox(cell)
    return (found[1] or "").strip(" \"'") if found else ""


def mailbox(cell: str) -> re.Match[str] | None:
    return ONE_ADDRESS.fullmatch(cell) if len(cell) <= LONGEST else None
