"""Headings of a list as people write them: which role each may stand for, and in which row they are."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from cdef.kernel import words

NAME, FIRST, LAST = "name", "first", "last"
EMAIL, SIDE, POSITION, SITE = "email", "side", "position", "site"
ROLES = {
    NAME: "Name",
    FIRST: "First name",
    LAST: "Last name",
    EMAIL: "E-mail",
    SIDE: "Side",
    POSITION: "Position",
    SITE: "School or office",
}

# Of 100: from where on a heading is a known one; and how sure the others are.
ALIKE, IN_PHRASE, AMBIGUOUS = 80, 82, 70
WITHIN = 8  # rows; titles and notes may stand above the headings

# Headings as people write them, folded; what stands for several roles is told by its cells.
HEADINGS = {
    NAME: "name, full name, participant, participant name, attendee, attendee name, member name, "
    "team member, name of participant, name of team member, person, employee, employee name, "
    "staff name, contact, contact name, registrant, first and last name, last name first name, "
    "name last first",
    FIRST: "first, first name, given name, given names, fname, firstname, preferred name, forename",
    LAST: "last, last name, surname, family name, lname, lastname",
    EMAIL: "email, e mail, email address, e mail address, work email, work e mail, mail, "
    "contact email, email id, electronic mail",
    SIDE: "side, team side, district or union, union or district, district union, representing, "
    "represents, labor or management, management or labor, labor management, union, affiliation, "
    "union affiliation, constituency, constituent group, stakeholder group, employee group, group, "
    "bargaining unit, unit, organization, role",
    POSITION: "position, title, job title, position title, role, team role, job, occupation, "
    "function, assignment, designation, capacity, representing, current position, role title",
    SITE: "site, school, school site, school or site, school or office, school office, office, "
    "location, work site, worksite, work location, building, campus, department, school name, "
    "site name, site department, school department, organization, affiliation, school district",
}
VARIANTS: dict[str, list[str]] = {}
for _role, _texts in HEADINGS.items():
    for _text in _texts.split(", "):
        VARIANTS.setdefault(_text, []).append(_role)
KNOWN = list(VARIANTS)
# For headings that are whole phrases: a role, and sets of words of which each has to give one.
PHRASES = (
    (EMAIL, {"email", "mail"}),
    (FIRST, {"first", "given"}, {"name"}),
    (LAST, {"last", "family"}, {"name"}),
    (SITE, {"school", "site", "work"}, {"name", "location"}),
    (POSITION, {"position", "title"}),
    (NAME, {"name", "names"}),
    (SITE, {"school", "site"}),
)


# What each person says of themselves later, in private, and no list may say for them.
NEEDS = re.compile(
    r"\b(ada|access\w*|accom+odat\w*|allerg\w*|diet\w*|disab\w*|foods?|gluten|meals?|medical|needs?|"
    r"vegan|vegetarian|wheelchair)\b"
)


def is_about_needs(heading: str) -> bool:
    return bool(NEEDS.search(heading_words(re.sub(r"[()]", " ", heading))))


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of headings: two known ones, or the one of a single column; no address stands above."""
    for at, row in enumerate(rows[:WITHIN]):
        filled = [cell for cell in row if cell]
        if any("@" in cell for cell in filled):
            return None
        if sum(bool(roles_of(cell)) for cell in filled) >= min(2, len(row)):
            return at
    return None


@lru_cache(1024)
def roles_of(heading: str) -> Mapping[str, float]:
    """What a heading may stand for, each with how sure that is."""
    bare = heading_words(heading)
    found = process.extractOne(bare, KNOWN, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    if found:
        roles = VARIANTS[found[0]]
        return dict.fromkeys(roles, found[1] if len(roles) == 1 else AMBIGUOUS)
    said = set(bare.split())
    phrase = next((role for role, *sets in PHRASES if all(said & each for each in sets)), None)
    return {phrase: IN_PHRASE} if phrase else {}


def heading_words(heading: str) -> str:
    """A heading without remarks, marks and numbers: "FirstName*" is "first name"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\([^()]*\)", " ", heading))
    bare = " ".join(re.findall(r"[^\W\d_]+", words.fold(spaced)))
    return re.sub(r"\be mail\b", "email", bare)
