"""What people's own words for a side or a position mean: "Asst. Supt.", "CSEA Chapter President"."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from cdef.kernel import words
from cdef.series.rules import DISTRICT, POSITIONS, SIDES, UNION

SURE_LABEL = 90  # of 100; a label of our own, give or take a letter
SURE_WORD = 86
LONGEST = 200  # characters of a title that are read
LONG_WORD = 7  # letters from which on a word is recognised in spite of a slip
# A local of the teachers' unions by its initials, MTA or SJTA; only in capitals, or "data" is one.
TEACHERS_LOCAL = re.compile(r"\b[A-Z]{1,3}(?:TA|EA|FT)\b")
# fmt: off
MEANT = {
    "admin": "administrator", "ap": "assistant principal", "asst": "assistant", "bd": "board",
    "cbo": "chief business", "cfo": "chief business", "dep": "deputy", "dir": "director",
    "exec": "executive", "hr": "human resources", "mgmt": "management", "mgr": "manager",
    "para": "paraeducator", "pres": "president", "prin": "principal", "rep": "representative",
    "supt": "superintendent", "tchr": "teacher", "treas": "treasurer", "vp": "vice president",
}
# fmt: on


def any_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEACHERS = any_of(
    "aft certificated cft cta educators faculty federation nea teacher teachers utla teacherslocal"
)
CLASSIFIED = any_of("afscme classified csea employees esp paraprofessionals seiu teamsters")
CLASSIFIED_JOBS = any_of(
    "aide bus cafeteria clerk custodian driver grounds groundskeeper maintenance paraeducator "
    "paraprofessional receptionist secretary technician"
)
CERTIFICATED_JOBS = any_of(
    "certificated counselor educator instructor librarian nurse psychologist teacher tosa"
)
OFFICERS = any_of(
    "board chair delegate director executive leader negotiator officer representative secretary "
    "steward treasurer"
)
MANAGEMENT = any_of(
    "administration administrator cabinet management superintendent trustee trustees"
)
UNIONS = (
    any_of("assoc association chapter labor local uniserv")
    | TEACHERS
    | (CLASSIFIED - {"employees"})
)
DISTRICT_WORDS = any_of("board coe county district employer esd principal uhsd unified usd")
EMPLOYEES = any_of("bargaining employees union unions")
DISTRICT_KINDS = any_of("elementary high joint school")  # "Union" is a part of their names
LABOR_RELATIONS = (any_of("labor employee employer"), any_of("relations"))
# One letter or word that fills a whole cell.
INITIALS = {"d": DISTRICT, "m": DISTRICT, "l": UNION, "u": UNION}
SIDE_WORDS = (
    MANAGEMENT
    | UNIONS
    | DISTRICT_WORDS
    | EMPLOYEES
    | any_of("and for group member members of representatives school side staff team the")
)
NOT_A_SIDE = any_of("board principal superintendent teacher trustee")

LABELS = {
    side: {key: words.fold(label) for key, label in POSITIONS[side].items()} for side in SIDES
}
# For each side, in this order: a position, and sets of words of which each has to give one.
PATTERNS = {
    DISTRICT: (
        (
            "district_other",
            any_of("administrative confidential executive"),
            any_of("assistant secretary"),
        ),
        (
            "assistant_superintendent",
            any_of("area assistant assoc associate deputy"),
            any_of("superintendent"),
        ),
        ("superintendent", any_of("superintendent")),
        ("board", any_of("board governing trustee trustees")),
        ("human_resources", any_of("human personnel")),
        ("human_resources", *LABOR_RELATIONS),
        ("business", any_of("business finance financial fiscal")),
        ("principal", any_of("dean principal")),
        ("principal", any_of("site"), any_of("administrator leader")),
        (
            "district_other",
            any_of("administrator analyst cabinet chief coordinator director manager supervisor"),
        ),
    ),
    UNION: (
        ("classified_leader", CLASSIFIED, any_of("past vice")),
        ("classified_president", CLASSIFIED, any_of("president")),
        ("classified_leader", CLASSIFIED, OFFICERS),
        ("teachers_leader", TEACHERS | any_of("association"), any_of("past vice")),
        ("teachers_president", TEACHERS | any_of("association"), any_of("president")),
        ("teachers_leader", TEACHERS, OFFICERS),
        ("teachers_leader", any_of("executive"), any_of("director")),
        ("classified_leader", *LABOR_RELATIONS),
        ("classified", CLASSIFIED_JOBS),
        ("teacher", CERTIFICATED_JOBS),
        ("classified", any_of("classified")),
    ),
}
VOCABULARY = SIDE_WORDS.union(
    CERTIFICATED_JOBS,
    CLASSIFIED_JOBS,
    OFFICERS,
    *(each for row in PATTERNS.values() for pattern in row for each in pattern[1:]),
)
LONG_WORDS = sorted(word for word in VOCABULARY if len(word) >= LONG_WORD)


def tokens(text: str) -> frozenset[str]:
    """The words of a title, abbreviations written out and slips of long words mended."""
    return tokens_of(text[:LONGEST])


@lru_cache(1024)
def tokens_of(text: str) -> frozenset[str]:
    local = ["teacherslocal"] if TEACHERS_LOCAL.search(text) else []
    bare = re.findall(r"[^\W_]+", words.fold(text))
    whole = [part for word in bare for part in MEANT.get(word, word).split()]
    return frozenset([*map(mended, whole), *local])


@lru_cache(1024)
def mended(word: str) -> str:
    if len(word) < LONG_WORD or word in VOCABULARY:
        return word
    found = process.extractOne(word, LONG_WORDS, scorer=fuzz.ratio, score_cutoff=SURE_WORD)
    return found[0] if found else word


def side_of(text: str) -> str:
    """The side that a word or title speaks of, or nothing.

    Management comes first, since managers are called classified or certificated too; "Union" comes
    last, since many districts are called so.
    """
    said = tokens(text)
    if len(said) == 1 and said <= INITIALS.keys():
        return INITIALS[next(iter(said))]
    if said & MANAGEMENT or all(said & part for part in LABOR_RELATIONS):
        return DISTRICT
    if said & UNIONS:
        return UNION
    if said & DISTRICT_WORDS or ("union" in said and said & DISTRICT_KINDS):
        return DISTRICT
    return UNION if said & (EMPLOYEES | CLASSIFIED_JOBS | CERTIFICATED_JOBS) else ""


def is_side_word(text: str) -> bool:
    """Whether a cell names a side and nothing else: "District", "CTA", "Teachers Association"."""
    said = frozenset(word for word in tokens(text) if not word.isdigit())
    return bool(side_of(text)) and said <= SIDE_WORDS | INITIALS.keys() and not said & NOT_A_SIDE


def position_of(text: str, side: str = "") -> str:
    """The position of ``side`` that a title means; nothing where none fits, or one of each side."""
    asked = side or side_of(text)
    sides = [asked] if asked else SIDES
    found = [labelled(text[:LONGEST], each) or matched(tokens(text), each) for each in sides]
    fitting = list(filter(None, found))
    return fitting[0] if len(fitting) == 1 else ""


@lru_cache(1024)
def labelled(text: str, side: str) -> str:
    """The position whose own label a text is."""
    scorer = fuzz.token_sort_ratio
    found = process.extractOne(
        words.fold(text), LABELS[side], scorer=scorer, score_cutoff=SURE_LABEL
    )
    return found[2] if found else ""


def matched(said: frozenset[str], side: str) -> str:
    for position, *needed in PATTERNS[side]:
        if all(said & each for each in needed):
            return position
    return ""


def side_of_position(position: str) -> str:
    return next((side for side in SIDES if position in POSITIONS[side]), "")
