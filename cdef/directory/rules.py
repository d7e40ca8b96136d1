"""Rules of the directory: what the state's file holds, and how a district is looked for."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO

from cdef.kernel import words
from cdef.kernel.problems import refusal

LARGEST_FILE = 5 * 1024 * 1024  # bytes
MOST_ROWS = 5_000
LONGEST_NAME = 120
LONGEST_SEARCH = 200  # No name with its county and city is as long.
SHOWN = 12

CODE, COUNTY, NAME, CITY, KIND, STATUS = (
    "CD Code",
    "County",
    "District",
    "City",
    "DOCType",
    "StatusType",
)
COLUMNS = (CODE, COUNTY, NAME, CITY, KIND, STATUS)

# Who has employees' unions to send a team with. The file's other kinds (regional occupation
# programs, the State Board's and benefit charters, state special schools, offices without schools)
# are not districts that bargain as such. Each is searched by its usual abbreviation too.
KINDS = {
    "County Office of Education (COE)": "coe",
    "Elementary School District": "esd",
    "High School District": "uhsd",
    "Unified School District": "usd",
}

# The state numbers its counties in this order from 01; a CD code begins with the number.
# fmt: off
COUNTIES = (
    "Alameda", "Alpine", "Amador", "Butte", "Calaveras", "Colusa", "Contra Costa", "Del Norte",
    "El Dorado", "Fresno", "Glenn", "Humboldt", "Imperial", "Inyo", "Kern", "Kings", "Lake",
    "Lassen", "Los Angeles", "Madera", "Marin", "Mariposa", "Mendocino", "Merced", "Modoc", "Mono",
    "Monterey", "Napa", "Nevada", "Orange", "Placer", "Plumas", "Riverside", "Sacramento",
    "San Benito", "San Bernardino", "San Diego", "San Francisco", "San Joaquin", "San Luis Obispo",
    "San Mateo", "Santa Barbara", "Santa Clara", "Santa Cruz", "Shasta", "Sierra", "Siskiyou",
    "Solano", "Sonoma", "Stanislaus", "Sutter", "Tehama", "Trinity", "Tulare", "Tuolumne",
    "Ventura", "Yolo", "Yuba",
)
# fmt: on
COUNTY_NUMBERS = {words.fold(name): f"{n:02}" for n, name in enumerate(COUNTIES, start=1)}


@dataclass(frozen=True)
class Row:
    """One active district or county office; of the file's 24 columns nothing else is kept."""

    cd_code: str
    name: str
    county: str
    city: str
    kind: str


@dataclass(frozen=True)
class Skipped:
    """A line of the file that was left out, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class Reading:
    """What the state's file says, and what of it was left out."""

    kept: list[Row]
    skipped: list[Skipped]


def read_directory(content: bytes) -> Reading:
    """Read the state's list of public districts: tab-separated, one header line.

    Kept are active elementary, high school and unified districts and county offices. The file is
    described at https://www.cde.ca.gov/ds/si/ds/fspubdistricts.asp; columns are found by name, in
    any order. ``Refused`` for what is no such file, or holds no district at all.
    """
    lines = list(lines_of(text_of(content)))
    width, columns = len(lines[0][1]), columns_of(lines[0][1])
    refuse_too_many(len(lines) - 1)
    reading = sort_out((line, read_row(cells, columns, width)) for line, cells in lines[1:])
    if not reading.kept:
        raise refusal("This file holds no active district or county office. Nothing was changed.")
    return reading


def text_of(content: bytes) -> str:
    """The file's text; ``Refused`` for what is empty, too large, or no text at all."""
    if len(content) > LARGEST_FILE:
        raise refusal("This file is larger than 5 MB.")
    text = decoded(content)
    if text is None or "\0" in text:
        raise refusal(
            "This is not a text file in UTF-8 or Windows-1252. Save it as tab-delimited text."
        )
    if not text.strip():
        raise refusal("This file is empty.")
    return text


def decoded(content: bytes) -> str | None:
    """UTF-8, else Windows-1252; or the UTF-16 that Excel calls Unicode Text."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not blank, as its number and its cells."""
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        if line.strip():
            yield number, [unquoted(cell) for cell in line.rstrip("\n").split("\t")]


