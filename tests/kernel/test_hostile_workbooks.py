"""Workbooks that would take all memory, all time or a secret, and files that are none."""

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from struct import pack_into

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdef.kernel.problems import Refused
from cdef.kernel.sheets import from_file
from cdef.kernel.sheets.markup import Watcher, walk
from tests.kernel.workbook_file import SHEET, cells, parts, sheet, sheet_of, workbook, zipped

ROOT = Path(__file__).parents[2]
MB = 1024 * 1024
PLAIN = dict(parts(sheet(["Jo Lee"])))
DAMAGED = "This file is damaged. Open it in your spreadsheet program, save it again, and choose"
LOCKED = "This file is locked with a password. Save a copy without a password"
DOCTYPE = "This file holds a document type (DOCTYPE), which no spreadsheet program writes."
UNPACKED = "This file unpacks to more than 50 MB, far more than a list needs."
ROWS = "This list goes on below row 5,001: at most 5,000 rows and their headings are read."
COLUMNS = "This list has more than 100 columns. Please delete those that are not needed."
TEXT = "This list holds more text than can be read. Please delete what is not needed."
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
SECRET = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**PLAIN, name: content})


def renamed(name: str) -> bytes:
    """An archive of another kind, known by one of its parts."""
    return zipped({"mimetype": "x", name: "<x/>"})


def bomb() -> bytes:
    return with_part(SHEET, sheet(["a"]) + " " * (51 * MB))


def lying_bomb() -> bytes:
    """The same, but before the part and in the directory its size is said to be a kilobyte."""
    content = bytearray(bomb())
    pack_into("<L", content, content.index(SHEET.encode()) - 30 + 22, 1024)
    pack_into("<L", content, entry(content, SHEET) + 24, 1024)
    return bytes(content)


def overlapping() -> bytes:
    """Two entries of the directory that point at one part."""
    content = bytearray(with_part("xl/more.xml", "a" * 99))
    pack_into("<L", content, entry(content, "xl/more.xml") + 42, 0)
    return bytes(content)


def entry(content: bytes | bytearray, name: str) -> int:
    """Where the directory's entry of a part begins; its name follows after 46 bytes."""
    return content.rindex(name.encode()) - 46


def same_name_twice() -> bytes:
    return zipped({**PLAIN, "xl/Workbook.xml": "<workbook/>"})


def with_password() -> bytes:
    content = bytearray(workbook(sheet(["a"])))
    content[entry(content, SHEET) + 8] |= 1
    return bytes(content)


def broken_checksum() -> bytes:
    content = bytearray(workbook(sheet(["Jo Lee"])))
    pack_into("<L", content, entry(content, SHEET) + 16, 0)
    return bytes(content)


def corners() -> bytes:
    return workbook(
        sheet_of(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        )
    )


def shared_text() -> bytes:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"
    return workbook(sheet_of(row * 1000), strings=f"<si><t>{'x' * 20_000}</t></si>")


def rows() -> bytes:
    return workbook(sheet_of("<row><c><v>1</v></c></row>" * 1_000_000))


def wide() -> bytes:
    """One element with more attributes than fit into memory as objects."""
    attributes = " ".join(f"a{n}='{n}'" for n in range(300_000))
    return workbook(sheet_of(f"<row {attributes}/>"))


def many_sheets() -> bytes:
    """A hundred sheets of 20,000 empty elements each: none is too much, all are."""
    return workbook(*[sheet_of("<a/>" * 20_000)] * 100)


def one_sheet_many_times() -> bytes:
    """The same, as a hundred names of one part; it is walked once."""
    named = dict(parts(*[sheet_of("<a/>" * 20_000)] * 100))
    key = "xl/_rels/workbook.xml.rels"
    named[key] = re.sub(r"sheet\d+\.xml", "sheet1.xml", named[key])
    return zipped(named)


def password_container() -> bytes:
    return OLE + "EncryptedPackage".encode("utf-16-le")


