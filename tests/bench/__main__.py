"""`python app.py bench`: how long the app takes beside a bare floor, as a table and as JSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench import changes, data, pages, process, servers, team_of_ten, threads
from tests.bench.data import Data
from tests.bench.letters import letters
from tests.bench.measure import Row, Scale
from tests.bench.table import table

Benchmark = Callable[[servers.Server, servers.Server, Data, Scale], Iterator[Row]]
# A new name is one function that yields its rows, and one line here.
BENCHMARKS: dict[str, Benchmark] = {
    "public": pages.public,
    "roster": pages.roster,
    "poll": pages.poll,
    "row_save": changes.row_save,
    "sign": changes.sign,
    "queue": pages.queue,
    "search": pages.search,
    "decision": changes.decision,
    "overview": pages.overview,
    "letters": letters,
    "flyer": process.flyer,
    "cold_start": process.cold_start,
    "memory": process.memory,
    "first_load": process.first_load,
    "team_of_ten": team_of_ten.team_of_ten,
    "threads": threads.threads,
}
# They do not depend on how many people there are.
ONCE = {"letters", "flyer", "first_load", "team_of_ten", "threads"}


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
@click.option(
    "--people", default="1000,100000,1000000", callback=numbers, help="Sizes of the data."
)
@click.option("--clients", default="1,8,64", callback=numbers, help="How many ask at once.")
@click.option("--asks", default=150, help="How often each client asks, at most.")
@click.option("--seconds", default=1.5, help="How long each line of the table may take.")
@click.option("--polling", default=6.0, help="How many seconds the open pages poll.")
def bench(
    names: list[str],
    file: Path | None,
    people: tuple[int, ...],
    clients: tuple[int, ...],
    asks: int,
    seconds: float,
    polling: float,
) -> None:
    """Measure the app beside its floor: a bare Flask app on the same server and database."""
    rows = measure(names, Scale(people, clients, asks, seconds, polling))
    click.echo(table(rows))
    if file:
        file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def measure(names: list[str], scale: Scale) -> list[Row]:
    rows: list[Row] = []
    for size in scale.people:
        of_these = [name for name in names if name not in ONCE or size == scale.people[0]]
        if of_these:
            with TemporaryDirectory(prefix="cdef-bench-") as folder:
                rows += measured(of_these, data.make(Path(folder), size), scale)
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
