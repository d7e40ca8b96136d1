"""Tables out, as CSV and XLSX in pieces: a long one takes no more memory than a short one."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cdef.kernel import words

Cell = str | int | float | None
Row = Sequence[Cell]

PIECE: Final = 64 * 1024  # bytes, about
LONGEST_SHEET: Final = 1_048_576  # rows, as Excel has it; more begin another sheet
# What a spreadsheet may take for a formula, the wide signs of East Asian keyboards among them.
FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX: Final = f"{KIND}.sheet"
CSV: Final = "text/csv; charset=utf-8"

# What stands first in the archive; every other part is a sheet, whose number nobody knows yet.
BEGINNING: Final = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}
OPENING: Final = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr baseColWidth="18" defaultRowHeight="15"/><sheetData>'
)
CLOSING: Final = "</sheetData></worksheet>"


def plain(cell: Cell) -> Cell:
    """A cell as it is written: one line of text that no program takes for a formula, or a number."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    is_clean = cell.isascii() and cell.isprintable()  # Most are, and there are millions.
    text = cell.strip() if is_clean else words.one_line(NOT_IN_XML.sub("", cell))
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_pieces(headings: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """A table as CSV with the mark by which Excel knows UTF-8; texts are quoted, numbers are not."""
    text = StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for row in chain([headings], rows):
        writer.writerow([plain(cell) for cell in row])
        if text.tell() > PIECE:
            yield taken(text)
    yield taken(text)


def taken(text: StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content


class Pipe:
    """A file that is only written to, and hands on what it has."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        self.size += len(part)
        return len(part)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """Nothing is held."""

    def taken(self) -> bytes:
        content = b"".join(self.parts)
        self.parts.clear()
        self.size = 0
        return content


def xlsx_pieces(title: str, headings: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """A table as a workbook, each sheet under its headings, written while its rows are read."""
    pipe, left = Pipe(), iter(rows)
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        put(archive, BEGINNING)
        sheets = 0
        following = next(left, None)
        while following is not None or not sheets:
            sheets += 1
            here = [] if following is None else [following]
            page = chain([headings], here, islice(left, LONGEST_SHEET - 1 - len(here)))
            with archive.open(part(f"xl/sheet{sheets}.xml"), "w") as sheet:
                for piece in sheet_pieces(page):
                    sheet.write(piece.encode())
                    if pipe.size > PIECE:
                        yield pipe.taken()
            following = next(left, None)
        put(archive, ending(title, sheets))
    yield pipe.taken()


def put(archive: ZipFile, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        archive.writestr(part(name), text)


def part(name: str) -> ZipInfo:
    """Dated by nothing, so that the same table is the same file."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def sheet_pieces(rows: Iterable[Row]) -> Iterator[str]:
    yield OPENING
    for number, row in enumerate(rows):
        style = "" if number else ' s="1"'
        yield f"<row>{''.join(drawn(plain(cell), style) for cell in row)}</row>"
    yield CLOSING


def drawn(cell: Cell, style: str) -> str:
    """A cell that is text whatever it says, or a number."""
    if isinstance(cell, str):
        inner = f'<is><t xml:space="preserve">{escape(cell)}</t></is>'
        return f'<c t="inlineStr"{style}>{inner}</c>' if cell else f"<c{style}/>"
    return f"<c{style}><v>{cell}</v></c>"


def ending(title: str, sheets: int) -> dict[str, str]:
    """Which sheets there are, written last."""
    numbers = range(1, sheets + 1)
    named = "".join(
        f'<sheet name="{title}{f" {n}" if n > 1 else ""}" sheetId="{n}" r:id="r{n}"/>'
        for n in numbers
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="sheet{n}.xml"/>'
        for n in numbers
    )
    styles = f'<Relationship Id="styles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{related}{styles}</Relationships>",
    }
