"""PDFs: tagged, accessible, the same every time, and never more than their data."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typst import TypstError

from cdef.kernel import pdf

FLYER = Path(__file__).resolve().parents[2] / "templates" / "flyers" / "flyer.typ"
QR = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
VENUE = "Fresno County Office of Education, Tower at Fulton Mall, Room 1204, Fresno, CA 93721"


def meeting(number: int, dates: str = "November 29–30, 2016", **more: str) -> dict[str, str]:
    said = {"hint": "", "hours": "", "venue": ""} | more
    return {"session": f"Session {number}", "dates": dates} | said


def cohort(name: str, *meetings: dict[str, str], venue_all: str = "") -> dict[str, Any]:
    return {"name": name, "meetings": list(meetings), "venue_all": venue_all}


def flyer(**changes: Any) -> dict[str, Any]:
    parts = [
        {"name": f"Session {n}", "days": "2 days", "title": f"Part {n}", "overview": "It is. " * 20}
        for n in (1, 2, 3)
    ]
    return {
        "title": "2016-17 Regional Cohort Training",
        "subtitle": "Labor-Management Collaboration Training",
        "eyebrow": "Invitation",
        "intro": "Working together. " * 20,
        "audience": "Joint teams",
        "partners": "Rutgers University",
        "cost": "$60 a person for all three sessions",
        "cohorts": [cohort("Bay Area Cohort", *map(meeting, (1, 2, 3)))],
        "sessions": parts,
        "url": "training.cdef.example",
        "link": "https://training.cdef.example/",
        "qr_svg": QR,
        "date_note": "",
    } | changes


def opened(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(written))


def fonts_of(written: bytes) -> set[str]:
    document = opened(written)
    return {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}


def is_pdf_ua(written: bytes) -> bool:
    """Look for what claims PDF/UA part 1 in the metadata (ISO 14289-1, clause 5)."""
    with opened(written).open_metadata() as metadata:
        return metadata.get("pdfuaid:part") == "1"


def text_of(written: bytes) -> str:
    """Read the page's text back through the fonts' own tables, without white space."""
    document = opened(written)
    fonts = document.pages[0].Resources.Font
    said: list[str] = []
    letters: dict[str, str] = {}
    for step in pikepdf.parse_content_stream(document.pages[0]):
        operator, operands = str(step.operator), list(step.operands)
        if operator == "Tf":
            letters = letters_of(fonts[str(operands[0])].ToUnicode.read_bytes().decode())
        if operator in {"Tj", "TJ"}:
            shown: Any = operands[0] if operator == "TJ" else operands
            codes = [bytes(part).hex() for part in shown if isinstance(part, pikepdf.String)]
            said += [letters.get(code, "") for part in codes for code in re.findall("....", part)]
    return squeezed("".join(said))


def letters_of(table: str) -> dict[str, str]:
    """Read the pairs of a ToUnicode table (ISO 32000-1, 9.10.3): a glyph's number, its text."""
    pairs = re.findall(r"^<(\w{4})> <(\w+)>$", table, re.MULTILINE)
    return {glyph.lower(): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def tags_of(written: bytes) -> list[tuple[str, str]]:
    """Return name and alternative text of every structure element, in reading order."""
    document = opened(written)
    found: list[tuple[str, str]] = []

    def collect(element: Any) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                collect(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append((str(element.S), str(element.get("/Alt", ""))))
            collect(element.get("/K"))

    collect(document.Root.StructTreeRoot.K)
    return found


def test_a_flyer_is_one_tagged_titled_page_of_letter_size() -> None:
    document = opened(pdf.render(FLYER, flyer()))
    assert len(document.pages) == 1
    assert [float(edge) for edge in document.pages[0].mediabox] == [0, 0, 612, 792]
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-US"
    assert str(document.docinfo["/Title"]) == "2016-17 Regional Cohort Training"
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_a_flyer_claims_pdf_ua_and_brings_its_own_fonts() -> None:
    written = pdf.render(FLYER, flyer())
    assert is_pdf_ua(written)
    assert fonts_of(written)
    assert all("PublicSans" in font for font in fonts_of(written))


def test_a_flyer_has_headings_table_headers_and_a_described_code() -> None:
    tags = tags_of(pdf.render(FLYER, flyer()))
    names = [name for name, _ in tags]
    assert ("/Figure", "QR code that opens training.cdef.example") in tags
    assert (names.count("/H1"), names.count("/Table"), names.count("/TH")) == (1, 1, 3)
    assert {"/H2", "/H3", "/Link"} <= set(names)


def test_every_cohort_of_a_series_has_a_heading_and_its_own_table() -> None:
    three = [cohort(f"Cohort {n}", *map(meeting, (1, 2, 3))) for n in range(3)]
    names = [name for name, _ in tags_of(pdf.render(FLYER, flyer(cohorts=three)))]
    assert (names.count("/Table"), names.count("/TH"), names.count("/H3")) == (3, 9, 6)


@pytest.mark.parametrize(
    "changes",
    [
        {"cohorts": []},
        {"cohorts": [], "sessions": [], "intro": "", "audience": "", "cost": "", "partners": ""},
        {"cohorts": [cohort("Empty")]},
        {"cohorts": [cohort("Empty"), cohort("Empty too")], "sessions": []},
        {"cohorts": [cohort("TBD", *(meeting(n, "TBD") for n in (1, 2, 3)))] * 3},
        {"cohorts": [cohort("North", *(meeting(n, venue=VENUE * 2) for n in (1, 2, 3)))] * 6},
        {"cohorts": [cohort("South", meeting(2, hours="8:30 am – 3:30 pm"), venue_all=VENUE)] * 6},
        {"cohorts": [cohort("Extra", *map(meeting, range(1, 8)))] * 2},
        {"intro": "Working together. " * 2000},
        {"title": "A" * 200, "subtitle": "B" * 300, "url": "x" * 200, "audience": "W" * 500},
        {"title": "word " * 200, "subtitle": "", "partners": "p" * 10_000},
    ],
)
def test_a_flyer_stays_one_accessible_page_whatever_it_must_hold(changes: Any) -> None:
    written = pdf.render(FLYER, flyer(**changes))
    assert len(opened(written).pages) == 1
    assert is_pdf_ua(written)


def test_six_cohorts_with_long_venues_are_all_still_there() -> None:
    names = ["North Coast", "Bay Area", "Sacramento", "Central Valley", "Los Angeles", "San Diego"]
    six = [cohort(name, *(meeting(n, venue=VENUE) for n in (1, 2, 3))) for name in names]
    text = text_of(pdf.render(FLYER, flyer(cohorts=six)))
    assert all(squeezed(name) in text for name in names)
    assert text.count("Room1204") == 18
    assert "Registeryourteam" in text
    assert "training.cdef.example" in text


@pytest.mark.parametrize("hostile", ['#read("/etc/passwd")', "*x* _y_ $z$ #panic() @a <b> \\u{41}"])
def test_data_print_literally(hostile: str) -> None:
    assert squeezed(hostile) in text_of(pdf.render(FLYER, flyer(audience=hostile)))
    assert squeezed(hostile) in text_of(pdf.render(FLYER, flyer(title=hostile)))


def test_a_template_cannot_read_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    template = tmp_path / "inside" / "nosy.typ"
    template.write_text('#read("../secret.txt")')
    with pytest.raises(TypstError):
        pdf.render(template, {})


def test_a_letter_missing_from_the_font_costs_the_standard_not_the_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        written = pdf.render(FLYER, flyer(title="Unified 🏫 District"))
    assert not is_pdf_ua(written)
    assert opened(written).Root.MarkInfo.Marked
    assert "Unified" in text_of(written)
    assert "flyer.typ is written without PDF/UA-1" in caplog.text


def test_any_other_fault_of_a_template_is_raised(tmp_path: Path) -> None:
    template = tmp_path / "faulty.typ"
    template.write_text("#panic()")
    with pytest.raises(TypstError):
        pdf.render(template, {})


def test_a_lone_surrogate_does_not_stop_a_flyer() -> None:
    assert pdf.render(FLYER, flyer(title="A\ud800B")).startswith(b"%PDF")


def test_the_same_data_give_the_same_bytes() -> None:
    assert pdf.render(FLYER, flyer()) == pdf.render(FLYER, flyer())
    assert pdf.render(FLYER, flyer()) != pdf.render(FLYER, flyer(cost="$70"))


def test_a_document_is_dated_by_its_caller_and_not_by_the_clock(tmp_path: Path) -> None:
    template = tmp_path / "dated.typ"
    template.write_text('#set document(title: "Dated", date: auto)\n#set text(font: "Public Sans")')
    made = datetime(2016, 10, 17, 16, 5, tzinfo=UTC)
    document = opened(pdf.render(template, {}, made))
    assert str(document.docinfo["/CreationDate"]).startswith("D:20161017160500")


def test_many_threads_share_one_press() -> None:
    expected = {n: pdf.render(FLYER, flyer(cost=f"${n}")) for n in range(4)}
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda n: pdf.render(FLYER, flyer(cost=f"${n % 4}")), range(24)))
    assert written == [expected[n % 4] for n in range(24)]
