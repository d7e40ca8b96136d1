"""Charts as numbers: no bar is longer than the page, and none that is nothing is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from cdef.reports.chart_rules import bar, facing, line, percent

NUMBERS = st.integers(0, 10**6)


def test_the_parts_of_a_bar_follow_each_other() -> None:
    drawn = bar(
        "Bay Area", "", [("approved", "approved", 10), ("asked", "waiting", 30)], 80, limit=40
    )
    assert [(part.kind, part.begins, part.length) for part in drawn.parts] == [
        ("approved", 0, 12.5),
        ("asked", 12.5, 37.5),
    ]
    assert drawn.mark == 50


def test_what_is_nothing_is_not_drawn() -> None:
    assert bar("", "", [("held", "", 0)], 0).parts == []
    assert facing("", "", ("district", "", 0), ("union", "", 0), 0).parts == []


def test_two_sides_face_each_other_from_the_middle() -> None:
    drawn = facing("", "", ("district", "", 5), ("union", "", 10), 10)
    assert [(part.begins, part.length) for part in drawn.parts] == [(25, 25), (50, 50)]


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_no_bar_is_longer_than_the_page(numbers: list[int]) -> None:
    drawn = bar("", "", [("approved", "", number) for number in numbers], sum(numbers))
    assert sum(part.length for part in drawn.parts) <= 100.1


def test_an_area_stands_on_its_ground_and_steps() -> None:
    drawn = line("Approved", "approved", [0, 2], 2)
    assert (
        drawn.outline == "0.00,100.00 0.00,100.00 50.00,100.00 50.00,0.00 100.00,0.00 100.00,100.00"
    )
    assert (drawn.first, drawn.last) == (0, 2)
    assert line("Approved", "approved", [], 0).last == 0


def test_a_share_of_nothing_is_nothing() -> None:
    assert (percent(5, 0), percent(-1, 5), percent(1, 3)) == (0, 0, 33.33)
