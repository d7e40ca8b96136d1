"""The commands for whoever has the machine's shell."""

import signal
import threading
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from cdef import backups, erasing_actions
from cdef.accounts import actions as accounts
from cdef.accounts.rules import ROLES
from cdef.config import in_a_sentence
from cdef.directory import actions as directory
from cdef.kernel import clock
from cdef.kernel.emails import fold_email
from cdef.kernel.links import link
from cdef.kernel.problems import Refused
from cdef.kernel.words import plural
from cdef.outbox import worker as outbox_worker
from cdef.outbox.check import check
from cdef.registrations.recount_actions import recount
from cdef.schema import bring_up_to_date
from cdef.teams.district_actions import relisting

staff = AppGroup("staff", help="Who decides on registrations.")
mail = AppGroup("mail", help="The way that letters take.")
districts = AppGroup("directory", help="The directory of districts and county offices.")


def init_app(app: Flask) -> None:
    for command in (
        staff,
        districts,
        mail,
        sign_in_link,
        sign_out,
        worker,
        tallies,
        backup,
        restore,
        erase,
    ):
        app.cli.add_command(command)


def known(email: str) -> str:
    """The folded address, or a usage error that says what is wrong with it."""
    try:
        return fold_email(email)
    except Refused as refused:
        raise click.BadParameter(str(refused)) from None


@staff.command("add")
@click.argument("email")
@click.option("--name", default="", help="The person's name, as others read it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(list(ROLES)),
    help="What they may do; may be given several times. Without it somebody new may do all.",
)
def add_staff(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Make somebody staff, or give them more roles."""
    bring_up_to_date()
    person = accounts.add_staff(known(email), name=name, roles=roles, by=None, now=clock.now())
    click.echo(f"{person.label} is staff, and signs in at {link('accounts.sign_in')}.")


@click.command("sign-in-link")
@click.argument("email")
@with_appcontext
def sign_in_link(email: str) -> None:
    """Print a one-time link that signs somebody in, without mail."""
    bring_up_to_date()
    secret = accounts.sign_in_link(known(email), now=clock.now())
    click.echo(link("accounts.confirm", secret=secret))


@click.command("sign-out")
@click.argument("email")
@with_appcontext
def sign_out(email: str) -> None:
    """End every sign-in of somebody, in all their browsers."""
    bring_up_to_date()
    person = accounts.with_address(known(email))
    if person is None:
        raise click.ClickException("Nobody here has this address.")
    accounts.sign_out_everywhere(person, now=clock.now())
    click.echo(f"{person.label} is signed out everywhere.")


@districts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_directory(file: Path) -> None:
    """Bring the directory up to date from the state's tab-separated FILE."""
    bring_up_to_date()
    try:
        reading = directory.read_file(file)
        with relisting(now=clock.now()):
            report = directory.import_directory(reading, by=None, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    for line in directory.report_lines(report):
        click.echo(line)


@click.command()
@with_appcontext
def tallies() -> None:
    """Count anew what the staff's lists and counters say, and tell what differed."""
    bring_up_to_date()
    differing = {name: number for name, number in recount().items() if number}
    for name, number in differing.items():
        click.echo(f"{name}: {plural(number, 'difference')} set right")
    if not differing:
        click.echo("Everything was counted as it is.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write a proven copy of the database to FILE, while the app goes on."""
    with in_a_sentence():
        bring_up_to_date()
        made = backups.back_up(file)
    click.echo(f"The copy is {made}, {made.stat().st_size:,} bytes.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put the copy FILE in the database's place; letters are held until staff have looked."""
    with in_a_sentence():
        replaced = backups.bring_back(file, now=clock.now())
    if replaced:
        click.echo(f"What was there before is kept in {replaced}.")
    click.echo("The copy is in place. Staff let letters go out again at /staff/outbox.")


@click.command()
@click.argument("address")
@with_appcontext
def erase(address: str) -> None:
    """Erase the person with ADDRESS: their name and address leave every table, for good."""
    bring_up_to_date()
    email = known(address)
    with in_a_sentence():
        instead = erasing_actions.erase(email, Path(current_app.instance_path), now=clock.now())
    click.echo(f"This person is erased. Where the address stood there is {instead} now.")
    click.echo(
        "Copies of the database keep it until they are deleted; those that come back do not."
    )


@mail.command("check")
@click.argument("address")
def check_mail(address: str) -> None:
    """Send one test mail to ADDRESS, and tell what the mail server says at each step."""
    to = known(address)
    if not current_app.config["MAIL_SERVER"]:
        raise click.ClickException("Set CDEF_MAIL_SERVER: without it letters are held.")
    for step in check(to, now=clock.now()):
        click.echo(f"{step.name}: {step.said}")
        if not step.is_done:
            raise click.ClickException(f"This step failed. {step.advice}".strip())
    click.echo(f"The mail server has taken a mail for {to}. Look whether it has arrived.")


@click.command()
@with_appcontext
def worker() -> None:
    """Send letters, beside servers that run with CDEF_WORKER=false."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if not app.config["MAIL_SERVER"]:
        raise click.ClickException("Set CDEF_MAIL_SERVER: without it letters are held.")
    bring_up_to_date()
    click.echo("The mail worker runs. Press Ctrl-C to stop it.")
    outbox_worker.work(app, told_to_stop())


def told_to_stop() -> threading.Event:
    """Set by Ctrl-C or an operator's signal, so that the letter in hand is finished; the second ends."""
    stop = threading.Event()

    def tell(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, tell)
    return stop
