"""`python app.py bench`: how long the app takes beside a bare floor, as a table and as JSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench import data, desk, desk_data, servers, team_page
from tests.bench.data import Data
from tests.bench.letters import letters
from tests.bench.measure import Row, Scale
from tests.bench.table import table

Benchmark = Callable[[servers.Server, servers.Server, Data, Scale], Iterator[Row]]
# A new name is one function that yields its rows, and one line here.
BENCHMARKS: dict[str, Benchmark] = {
    "roster": team_page.roster,
    "poll": team_page.poll,
    "row_save": team_page.row_save,
    "letters": letters,
    "queue": desk.queue,
    "search": desk.search,
    "decision": desk.decision,
    "overview": desk.overview,
}
DESK = ("queue", "search", "decision", "overview")  # Of a series of their own, far larger.


def wanted(_context: click.Context, _parameter: click.Parameter, only: str) -> list[str]:
    """The names that were asked for, by comma or space; all where none was."""
    names = only.replace(",", " ").split() or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        there = ", ".join(BENCHMARKS)
        raise click.BadParameter(f"There is no benchmark {', '.join(unknown)}. There are: {there}.")
    return names


def numbers(_context: click.Context, _parameter: click.Parameter, given: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in given.split(","))
    except ValueError:
        raise click.BadParameter(f"Whole numbers with commas between them, not {given}.") from None


@click.command()
@click.option("--only", "names", default="", callback=wanted, help="Names, with commas between.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write rows.")
@click.option("--people", default="1200,12000", callback=numbers, help="Sizes of the database.")
@click.option(
    "--desk-people",
    default="1000,1000000",
    callback=numbers,
    help="The same, for the desk's pages.",
)
@click.option("--clients", default="1,8", callback=numbers, help="How many ask at once.")
@click.option("--asks", default=200, help="How often each client asks.")
@click.option("--seconds", default=15.0, help="How long the open pages poll.")
def bench(
    names: list[str],
    file: Path | None,
    people: tuple[int, ...],
    desk_people: tuple[int, ...],
    clients: tuple[int, ...],
    asks: int,
    seconds: float,
) -> None:
    """Measure the app beside its floor: the same server, the same statements, and nothing else."""
    rows = measure(names, Scale(people, clients, asks, seconds), desk_people)
    click.echo(table(rows))
    if file:
        file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def measure(names: list[str], scale: Scale, desk_people: tuple[int, ...] = ()) -> list[Row]:
    rows: list[Row] = []
    sizes = [(data.make, size, False) for size in scale.people]
    sizes += [(desk_data.make, size, True) for size in desk_people]
    for make, size, is_desk in sizes:
        of_these = [name for name in names if (name in DESK) is is_desk]
        if of_these:
            with TemporaryDirectory(prefix="cdef-bench-") as folder:
                rows += measured(of_these, make(Path(folder), size), scale)
    grow(rows)
    return sorted(rows, key=lambda row: (names.index(row.name), row.unit, row.clients, row.people))


def measured(names: list[str], made: Data, scale: Scale) -> Iterator[Row]:
    with servers.pair(made) as (app, floor):
        for name in names:
            click.echo(f"{name}, {made.people} people", err=True)
            yield from BENCHMARKS[name](app, floor, made, scale)


def grow(rows: list[Row]) -> None:
    """How many times longer it takes with the most people than with the fewest."""
    for row in rows:
        alike = [other for other in rows if (other.name, other.clients, other.unit) == key(row)]
        few, many = (pick(alike, key=lambda other: other.people) for pick in (min, max))
        if few.people < many.people and few.p50_ms:
            row.growth = many.p50_ms / few.p50_ms


def key(row: Row) -> tuple[str, int, str]:
    return row.name, row.clients, row.unit


if __name__ == "__main__":
    bench(prog_name="python app.py bench")
