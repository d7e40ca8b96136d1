"""A list of 300 people as a district keeps it: every way to be odd, and what is to come of each row."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import cycle
from random import Random

FIRST = ("María José", "Søren", "Zoë", "Nguyệt", "D’Andre", "Ana-Lucía", "Jürgen", "Bao", "Ifeoma")
LAST = (
    "García-Rojas",
    "O’Dell",
    "Đặng",
    "Müller",
    "de la Cruz",
    "Okafor",
    "Smith, Jr.",
    "Håkansson",
)
# Titles as districts write them, with the side and the position that each means.
TITLES = (
    ("Supt.", "District", "superintendent"),
    ("Asst. Superintendent, Ed Services", "Management", "assistant_superintendent"),
    ("Board Trustee", "District", "board"),
    ("HR Director", "Mgmt", "human_resources"),
    ("CBO", "Admin", "business"),
    ("Vice Principal", "District Administration", "principal"),
    ("Coordinator of Assessment", "District", "district_other"),
    ("CTA President", "CTA", "teachers_president"),
    ("Bargaining Chair, MTA", "Teachers Association", "teachers_leader"),
    ("CSEA Chapter President", "CSEA", "classified_president"),
    ("CSEA 1st Vice President", "Classified", "classified_leader"),
    ("3rd grade teacher", "Certificated", "teacher"),
    ("School Secretary", "Union", "classified"),
)
SITES = ("Alder Middle School", "District Office", "Río Vista Elementary", "Harbor High")
HEADINGS = [
    "#",
    "Participant",
    "Work E-mail\nAddress",
    "Job Title",
    "Representing",
    "School/Site",
    "Dietary",
]
# What happens to a row, and what is to come of it; most are as they should be.
FATES = ("ready",) * 12 + (
    "no_address", "broken_address", "other_title", "no_name", "again", "turned", "shared", "slip",
)  # fmt: skip
# The cell that a fate spoils, and what is in it instead.
SPOILT = {
    "no_address": (2, ""),
    "broken_address": (2, "person.{0} at district.example.org"),
    "slip": (2, "person.{0}@gmial.com"),
    "shared": (2, "office@district.example.org"),
    "other_title": (3, "Friend of the team"),
    "no_name": (1, "TBD"),
}
VERDICTS = {
    "ready": "ready",
    "slip": "ready",
    "no_address": "mend",
    "broken_address": "mend",
    "other_title": "mend",
    "no_name": "mend",
    "shared": "mend",
    "again": "duplicate",
    "turned": "duplicate",
}


def letters(number: int) -> str:
    """A number as letters, so that made-up names differ."""
    return "".join(chr(ord("a") + int(digit)) * 2 for digit in str(number))


def rows(people: int) -> Iterator[tuple[str, list[str]]]:
    """Each row's fate and its cells; a row that repeats another follows it by some."""
    chance, fates = Random(2016), cycle(FATES)
    good: list[list[str]] = []
    for number in range(1, people + 1):
        title, side, _ = TITLES[number % len(TITLES)]
        first, last = chance.choice(FIRST), f"{chance.choice(LAST[:6])}{letters(number)}"
        name = f"{last},\n{first}" if number % 7 == 0 else f"{first} {last}"
        email = f"person.{number}@district.example.org"
        cells = [
            str(number),
            name,
            email,
            title,
            side,
            chance.choice(SITES),
            chance.choice(["", "vegan"]),
        ]
        fate = next(fates)
        yield fate, spoilt(fate, cells, good)
        if fate == "ready":
            good.append([cells[0], f"{first} {last}", *cells[2:]])


def spoilt(fate: str, cells: list[str], good: list[list[str]]) -> list[str]:
    """A row as its fate wants it."""
    if fate == "again":
        return [cells[0], *(cell.upper() for cell in good[-3][1:3]), *cells[3:]]
    if fate == "turned":
        *first, last = good[-5][1].split()
        return [cells[0], " ".join([last, *first]), *cells[2:]]
    at, text = SPOILT.get(fate, (0, cells[0]))
    return [*cells[:at], text.format(*cells), *cells[at + 1 :]]


def fates(people: int = 300) -> list[str]:
    return [fate for fate, _ in rows(people)]


def pasted(people: int = 300) -> str:
    """The list as a spreadsheet puts it on the clipboard, under a title, with a blank line."""
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    writer.writerows([["Joint team, spring"], [], HEADINGS, *(cells for _, cells in rows(people))])
    return out.getvalue()
