"""The words of the app: dates, hours, money, counts and cleaned text."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdef.kernel import words

NOW = datetime(2016, 10, 17, 16, 5, tzinfo=UTC)


def said(*days: str) -> str:
    return words.dates([date.fromisoformat(text) for text in days])


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([], "TBD"),
        (["2017-02-06"], "February 6, 2017"),
        (["2016-11-29", "2016-11-30"], "November 29–30, 2016"),
        (["2017-03-31", "2017-04-01"], "March 31 – April 1, 2017"),
        (["2016-12-31", "2017-01-01"], "December 31, 2016 – January 1, 2017"),
        (["2017-05-03", "2017-05-05", "2017-05-09"], "May 3, 5 and 9, 2017"),
        (["2017-05-30", "2017-06-02"], "May 30 and June 2, 2017"),
        (["2017-05-03", "2017-05-04", "2017-05-09"], "May 3–4 and 9, 2017"),
        (["2016-12-29", "2017-01-04"], "December 29, 2016 and January 4, 2017"),
        (["2016-12-31", "2017-01-01", "2017-01-04"], "December 31, 2016 – January 1 and 4, 2017"),
        (["2016-02-28", "2016-02-29", "2016-03-01"], "February 28 – March 1, 2016"),
    ],
)
def test_dates_read_as_people_write_them(days: list[str], text: str) -> None:
    assert said(*days) == text


def test_dates_tolerate_any_order_and_duplicates() -> None:
    assert said("2016-11-30", "2016-11-29", "2016-11-30") == "November 29–30, 2016"


def read_back(text: str) -> set[date]:
    """Read a phrase of `dates` by its own grammar: a year ends and dates what stands before it."""
    found: set[date] = set()
    pending: list[tuple[int, int, bool]] = []
    month, is_end = 0, False
    for token in re.findall(r"[A-Z][a-z]+|\d+|–", text):
        if token == "–":
            is_end = True
        elif token in words.MONTHS:
            month = words.MONTHS.index(token) + 1
        elif len(token) < 4:
            pending.append((month, int(token), is_end))
            is_end = False
        else:
            for its_month, its_day, closes in pending:
                a_day = date(int(token), its_month, its_day)
                span = (a_day - max(found)).days if closes else 1
                found |= {a_day - timedelta(days=back) for back in range(span)}
            pending = []
    return found


@given(st.sets(st.dates(date(2016, 11, 1), date(2017, 3, 1)), min_size=1, max_size=12))
def test_dates_can_be_read_back_without_loss(days: set[date]) -> None:
    assert read_back(words.dates(list(days))) == days


def test_a_day_has_its_weekday() -> None:
    assert words.day(date(2016, 11, 29)) == "Tuesday, November 29, 2016"


def test_a_moment_is_said_to_the_minute() -> None:
    assert words.moment(datetime(2016, 10, 17, 9, 5)) == "October 17, 2016, 9:05 am"
    assert words.moment(datetime(2016, 10, 17, 0, 0)) == "October 17, 2016, 12:00 am"
    assert words.moment(datetime(2016, 10, 17, 12, 30)) == "October 17, 2016, 12:30 pm"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (time(8, 30), time(15, 30), "8:30 am – 3:30 pm"),
        (time(8, 30), None, "from 8:30 am"),
        (time(0, 0), time(12, 0), "12:00 am – 12:00 pm"),
        (None, time(15, 30), "until 3:30 pm"),
        (None, None, ""),
    ],
)
def test_hours_say_what_is_known(start: time | None, end: time | None, text: str) -> None:
    assert words.hours(start, end) == text


@pytest.mark.parametrize(("month", "hour"), [(1, 4), (7, 5)])
def test_local_time_follows_daylight_saving(month: int, hour: int) -> None:
    noon = datetime(2017, month, 1, 12)
    assert words.local(noon) == words.local(noon.replace(tzinfo=UTC))
    assert words.local(noon).hour == hour


@pytest.mark.parametrize(
    ("back", "text"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=9), "9 hours ago"),
        (timedelta(hours=11), "11 hours ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "October 10, 2016"),
    ],
)
def test_ago_gets_coarser_with_time(back: timedelta, text: str) -> None:
    assert words.ago(NOW - back, NOW) == text


def test_ago_counts_real_hours_across_daylight_saving() -> None:
    before = datetime(2017, 3, 12, 9, 30, tzinfo=UTC)
    assert words.ago(before, before + timedelta(hours=1)) == "1 hour ago"


@pytest.mark.parametrize(
    ("cents", "text"),
    [(6000, "$60"), (123450, "$1,234.50"), (5, "$0.05"), (0, "$0"), (-500, "−$5")],
)
def test_money_shows_cents_only_when_there_are_some(cents: int, text: str) -> None:
    assert words.money(cents) == text


def test_a_count_agrees_with_its_noun() -> None:
    counted = [words.plural(n, "person", "people") for n in (0, 1, 8, 1200)]
    assert counted == ["0 people", "1 person", "8 people", "1,200 people"]
    assert words.plural(2, "seat") == "2 seats"


def test_a_listing_reads_as_a_sentence() -> None:
    assert [words.listing(list(text)) for text in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_folding_meets_what_people_type() -> None:
    assert words.fold("  Cañón\tUNIFIED – O’Brien ") == "canon unified - o'brien"
    assert words.fold("Łódź STRASSE Øst") == words.fold("lodz straße ost")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert words.fold(words.fold(text)) == words.fold(text)


def test_one_line_takes_out_what_could_mislead() -> None:
    assert words.one_line("Ann\r\nBcc: x\x00\u202egnp.exe\u2066 ") == "Ann Bcc: xgnp.exe"
    assert words.one_line("Jose\u0301") == "Jos\u00e9"
    assert words.one_line("👩\u200d🏫 \ud800ok") == "👩\u200d🏫 ok"


def test_one_line_shows_where_it_cut() -> None:
    assert words.one_line("abcdef", 6) == "abcdef"
    assert words.one_line("abcdefg", 6) == "abcde…"
    assert words.one_line("abcdx\u0323\u0302yz", 6) == "abcd…"
    assert words.one_line("abc", 0) == ""


@given(st.text(), st.integers(0, 20))
def test_one_line_is_one_encodable_line_within_its_limit(text: str, limit: int) -> None:
    line = words.one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
    assert words.one_line(line, limit) == line
    line.encode()


def test_paragraphs_split_at_blank_lines_of_any_platform() -> None:
    text = "\r\nOne,\r\nstill one.\r\n \t\r\nTwo.\n\n\n"
    assert words.paragraphs(text) == ["One,\nstill one.", "Two."]
    assert words.paragraphs(" \n ") == []


def test_every_filter_is_a_function_of_this_module() -> None:
    assert all(getattr(words, name) is made for name, made in words.FILTERS.items())
