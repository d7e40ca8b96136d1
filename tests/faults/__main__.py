"""`python app.py faults`: seeds of people at work while things break, and what is wrong afterwards."""

import sys

import click

from tests.faults.plan import draw
from tests.faults.run import run


@click.command()
@click.option("--seeds", default=20, help="How many seeds, counted from 1.")
@click.option("--first", default=1, help="The seed to begin with.")
@click.option("--seed", type=int, help="This seed alone, with its history.")
def faults(seeds: int, first: int, seed: int | None) -> None:
    """Let people work while servers are killed, mail fails and clocks jump; then look at what is left."""
    chosen = [seed] if seed is not None else range(first, first + seeds)
    failed = [each for each in chosen if not is_sound(each, is_told=seed is not None)]
    click.echo(f"{len(chosen)} seeds, {len(failed)} failed: {failed or 'none'}")
    sys.exit(bool(failed))


def is_sound(seed: int, *, is_told: bool) -> bool:
    done = run(draw(seed))
    kinds = ", ".join(fault.kind for fault in done.plan.faults)
    click.echo(f"seed {seed}: {kinds}; {len(done.log.told)} forms, {len(done.wrong)} wrong")
    if is_told or done.wrong:
        click.echo(done.report())
    return not done.wrong


if __name__ == "__main__":
    faults(prog_name="python app.py faults")
