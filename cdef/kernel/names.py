"""Names and addresses of people as they are compared, turned and mended."""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cdef.kernel import words

PREFIXES: Final = frozenset(("dr", "hon", "miss", "mr", "mrs", "ms", "mx", "prof", "rev"))
GENERATIONS: Final = frozenset(("ii", "iii", "iv", "jr", "sr"))
# Not "ma", "do" and other degrees that are family names as well.
DEGREES: Final = frozenset(("cpa", "edd", "esq", "jd", "mba", "md", "mpa", "msw", "phd", "psyd"))
NOT_COMPARED: Final = PREFIXES | GENERATIONS | DEGREES
PROVIDERS: Final = (
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "aol.com",
    "comcast.net",
    "sbcglobal.net",
)
# Domains that are one letter from a provider's, and right.
RIGHT: Final = frozenset({"ymail.com", "mail.com", "gmx.com", "email.com", "aol.co.uk"})
LONG_DOMAIN: Final = 9  # characters from which on two slips are taken for slips
LONG_WORD: Final = 6  # the same for a word of a name
NOBODY: Final = re.compile(
    r"(name )?(t ?b ?[acd]|n ?a|none|open|vacant|vacancy|unknown|to follow|to be \w+)( .*)?"
)


def same_person_key(name: str) -> str:
    """What two spellings of one name share: "García, María" and "Maria J. Garcia" are one person.

    Case, accents, order, titles, middle initials, hyphens and apostrophes do not count. It can
    only suggest: two people may have one name.
    """
    parts = name_parts(name)
    bare = [part for part in parts if part not in NOT_COMPARED] or parts
    whole = [part for part in bare if len(part) > 1]
    return " ".join(sorted(whole if len(whole) > 1 else bare))


def name_parts(name: str) -> list[str]:
    """A name's folded words: "Dr. O’Brien-Smith" is dr, obrien and smith."""
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)'(?=\w)|(?<=\w\w)\.(?=\w)", "", words.fold(name)))


def is_respelled(before: str, after: str) -> bool:
    """Whether a name is the other one spelled anew, and not somebody else's.

    They share a word, or have two that differ by a slip: "Ann Smyth" may become "Ann Jones" and
    "Anne Smith", not "Jo Lee".
    """
    old, new = name_parts(before), name_parts(after)
    return before == after or any(is_one_word(one, other) for one in old for other in new)


def is_one_word(one: str, other: str) -> bool:
    """Two words of names that are one, or differ by a slip; an initial tells nobody apart."""
    shorter = min(len(one), len(other))
    slips = 2 if shorter >= LONG_WORD else 1
    return shorter > 2 and OSA.distance(one, other) <= slips


def is_nobody(name: str) -> bool:
    """Whether a place is only held: "TBD", "Name to follow", "Vacant"."""
    return NOBODY.fullmatch(" ".join(name_parts(name))) is not None


def turned(name: str) -> str:
    """A name in the order of speech: "García, María José" is "María José García".

    What follows the name stays behind it: "Lee, Jo, Ed.D." is "Jo Lee, Ed.D.", "King Jr., Al" is
    "Al King Jr.", and "Jo Lee, Ph.D." stays. A remark in brackets stays last.
    """
    name, remark = split_remark(name)
    head, *rest = [part for part in map(str.strip, name.split(",")) if part] or [""]
    given = [part for part in rest if not is_suffix(part)]
    after = [part for part in rest if is_suffix(part)]
    if len(given) == 1:
        family, own_suffix = split_suffix(head)
        head = " ".join(filter(None, [given[0], family, own_suffix]))
    elif given:
        return " ".join(filter(None, [name, remark]))
    return " ".join(filter(None, [", ".join([head, *after]), remark]))


def split_remark(name: str) -> tuple[str, str]:
    """A name and the remark in brackets at its end."""
    found = re.fullmatch(r"(.*\S)\s*(\([^()]*\))", name)
    return (found[1], found[2]) if found else (name, "")


def is_suffix(part: str) -> bool:
    """Whether all of it follows a name: "Jr.", "Ph.D.", but not the initials "J.R."."""
    folded = [word.strip(".") for word in words.fold(part).split()]
    return all(word in GENERATIONS or word.replace(".", "") in DEGREES for word in folded)


def split_suffix(family: str) -> tuple[str, str]:
    """A family name and the "Jr." or "III" after it."""
    first, _, last = family.rpartition(" ")
    return (first, last) if first and is_suffix(last) else (family, "")


def likely_domain(email: str, known_domains: Iterable[str] = ()) -> str | None:
    """The address that was probably meant: "jo@gmial.com" is "jo@gmail.com"; else None.

    ``known_domains`` are right whatever they resemble, and are guessed like the large providers.
    """
    name, _, domain = email.rpartition("@")
    known = {known.lower() for known in known_domains}
    if not name or domain.lower() in known | RIGHT | set(PROVIDERS):
        return None
    meant = nearest(domain.lower(), (*sorted(known), *PROVIDERS))
    return f"{name}@{meant}" if meant else None


def nearest(domain: str, right: Iterable[str]) -> str | None:
    """The one domain that is a slip or two away: a letter missing, doubled, wrong or swapped.

    Its first letter is seldom wrong, and tells the domains of neighbouring places apart.
    """
    slips = 2 if len(domain) >= LONG_DOMAIN else 1
    alike = [each for each in right if each[:1] == domain[:1]]
    found = process.extractOne(domain, alike, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None
