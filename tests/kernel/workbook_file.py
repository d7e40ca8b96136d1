"""Workbooks built by hand, part by part, so that each may be as wrong as a test needs it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def sheet(*rows: Sequence[str]) -> str:
    """A sheet of text."""
    return sheet_of(*("<row>" + "".join(map(text_cell, row)) + "</row>" for row in rows))


def sheet_of(*rows: str) -> str:
    """A sheet of rows that are written out."""
    return f"<worksheet {MAIN}><sheetData>{''.join(rows)}</sheetData></worksheet>"


def cells(*inner: str) -> str:
    """A sheet with these cells in its first row."""
    return sheet_of(f'<row r="1">{"".join(inner)}</row>')


def parts(
    *sheets: str, states: Sequence[str] = (), strings: str = "", styles: str = ""
) -> Mapping[str, str]:
    """The parts of a workbook, as Excel names them."""
    states = [*states, *["visible"] * len(sheets)]
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(
        f'<sheet name="Sheet{at}" sheetId="{at}" state="{states[at - 1]}" r:id="rId{at}"/>'
        for at, _ in numbered
    )
    related = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at, _ in numbered]
    related += [
        ("rIdS", "sharedStrings", "sharedStrings.xml"),
        ("rIdT", "styles", "/xl/styles.xml"),
    ]
    found = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(related),
        **{f"xl/worksheets/sheet{at}.xml": text for at, text in numbered},
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>" if strings else "",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>" if styles else "",
    }
    return {name: text for name, text in found.items() if text}


def relations(each: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in each
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def zipped(named: Mapping[str, str | bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in named.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook(
    *sheets: str, states: Sequence[str] = (), strings: str = "", styles: str = ""
) -> bytes:
    return zipped(parts(*sheets, states=states, strings=strings, styles=styles))