def unquoted(cell: str) -> str:
    """A cell without the quotes that a spreadsheet adds, nor the state's words for nothing."""
    cell = words.one_line(cell, LONGEST_NAME)
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"').strip()
    return "" if cell == "No Data" else cell


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, whatever the case and spaces of its heading."""
    if len(header) == 1:
        raise refusal("The columns of this file are not separated by tabs.")
    found = {bare_heading(cell): at for at, cell in reversed(list(enumerate(header)))}
    missing = [name for name in COLUMNS if bare_heading(name) not in found]
    if missing:
        raise refusal(f"The first line of this file does not name: {words.listing(missing)}.")
    return {name: found[bare_heading(name)] for name in COLUMNS}


def bare_heading(text: str) -> str:
    return words.fold(text).replace(" ", "")


def refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        raise refusal(f"This file has {rows:,} rows, more than the {MOST_ROWS:,} that are read.")


def read_row(cells: Sequence[str], columns: Mapping[str, int], width: int) -> Row | str:
    """The district of one line, or the reason to leave it out."""
    if len(cells) != width:
        return "It has more or fewer columns than the first line."
    cell = {name: cells[at] for name, at in columns.items()}
    reason = unwanted(cell)
    if reason:
        return reason
    code = whole_code(cell[CODE], cell[COUNTY])
    return Row(code, cell[NAME], cell[COUNTY], cell[CITY], cell[KIND])


def unwanted(cell: Mapping[str, str]) -> str:
    """Why a line is left out, or nothing."""
    if cell[KIND] not in KINDS:
        return f"{cell[KIND] or 'No kind'}: neither a school district nor a county office."
    if cell[STATUS] != "Active":
        return f"{cell[STATUS] or 'No status'}: not in operation."
    if not cell[NAME] or not cell[COUNTY]:
        return "It has no name or no county."
    if not whole_code(cell[CODE], cell[COUNTY]):
        return "Its CD code is not seven digits, even with the zero that spreadsheets drop."
    return ""


def whole_code(text: str, county: str) -> str:
    """The seven digits of a CD code, or nothing.

    A spreadsheet drops a first zero; it is put back where the code then begins with the number
    of its county, since any other six digits are a mistake that nobody can mend here.
    """
    if re.fullmatch("[0-9]{6}", text) and f"0{text[0]}" == COUNTY_NUMBERS.get(words.fold(county)):
        return f"0{text}"
    return text if re.fullmatch("[0-9]{7}", text) else ""


def sort_out(read: Iterator[tuple[int, Row | str]]) -> Reading:
    """Rows and reasons apart; of rows with one CD code the first is kept."""
    kept: dict[str, Row] = {}
    skipped = []
    for line, found in read:
        if isinstance(found, str):
            skipped.append(Skipped(line, found))
        elif found.cd_code in kept:
            skipped.append(Skipped(line, "Its CD code stands in an earlier line too."))
        else:
            kept[found.cd_code] = found
    return Reading(list(kept.values()), skipped)


def search_text(name: str, county: str, city: str, kind: str = "") -> str:
    """What a search looks through; it begins with the name."""
    return words.fold(f"{name} {county} county {city} {kind} {KINDS.get(kind, '')}")


def search_words(text: str) -> list[str]:
    """The letters and digits of a search, word by word; none of a text that no name is as long as."""
    folded = words.fold(text)
    found = re.findall(r"[^\W_]+", folded) if len(folded) <= LONGEST_SEARCH else []
    return list(dict.fromkeys(found))


def searched_code(text: str) -> str:
    """The CD code that a search may be for, or nothing: "4373387", "43-73387", "161119"."""
    digits = "".join(search_words(text))
    return digits.zfill(7) if re.fullmatch("[0-9]{6,7}", digits) else ""


def is_too_short(text: str) -> bool:
    return len(words.fold(text)) < 2


def said(text: str, total: int) -> str:
    """The sentence above the choices that a search found."""
    if is_too_short(text):
        return "Type the first letters of your district."
    if not total:
        asked = words.one_line(text, 60)
        return (
            f"No district matches “{asked}”. "
            "Check the spelling, or choose “My district is not listed”."
        )
    if total > SHOWN:
        return f"The first {SHOWN} of {total:,}; type more letters."
    return f"{words.plural(total, 'district matches', 'districts match')}."


def county_name(text: str) -> str:
    """A county as the state writes it: "santa clara county" is "Santa Clara"."""
    bare = re.sub(r"\s+county$", "", words.one_line(text, LONGEST_NAME), flags=re.IGNORECASE)
    spelled = {words.fold(name): name for name in COUNTIES}
    return spelled.get(words.fold(bare), bare)


def identity(name: str, county: str) -> tuple[str, str]:
    """What two entries for one district share: "Milpitas Unified School District" is no other."""
    bare = words.fold(name).removesuffix(" district").removesuffix(" school")
    return bare, words.fold(county_name(county))
