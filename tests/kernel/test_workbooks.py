"""XLSX workbooks: what is read of them; what is refused stands in test_hostile_workbooks.py."""

import pytest

from cdef.kernel.sheets import Table, from_file
from tests.kernel.workbook_file import cells, parts, sheet, sheet_of, text_cell, workbook, zipped

NUMBER_FORMATS = (
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs>'
)


def read(*sheets: str, **more: str) -> list[list[str]]:
    return from_file("list.xlsx", workbook(*sheets, **more)).rows  # type: ignore[arg-type]


def test_a_sheet_is_read_with_the_numbers_of_its_rows() -> None:
    content = workbook(sheet(["Name", "E-mail"], [], ["García, María", "maria@example.org"]))
    rows = [["Name", "E-mail"], ["García, María", "maria@example.org"]]
    assert from_file("list.xlsx", content) == Table(rows, [1, 3])


def test_blank_rows_and_columns_before_a_list_do_not_shift_it() -> None:
    table = from_file("x.xlsx", workbook(sheet_of('<row r="4"><c r="C4"><v>1</v></c></row>')))
    assert table == Table([["", "", "1"]], [4])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>95035</v></c>", "95035"),
        ("<c><v>4085551234</v></c>", "4085551234"),
        ("<c><v>-3</v></c>", "-3"),
        ("<c><v>0.1</v></c>", "0.1"),
        ("<c><v>1E+20</v></c>", "1e+20"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c s="1"><v>42703</v></c>', "November 29, 2016"),
        ('<c s="2"><v>42703.375</v></c>', "November 29, 2016, 9:00 am"),
        ('<c s="3"><v>0.375</v></c>', "9:00 am"),
        ('<c t="s"><v>0</v></c>', "Jo Lee"),
        ('<c t="str"><f>"Jo "&amp;B1</f><v>Jo Lee</v></c>', "Jo Lee"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        (
            '<c t="inlineStr"><is><r><t xml:space="preserve">Jo </t></r><r><t>Lee</t></r></is></c>',
            "Jo Lee",
        ),
        (text_cell("Jo\n Lee\u200b"), "Jo Lee"),
        (text_cell("=1+1"), "=1+1"),
        (text_cell("02134"), "02134"),
    ],
)
def test_a_cell_is_read_as_people_see_it(cell: str, text: str) -> None:
    strings = '<si><r><t xml:space="preserve">Jo </t></r><r><t>Lee</t></r></si>'
    assert read(cells(cell), strings=strings, styles=NUMBER_FORMATS) == [[text]]


def test_a_formula_that_gives_nothing_is_an_empty_cell() -> None:
    assert read(cells('<c t="str"><f>B2</f><v></v></c>', text_cell("b"))) == [["", "b"]]


def test_the_first_filled_sheet_is_read() -> None:
    assert read(sheet(), sheet(["one"]), sheet(["two"])) == [["one"]]


def test_a_hidden_sheet_is_not_read() -> None:
    content = workbook(sheet(["hidden"]), sheet(["shown"]), states=["veryHidden"])
    assert from_file("x.xlsx", content).rows == [["shown"]]


def test_dates_that_count_from_1904_are_right() -> None:
    named = dict(parts(cells('<c s="1"><v>41241</v></c>'), styles=NUMBER_FORMATS))
    named["xl/workbook.xml"] = named["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    assert from_file("x.xlsx", zipped(named)).rows == [["November 29, 2016"]]


def test_prefixed_elements_and_other_names_of_parts_are_understood() -> None:
    named = dict(parts(sheet(["one"])))
    named["xl/worksheets/List.xml"] = (
        named.pop("xl/worksheets/sheet1.xml")
        .replace("xmlns=", "xmlns:x=")
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
    )
    named["xl/_rels/workbook.xml.rels"] = named["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "/xl/worksheets/list.xml"
    )
    assert from_file("x.xlsx", zipped(named)).rows == [["one"]]


def test_cells_that_are_only_formatted_take_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    dimension = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>', far).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    assert read(dimension) == [["1"]]


def test_a_workbook_is_read_under_any_name_but_only_as_what_it_is() -> None:
    assert from_file("list.csv", workbook(sheet(["a,b"]))).rows == [["a,b"]]


def test_pictures_and_macros_of_a_workbook_are_left_alone() -> None:
    named = {**parts(sheet(["one"])), "xl/media/logo.png": b"\x89PNG", "xl/vbaProject.bin": b"\xd0"}
    assert from_file("x.xlsm", zipped(named)).rows == [["one"]]