HOSTILE: list[tuple[Callable[[], bytes], str]] = [
    (bomb, UNPACKED),
    (lying_bomb, DAMAGED),
    (overlapping, DAMAGED),
    (same_name_twice, DAMAGED),
    (with_password, LOCKED),
    (password_container, LOCKED),
    (broken_checksum, DAMAGED),
    (corners, ROWS),
    (shared_text, TEXT),
    (lambda: zipped({f"xl/{n}.xml": "" for n in range(1_001)}), "This file consists of more than"),
    (lambda: zipped({"list.xlsx": workbook(sheet(["a"]))}), "This is an archive, which cannot"),
    (lambda: zipped({}), "This is an archive, which cannot be read here."),
    (lambda: renamed("word/document.xml"), "This is a Word document, which cannot be read here."),
    (lambda: renamed("ppt/presentation.xml"), "This is a presentation, which cannot be read here."),
    (lambda: renamed("content.xml"), "This is an OpenDocument file, which cannot be read here."),
    (lambda: renamed("xl/workbook.bin"), "This is a binary workbook (.xlsb), which cannot be"),
    (lambda: renamed("Index/Document.iwa"), "This is a Numbers document, which cannot be read"),
    (lambda: OLE + b"Workbook", "This is a file of the kind that Office wrote before 2007 (.xls)"),
    (lambda: workbook(sheet(["a"]))[:-40], DAMAGED),
    (lambda: workbook(sheet(["a"]))[:300], DAMAGED),
    (lambda: b"PK\x03\x04 and nothing more", DAMAGED),
    (lambda: with_part(SHEET, "<worksheet><row>"), DAMAGED),
    (lambda: with_part(SHEET, LAUGHS + cells("<c><v>&b;</v></c>")), DOCTYPE),
    (lambda: with_part(SHEET, SECRET + cells("<c><v>&a;</v></c>")), DOCTYPE),
    (lambda: with_part(SHEET, (LAUGHS + sheet(["a"])).encode("utf-16")), DOCTYPE),
    (lambda: with_part("xl/workbook.xml", LAUGHS + PLAIN["xl/workbook.xml"]), DOCTYPE),
    (lambda: with_part("xl/sharedStrings.xml", LAUGHS + "<sst/>"), DOCTYPE),
    (lambda: with_part("xl/styles.xml", LAUGHS + "<styleSheet/>"), DOCTYPE),
    (rows, ROWS),
    (many_sheets, "This file holds far more cells than a list needs."),
    (one_sheet_many_times, "There is nothing in it: no cell is filled."),
    (lambda: workbook(cells('<c r="CW1"><v>1</v></c>')), COLUMNS),
    (lambda: workbook(cells('<c r="A99999999999"><v>1</v></c>')), DAMAGED),
    (lambda: workbook(cells('<c r="&#90;&#90;&#90;Z1"><v>1</v></c>')), DAMAGED),
    (lambda: workbook(sheet(["x" * 40_000])), TEXT),
    (lambda: workbook(sheet(*[["x" * 3_000] * 20] * 100)), TEXT),
    (lambda: workbook(sheet_of("<a>" * 100 + "</a>" * 100)), DAMAGED),
    (wide, DAMAGED),
    (lambda: workbook(sheet_of(f"<!--{'x' * 3 * MB}-->")), DAMAGED),
    (lambda: workbook(cells('<c t="s"><v>7</v></c>')), DAMAGED),
    (lambda: workbook(cells("<c><f>1+1</f></c>")), "The formula in row 1 has no result in this"),
    (lambda: workbook(cells("<c><f>1+1</f><v/></c>")), "The formula in row 1 has no result in"),
    (lambda: workbook(sheet()), "There is nothing in it: no cell is filled."),
    (lambda: workbook(sheet(["a"]), states=["hidden"]), "There is nothing in it: no cell is"),
    (lambda: workbook(), "There is nothing in it: no cell is filled."),
]

IN_LITTLE_MEMORY = """
import resource, sys, types
from pathlib import Path
sys.modules["cdef"] = types.ModuleType("cdef")  # without the factory, whose imports take a second
sys.modules["cdef"].__path__ = ["cdef"]
from python_calamine import CalamineWorkbook
from cdef.kernel.problems import Refused
from cdef.kernel.sheets import from_file
folder = Path(sys.argv[1])
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + 120 * 1024 * 1024,) * 2)
for path in sorted(folder.iterdir()):
    try:
        from_file("list.xlsx", path.read_bytes())
    except Refused:
        print(path.name, flush=True)
CalamineWorkbook.from_path(folder / "shared_text").get_sheet_by_index(0).to_python()
"""


@pytest.mark.parametrize(("build", "sentence"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_or_wrong_file_is_refused_with_a_sentence(
    build: Callable[[], bytes], sentence: str
) -> None:
    content = build()
    assert len(content) < 5 * MB
    with pytest.raises(Refused) as caught:
        from_file("list.xlsx", content)
    assert [problem.text[: len(sentence)] for problem in caught.value.problems] == [sentence]


def test_a_date_long_before_christ_is_refused_though_the_reader_panics(
    capfd: pytest.CaptureFixture[str],
) -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    with pytest.raises(Refused, match="This file is damaged"):
        from_file("x.xlsx", workbook(cells('<c s="0"><v>-1e300</v></c>'), styles=styles))
    assert "panicked" in capfd.readouterr().err


def test_more_elements_than_a_list_needs_are_refused() -> None:
    document = [b"<a>", b"<b/>" * 9, b"</a>"]
    walk(document, Watcher(), most=10)
    with pytest.raises(Refused, match="This file holds far more cells than a list needs"):
        walk(document, Watcher(), most=9)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory hold on Linux")
def test_memory_stays_flat_where_the_reader_alone_would_take_it_all(tmp_path: Path) -> None:
    """The last line is the control: what our reading refuses, calamine by itself dies of."""
    files = {build.__name__: build for build in (lying_bomb, corners, shared_text, rows, wide)}
    for name, build in files.items():
        (tmp_path / name).write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-c", IN_LITTLE_MEMORY, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.decode().split() == sorted(files)
    assert done.returncode != 0


@given(st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(workbook(sheet(["Jo Lee", "jo@example.org"])))
    places = st.integers(0, len(content) - 1)
    for at, byte in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=4)).items():
        content[at] = byte
    with suppress(Refused):
        from_file("x.xlsx", bytes(content))
