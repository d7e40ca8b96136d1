"""XLSX workbooks in: what they may be, and their first filled sheet as text.

calamine lays a sheet out as a full rectangle, with a copy of its text in every cell; two cells in
opposite corners would take all memory. So a sheet is first surveyed, and then calamine is given a
copy that holds nothing but what was surveyed.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from io import BytesIO
from posixpath import join, normpath
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from cdef.kernel import words
from cdef.kernel.problems import Refused, refusal
from cdef.kernel.sheets.archives import LARGEST_UNPACKED, MOST_PARTS, Archive, damaged
from cdef.kernel.sheets.markup import MOST_ELEMENTS, Watcher, local, walk
from cdef.kernel.sheets.survey import Strings, Survey, too_much_text

WORKBOOK: Final = "xl/workbook.xml"
SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET, STRINGS, STYLES = "worksheet", "sharedStrings", "styles"  # as relations call them
COPIED: Final = {part: f"xl/{part}.xml" for part in (SHEET, STRINGS, STYLES)}
# What other archives hold, and what to call them.
OTHERS: Final = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file",
    "index/document.iwa": "a Numbers document",
}


def not_a_list(what: str) -> Refused:
    return refusal(
        f"This is {what}, which cannot be read here. Save the list as XLSX or CSV, and choose "
        "that file."
    )


class Contents(Watcher):
    """Which sheets a workbook shows, in its order, by the keys of their parts."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.counts_from_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            self.keys += [value for name, value in attributes.items() if local(name) == "id"]
        if len(self.keys) > MOST_PARTS:
            raise damaged()


class Relations(Watcher):
    """Which part a workbook means by each key, and by each kind."""

    def __init__(self) -> None:
        self.by_key: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        part = normpath(join("/xl", attributes.get("Target", ""))).lstrip("/").casefold()
        self.by_kind[kind] = part
        if kind == "worksheet":
            self.by_key[attributes.get("Id", "")] = part
        if max(len(self.by_key), len(self.by_kind)) > MOST_PARTS:
            raise damaged()


class Workbook:
    """An archive that is a workbook, and where its parts are."""

    def __init__(self, content: bytes) -> None:
        self.archive = Archive(content)
        parts = self.archive.parts
        if WORKBOOK not in parts:
            raise not_a_list(next((OTHERS[part] for part in OTHERS if part in parts), "an archive"))
        self.contents, self.relations, self.left = Contents(), Relations(), MOST_ELEMENTS
        self.walk(WORKBOOK, self.contents)
        self.walk("xl/_rels/workbook.xml.rels", self.relations)

    def walk(self, part: str, watcher: Watcher) -> None:
        """Walk a part; all of them together may take as long as one may."""
        self.left -= walk(self.archive.chunks(part), watcher, self.left)

    def part(self, kind: str) -> str:
        """The part of a kind that a workbook may lack; nothing where it does."""
        part = self.relations.by_kind.get(kind, COPIED[kind].casefold())
        return part if part in self.archive.parts else ""

    def first_filled(self) -> tuple[str, Survey] | None:
        """The first sheet that is shown and has something in it."""
        sheets = self.relations.by_key
        for part in dict.fromkeys(sheets[key] for key in self.contents.keys if key in sheets):
            survey = Survey()
            self.walk(part, survey)
            if survey.is_filled:
                return part, survey
        return None


def first_sheet(content: bytes) -> list[list[str]]:
    """The first filled sheet of an XLSX workbook from its cell A1 on, formulas by their results.

    ``Refused`` for what is no such workbook, is locked or damaged, or holds more than is read.
    """
    book = Workbook(content)
    found = book.first_filled()
    if found is None:
        return []
    part, survey = found
    others = {kind: book.part(kind) for kind in (STRINGS, STYLES) if book.part(kind)}
    parts = {SHEET: part, **others}
    check_shared(book, parts, survey)
    return cells(copy(book, parts))


def check_shared(book: Workbook, parts: Mapping[str, str], survey: Survey) -> None:
    """Refuse a text that is long and shared by many cells, since each would get its own copy."""
    watchers = {STRINGS: (strings := Strings()), STYLES: Watcher()}
    for kind in watchers.keys() & parts.keys():
        book.walk(parts[kind], watchers[kind])
    if strings.longest * survey.shared > LARGEST_UNPACKED:
        raise too_much_text()


def copy(book: Workbook, parts: Mapping[str, str]) -> BytesIO:
    """A workbook of one sheet, made of the parts that were walked and our own words around them."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in frame(parts, counts_from_1904=book.contents.counts_from_1904).items():
            archive.writestr(name, text)
        for kind, part in parts.items():
            with archive.open(COPIED[kind], "w") as into:
                into.writelines(book.archive.chunks(part))
    made.seek(0)
    return made


def frame(kinds: Iterable[str], *, counts_from_1904: bool) -> dict[str, str]:
    """What a workbook needs besides sheet, texts and styles."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/{WORKBOOK}" ContentType="{CONTENT}"/></Types>',
        "_rels/.rels": relations({"officeDocument": WORKBOOK}),
        WORKBOOK: f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{counts_from_1904:d}"/>'
        f'<sheets><sheet name="1" sheetId="1" r:id="{SHEET}"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations({kind: f"{kind}.xml" for kind in kinds}),
    }


def relations(targets: Mapping[str, str]) -> str:
    each = (
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def cells(workbook: BytesIO) -> list[list[str]]:
    try:
        with CalamineWorkbook.from_filelike(workbook) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except BaseException as error:
        if is_calamines(error):
            raise damaged() from None
        raise
    return [[said(value) for value in row] for row in rows]


def is_calamines(error: BaseException) -> bool:
    """Whether calamine gave up; it panics at a date far before Christ, which is no ``Exception``."""
    is_panic = type(error).__module__ == "pyo3_runtime"
    return is_panic or isinstance(error, CalamineError | ValueError | OverflowError)


def said(value: object) -> str:
    """A cell as text: whole numbers without a point, days and hours as the app writes them."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.dates([value])
    return words.clock_time(value) if isinstance(value, time) else str(value)
