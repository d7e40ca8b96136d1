"""The report as a table, with what was promised beside what was found."""

from collections.abc import Callable, Iterator

from tests.bench.measure import HANDED_OVER, TIME, Row

Promise = tuple[str, Callable[[Row], bool]]


def ratio(most: float) -> Promise:
    return f"at most {most:g}x", lambda row: (row.ratio or 0) <= most


def value(most: float) -> Promise:
    return f"at most {most:g}", lambda row: row.p50_ms <= most


TARGETS: dict[tuple[str, str], Promise] = {
    ("public", TIME): ratio(1.5),
    ("roster", TIME): ratio(3),
    ("poll", TIME): ratio(2),
    ("poll", "% of a core"): value(25),
    ("row_save", TIME): ratio(3),
    ("queue", TIME): ratio(4),
    ("letters", TIME): ratio(2),
    ("letters", HANDED_OVER): ratio(0.67),
    ("flyer", TIME): ratio(10),
    ("cold_start", TIME): ratio(2.5),
    ("memory", "MB"): ratio(1.8),
    ("first_load", "kB"): value(67),
    ("first_load", "kB, staff"): value(100),
    ("first_load", "kB, later page"): value(12),
    ("first_load", "requests"): value(6),
    ("team_of_ten", TIME): value(100),
    ("team_of_ten", "requests"): value(8),
}
# Every page takes as long with a million people as with a thousand, or nearly.
GROWTH = {"public", "roster", "poll", "row_save", "sign", "queue", "search", "decision", "overview"}
MOST_GROWTH = 1.5
HEADS = ("name", "clients", "people", "p50", "floor", "ratio", "growth", "unit", "target")


def table(rows: list[Row]) -> str:
    lines = [HEADS, *(tuple(cells(row)) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS))]
    return "\n".join(drawn(line, widths) for line in lines)


def cells(row: Row) -> Iterator[str]:
    yield row.name
    yield from (str(number) for number in (row.clients, row.people))
    yield from (shown(number) for number in (row.p50_ms, row.floor_ms, row.ratio, row.growth))
    yield row.unit
    yield verdict(row)


def shown(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}"


def verdict(row: Row) -> str:
    """The promises, and whether each is kept; they are about one client at a time."""
    if row.unit == TIME and row.clients > 1:
        return ""
    return "; ".join(f"{words}: {'yes' if is_kept else 'NO'}" for words, is_kept in verdicts(row))


def verdicts(row: Row) -> Iterator[tuple[str, bool]]:
    if (row.name, row.unit) in TARGETS:
        words, is_kept = TARGETS[row.name, row.unit]
        yield words, is_kept(row)
    if row.name in GROWTH and row.unit.startswith(TIME) and row.growth is not None:
        yield f"grows at most {MOST_GROWTH:g}x", row.growth <= MOST_GROWTH


def drawn(line: tuple[str, ...], widths: list[int]) -> str:
    texts = {0, 7, 8}
    return "  ".join(
        cell.ljust(width) if place in texts else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    ).rstrip()
