"""The state's file in small: its 24 columns, with made-up rows; and the real one, where it is."""

from pathlib import Path

import pytest

from cdef.directory.rules import Row

REAL_FILE = Path(__file__).parents[3] / "shared" / "data" / "pubdistricts.txt"
# fmt: off
HEADINGS = (
    "CD Code", "County", "District", "Street", "City", "Zip", "State", "MailStreet", "MailCity",
    "MailZip", "MailState", "Phone", "Ext  ", "FaxNumber", "Email", "AdmFName", "AdmLName",
    "AdmEmail", "Latitude", "Longitude", "DOC", "DOCType", "StatusType", "LastUpDate",
)
# fmt: on
UNIFIED = "Unified School District"
MILPITAS = {
    "CD Code": "4373387",
    "County": "Santa Clara",
    "District": "Milpitas Unified",
    "City": "Milpitas",
    "DOCType": UNIFIED,
    "StatusType": "Active",
}
HAYWARD = MILPITAS | {
    "CD Code": "0161192",
    "County": "Alameda",
    "District": "Hayward Unified",
    "City": "Hayward",
}
MILPITAS_ROW = Row("4373387", "Milpitas Unified", "Santa Clara", "Milpitas", UNIFIED)
HAYWARD_ROW = Row("0161192", "Hayward Unified", "Alameda", "Hayward", UNIFIED)


def line(cells: dict[str, str]) -> str:
    return "\t".join(cells.get(heading, "No Data") for heading in HEADINGS)


def state_file(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """A file as the state publishes it, with these rows; a cell that is not given is "No Data"."""
    lines = ["\t".join(HEADINGS), *(line(cells) for cells in rows)]
    return "".join(f"{each}\r\n" for each in lines).encode(encoding)


@pytest.fixture
def real_file() -> Path:
    if not REAL_FILE.exists():
        pytest.skip("the state's file is not beside the repository (../shared/data)")
    return REAL_FILE
