"""The security document names every requirement once, and everything that it names is there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from tests.asvs import requirements

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "security.md").read_text()
MOST_DEVIATIONS = 6
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \|(.*)\|(.*)\|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FILE = re.compile(r"`((?:cdef|docs|static|templates|tests)/[\w/.]+\.\w+|\w+\.(?:md|toml|txt))`")
LINK = re.compile(r"\]\(([^)#]*)#?([^)]*)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
OUTSIDE = {"MANIFEST.toml"}  # Named by its folder beside it.


@lru_cache
def functions_in(path: str) -> set[str]:
    """The names of the test functions of a file."""
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def anchor(heading: str) -> str:
    """What a heading is called in an address."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def faults(document: str) -> Iterator[str]:
    yield from faults_of_rows(document)
    yield from faults_of_names(document)
    yield from faults_of_deviations(document)


def faults_of_rows(document: str) -> Iterator[str]:
    rows = ROW.findall(document)
    for number, times in (Counter(requirements()) - Counter(row[0] for row in rows)).items():
        yield f"{number} is missing {times} times"
    for number, times in (Counter(row[0] for row in rows) - Counter(requirements())).items():
        yield f"{number} is there {times} times too often"
    for number, asks, where in rows:
        if not asks.strip() or not is_met(where.strip()):
            yield f"{number} says nothing"


def is_met(where: str) -> bool:
    """Whether a row names a test, a file or a section, or says why it does not arise."""
    reason = where.partition("not applicable: ")[2]
    return bool(reason or TEST.search(where) or FILE.search(where) or LINK.search(where))


def faults_of_names(document: str) -> Iterator[str]:
    for path, name in TEST.findall(document):
        if not (ROOT / path).is_file() or name not in functions_in(path):
            yield f"there is no {path}::{name}"
    for path in set(FILE.findall(document)) - OUTSIDE:
        if not (ROOT / path).is_file():
            yield f"there is no {path}"
    headings = {anchor(heading) for heading in HEADING.findall(document)}
    for path, section in LINK.findall(document):
        if path and not path.startswith("https:") and not (ROOT / "docs" / path).is_file():
            yield f"there is no {path}"
        if not path and section not in headings:
            yield f"there is no section {section}"


def faults_of_deviations(document: str) -> Iterator[str]:
    defended = {found for found in map(anchor, HEADING.findall(document)) if is_deviation(found)}
    rows = " ".join(where for _, _, where in ROW.findall(document))
    named = {section for _, section in LINK.findall(rows) if is_deviation(section)}
    if len(defended) > MOST_DEVIATIONS:
        yield f"there are {len(defended)} deviations"
    for section in defended ^ named:
        yield f"{section} is defended and not named, or named and not defended"


def is_deviation(section: str) -> bool:
    return section.startswith("deviation-")


def test_it_names_every_requirement_once_and_only_what_is_there() -> None:
    assert list(faults(DOCUMENT)) == []


def test_the_standard_has_253_requirements_of_both_levels() -> None:
    assert len(set(requirements())) == len(requirements()) == 253


def test_whoever_reports_a_hole_finds_it() -> None:
    assert "(docs/security.md)" in (ROOT / "SECURITY.md").read_text()


PLANTED = {
    "a row less": ("| 1.1.1 |", "| 1.1.99 |", "1.1.1 is missing 1 times"),
    "a row twice": ("| 1.1.2 |", "| 1.1.1 |", "1.1.1 is there 1 times too often"),
    "an empty row": ("not applicable: there is no LDAP", "", "1.2.6 says nothing"),
    "a test that went": ("test_a_link_works_once", "test_gone", "there is no tests/accounts/"),
    "a file that went": ("`cdef/backups.py`", "`cdef/gone.py`", "there is no cdef/gone.py"),
    "a section that went": ("(#keys)", "(#locks)", "there is no section locks"),
    "a deviation without defence": ("### Deviation 1. One proof", "", "deviation-1-one-proof is"),
    "a seventh": ("## The table", "### Deviation 7. One more", "there are 7 deviations"),
}


@pytest.mark.parametrize(("good", "bad", "said"), PLANTED.values(), ids=list(PLANTED))
def test_a_planted_fault_is_caught(good: str, bad: str, said: str) -> None:
    assert good in DOCUMENT
    found = list(faults(DOCUMENT.replace(good, bad)))
    assert [fault for fault in found if fault.startswith(said)]
