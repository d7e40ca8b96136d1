"""What can be said to the app in a shell: `python app.py` and the word after it."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup

from cdef import create_app
from cdef.config import in_a_sentence

ROOT = Path(__file__).resolve().parent.parent
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "template format": ["djlint", "--check", "templates"],
    "template lint": ["djlint", "--lint", "templates"],
}


def run_tool(tool: str, *arguments: str) -> int:
    return subprocess.call([sys.executable, "-m", tool, *arguments], cwd=ROOT)


def workers(processors: int | None) -> str:
    """One worker leaves the machine idle while a browser thinks; more than four only queue."""
    return str(max(2, min(4, processors or 2)))


@click.command()
def serve() -> None:
    """Serve the app to this machine: what happens without a command."""
    serve_app()


def serve_app() -> None:
    from cdef import serve as server

    server.run()


@click.command()
def demo() -> None:
    """Serve a throw-away copy with people to sign in as, in October 2016."""
    from cdef import serve as server

    server.demo()


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(pytest_arguments: tuple[str, ...]) -> None:
    """Run the tests, all of them or what pytest's arguments choose."""
    sys.exit(run_tool("pytest", "-n", workers(os.cpu_count()), *pytest_arguments))


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure the app beside a bare floor; it reports, and fails nothing."""
    sys.exit(run_tool("tests.bench", *arguments))


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def faults(arguments: tuple[str, ...]) -> None:
    """Break things while people work, and see that what they were told is true."""
    sys.exit(run_tool("tests.faults", *arguments))


@click.command()
def check() -> None:
    """Check format, lint, types and templates."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        sys.exit(f"Not in order: {', '.join(failed)}.")


def passes(name: str, command: list[str]) -> bool:
    click.secho(f"\n{name}: {' '.join(command)}", bold=True)
    return run_tool(*command) == 0


def app_with_migrations() -> Flask:
    """For `db`, which asks the app for its migrations."""
    from cdef.schema import bind

    app = create_app()
    bind(app)
    return app


def command_group() -> FlaskGroup:
    """Ours, those that the features register on the app, and `db` for migrations."""
    group = FlaskGroup(
        create_app=app_with_migrations,
        commands=[serve, demo, test, bench, faults, check],
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        help="Registration for the cohort training. Without a command the app is served.",
    )
    group.params.clear()  # Flask's own options choose an app, and here there is one.
    return group


def main(arguments: list[str]) -> None:
    """Without a command it serves, and does not wait for what only commands need."""
    with in_a_sentence():
        if arguments in ([], ["serve"]):
            serve_app()
        else:
            gc.enable()  # The starter has turned it off.
            command_group().main(args=arguments, prog_name="python app.py")
