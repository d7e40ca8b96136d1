"""From the rows of a list to people: every row is one, and nothing of it is dropped."""

from hypothesis import given
from hypothesis import strategies as st

from cdef.kernel.sheets import from_paste
from cdef.teams.column_rules import recognise
from cdef.teams.sheet_rules import Candidate, candidates, upright
from tests.teams.list_of_people import TITLES, fates, pasted, rows

HEADINGS = "Name | Email | Position | Side | School"


def people(*lines: str, side_default: str = "") -> list[Candidate]:
    table = upright(from_paste("\n".join(line.replace(" | ", "\t") for line in lines)))
    return candidates(table, recognise(table), side_default)


def one(*lines: str, side_default: str = "") -> Candidate:
    [found] = people(*lines, side_default=side_default)
    return found


def test_a_row_becomes_a_person() -> None:
    found = one(HEADINGS, "García, María | maria@example.org | Supt. | District | District Office")
    assert found.number == 2
    assert found.name == "María García"
    assert found.email == "maria@example.org"
    assert found.position == "superintendent"
    assert found.side == "district"
    assert found.site == "District Office"


def test_the_cells_stay_as_they_were_beside_what_they_mean() -> None:
    found = one("Name | Position | Email | T-shirt | Note", "Lee, Jo | Friend | jo@ | XL | vegan")
    assert found.cells == ("Lee, Jo", "Friend", "jo@", "XL", "vegan")
    assert found.rest == (("T-shirt", "XL"), ("Note", "vegan"))
    assert (found.position, found.position_text) == ("", "Friend")


def test_two_columns_make_a_name() -> None:
    lines = ["Last Name | First Name | Email", "de la Cruz | Juan | juan@example.org"]
    assert one(*lines).name == "Juan de la Cruz"


def test_the_side_is_said_by_column_caption_position_or_else_given() -> None:
    assert one(HEADINGS, "Jo Lee | j@example.org | Teacher | CTA | x").side == "union"
    captioned = people("Name | Email", "District | ", "A B | a@example.org", "Union | ", "C D | c@")
    assert [(each.number, each.side) for each in captioned] == [(3, "district"), (5, "union")]
    assert (
        one(HEADINGS, "Jo Lee | j@example.org | Trustee |  | x", side_default="union").side
        == "district"
    )
    assert (
        one(HEADINGS, "Jo Lee | j@example.org | Guest |  | x", side_default="union").side == "union"
    )


def test_a_side_that_is_not_understood_is_not_made_up() -> None:
    found = one(HEADINGS, "Jo Lee | j@example.org | Guest | Parents | x", side_default="union")
    assert (found.side, found.side_text) == ("", "Parents")


def test_a_caption_above_the_headings_counts_too() -> None:
    found = people("Union Team", "Name | Email", "A B | a@example.org")
    assert [each.side for each in found] == ["union"]


def test_headings_that_are_repeated_are_nobody() -> None:
    lines = ["Name | Email", "A B | a@example.org", "Name | Email", "C D | c@example.org"]
    assert [each.number for each in people(*lines)] == [2, 4]


def test_the_column_of_the_side_may_hold_the_position() -> None:
    lines = [
        "Name | Email | Representing",
        "A B | a@x.example.org | CTA",
        "C D | c@x.example.org | CSEA President",
    ]
    found = people(*lines)
    assert [(each.side, each.position) for each in found] == [
        ("union", ""),
        ("union", "classified_president"),
    ]


def test_addresses_of_a_mail_program_give_names_too() -> None:
    found = people('"García, María" <maria@example.org>; Jo Lee <jo@example.org>; al@example.org')
    assert [(each.number, each.name, each.email) for each in found] == [
        (1, "María García", "maria@example.org"),
        (2, "Jo Lee", "jo@example.org"),
        (3, "", "al@example.org"),
    ]


def test_a_broken_address_is_not_mended_in_silence() -> None:
    for broken in ("maria garcia@example.org", "a@example.org, b@example.org", "maria@", "see Jo"):
        assert one("Name\tEmail", f"Jo Lee\t{broken}").email == broken


def test_a_link_or_a_full_stop_around_an_address_is_taken_off() -> None:
    for written in (
        "mailto:jo@example.org",
        "<jo@example.org>",
        "jo@example.org;",
        "jo@example.org.",
    ):
        assert one("Name\tEmail", f"Jo Lee\t{written}").email == "jo@example.org"


def test_a_real_list_of_three_hundred_is_understood() -> None:
    table = from_paste(pasted())
    found = candidates(table, recognise(table))
    assert [each.number for each in found] == list(range(4, 304))
    meant = [TITLES[number % len(TITLES)][2] for number in range(1, 301)]
    for each, position, fate in zip(found, meant, fates(), strict=True):
        assert each.position == ("" if fate == "other_title" else position)
    assert [each.cells[1] for each in found] == [
        " ".join(cells[1].split()) for _, cells in rows(300)
    ]


@given(
    st.lists(st.lists(st.text("aé@. |;<>\"'Union", max_size=9), max_size=4), min_size=1, max_size=5)
)
def test_every_filled_cell_of_any_list_is_somewhere(cells: list[list[str]]) -> None:
    table = from_paste("\n".join(["x\ty", *("\t".join(row) for row in cells)]))
    guess = recognise(table)
    found = candidates(table, guess)
    shown = {cell for each in found for cell in each.cells} | {*guess.above}
    captions = {cell for row in table.rows if sum(map(bool, row)) == 1 for cell in row}
    headings = {column.heading for column in guess.columns}
    assert {cell for row in table.rows for cell in row} <= shown | captions | headings | {""}
