"""The report as a table, with what was promised beside what was found."""

from collections.abc import Callable, Iterator

from tests.bench.measure import HANDED_OVER, TIME, Row

TARGETS: dict[tuple[str, str], tuple[str, Callable[[Row], bool]]] = {
    ("poll", TIME): ("at most 2x", lambda row: (row.ratio or 0) <= 2),
    ("poll", "% of a core"): ("under 25 %", lambda row: row.p50_ms < 25),
    ("letters", TIME): ("at most 2x Flask-Mail", lambda row: (row.ratio or 0) <= 2),
    ("letters", HANDED_OVER): ("at most 0.67x", lambda row: (row.ratio or 0) <= 1 / 1.5),
    ("row_save", TIME): ("at most 3x", lambda row: (row.ratio or 0) <= 3),
}
# The pages of the staff take as long with a million people as with a thousand, or nearly.
GROWTH = {"queue", "search", "overview"}
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
    """The promise, and whether it is kept; a promise is about one client at a time."""
    if row.name in GROWTH and row.clients == 1 and row.growth is not None:
        return f"grows at most 1.5x: {'yes' if row.growth <= 1.5 else 'NO'}"
    words, is_kept = TARGETS.get((row.name, row.unit), ("", None))
    if is_kept is None or (row.unit == TIME and row.clients > 1):
        return ""
    return f"{words}: {'yes' if is_kept(row) else 'NO'}"


def drawn(line: tuple[str, ...], widths: list[int]) -> str:
    texts = {0, 7, 8}
    return "  ".join(
        cell.ljust(width) if place in texts else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    ).rstrip()
