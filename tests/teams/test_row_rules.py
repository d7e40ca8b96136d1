"""How two edits of one row come together."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as some

from cdef.teams.row_rules import FIELDS, Row, merge

ROWS = some.builds(Row, *(some.sampled_from("abc") for _ in FIELDS))
BASE = Row("Priscilla Vang", "p@example.org", "principal", "")


def test_edits_of_different_fields_both_stand() -> None:
    mine = Row("Priscilla Vang", "p@example.org", "principal", "Alder")
    theirs = Row("P. Vang", "p@example.org", "principal", "")
    merged = merge(BASE, mine, theirs)
    assert merged.row == Row("P. Vang", "p@example.org", "principal", "Alder")
    assert merged.clashing == ()


def test_two_values_for_one_field_clash_and_theirs_stands() -> None:
    mine = Row("Pris Vang", "p@example.org", "principal", "")
    theirs = Row("P. Vang", "p@example.org", "principal", "")
    merged = merge(BASE, mine, theirs)
    assert merged.row == theirs
    assert merged.clashing == ("name",)


@given(ROWS, ROWS)
def test_an_edit_that_nobody_crossed_is_taken_whole(base: Row, mine: Row) -> None:
    merged = merge(base, mine, base)
    assert (merged.row, merged.clashing) == (mine, ())


@given(ROWS, ROWS, ROWS)
def test_no_field_is_overwritten_unseen(base: Row, mine: Row, theirs: Row) -> None:
    merged = merge(base, mine, theirs)
    for field, value in asdict(merged.row).items():
        was, wanted, now = (asdict(row)[field] for row in (base, mine, theirs))
        if now != was:
            assert value == now
        if wanted != was and value != wanted:
            assert field in merged.clashing
