"""`python app.py faults`: seeds of people at work while things break, and what is wrong afterwards."""

import os
import signal
import subprocess
import sys
import time

import click

from tests.faults.plan import draw
from tests.faults.run import run
from tests.faults.stage import stage
from tests.faults.stores import STORES

CHOSEN = (
    "postgresql" if os.environ.get("CDEF_SQLALCHEMY_DATABASE_URI", "")[:8] == "postgres" else ""
)

FEW = 3  # seeds


@click.command()
@click.option("--seeds", default=20, help="How many seeds, counted from the first.")
@click.option("--first", default=1, help="The seed to begin with.")
@click.option("--seed", type=int, help="This seed alone, with its history.")
@click.option("--database", type=click.Choice(list(STORES)), default=CHOSEN or "sqlite")
@click.option("--jobs", default=1, help="How many run side by side.")
@click.option("--step", default=1, hidden=True)
def faults(seeds: int, first: int, seed: int | None, database: str, jobs: int, step: int) -> None:
    """Let people work while servers are killed, mail fails and clocks jump; then look at what is left.

    On SQLite with a server and a worker, on PostgreSQL with three servers and two workers, each on a
    database server of its own.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))  # Nothing stays mounted.
    if seed is None and jobs > 1:
        sys.exit(side_by_side(seeds, first, database, jobs))
    chosen = [seed] if seed is not None else range(first, first + seeds, step)
    if len(chosen) > FEW:
        stage(database).warm()
    failed = [each for each in chosen if not is_sound(each, database, is_told=seed is not None)]
    click.echo(f"{len(chosen)} seeds on {database}, {len(failed)} failed: {failed or 'none'}")
    sys.exit(bool(failed))


def side_by_side(seeds: int, first: int, database: str, jobs: int) -> bool:
    """Every ``jobs``th seed in a process of its own; whether any failed."""
    command = [sys.executable, "-m", "tests.faults", "--database", database, "--step", str(jobs)]
    begun = [
        subprocess.Popen([*command, "--first", str(first + n), "--seeds", str(seeds - n)])
        for n in range(jobs)
    ]
    codes = [each.wait() for each in begun]
    return any(codes)


def is_sound(seed: int, database: str, *, is_told: bool) -> bool:
    began = time.monotonic()
    done = run(draw(seed, database))
    kinds, seconds = ", ".join(sorted(done.plan.kinds)), time.monotonic() - began
    forms = len(done.log.told)
    click.echo(f"seed {seed}: {kinds}; {forms} forms, {len(done.wrong)} wrong, {seconds:.1f} s")
    if is_told or done.wrong:
        click.echo(done.report())
    return not done.wrong


if __name__ == "__main__":
    faults(prog_name="python app.py faults")
