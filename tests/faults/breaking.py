"""What breaks: each kind takes a world, and how long or how far. Several may go on at once."""

import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

from tests.faults.plan import Fault
from tests.faults.stores import Postgresql, Sqlite
from tests.faults.world import World, kill
from tests.outbox.mail_server import HANG_UP

STEPS = ("MAIL", "RCPT", "DATA", ".")
HEARD = ("MAIL", "RCPT", ".")  # At the last the letter has arrived.
# Of one kind nothing happens twice at once, nor of these; all else may.
TURNS = {"full disk": "disk", "power": "disk", "lock": "disk"}
UNTIL = 8  # seconds in which a letter may come to that step
SILENT = 1  # second, which is longer than the app waits for a step


def break_by(world: World, fault: Fault) -> None:
    with world.turn[TURNS.get(fault.kind, fault.kind)]:
        BREAK[fault.kind](world, fault.size)


def kill_server(world: World, seconds: float) -> None:
    with world.hands:
        number = int(seconds * 100) % len(world.servers)
        kill(world.servers[number])
        time.sleep(seconds)
        world.servers[number] = world.serve(number)
        world.await_server(number)


def kill_worker(world: World, seconds: float) -> None:
    with world.hands:
        world.kill_workers()
        time.sleep(seconds)
        world.workers = [world.work() for _ in world.workers]


def kill_in_hand(world: World, number: float) -> None:
    """Killed at one step of a delivery; after the final dot the letter has arrived."""
    with world.hands:
        world.kill_in_hand(HEARD[int(number) % len(HEARD)], UNTIL)
        world.kill_workers()
        world.workers = [world.work() for _ in world.workers]


def lose_post(world: World, seconds: float) -> None:
    """Nobody listens where the mail server was."""
    world.post.stop()
    time.sleep(seconds)
    world.post.start()


def refuse(world: World, letters: float) -> None:
    """For now at each step of the conversation, and then for good at each step of another."""
    for step in ("EHLO", *STEPS):
        world.post.answers[step] = ["450 Busy"] * int(letters) + ["550 Not here"]


def cut(world: World, letters: float) -> None:
    """The connection breaks, also where the letter is taken and nobody hears of it."""
    for step in ("EHLO", *STEPS, "QUIT"):
        world.post.answers[step] = [HANG_UP] * int(letters)


def fall_silent(world: World, seconds: float) -> None:
    world.post.slow[HEARD[int(seconds * 100) % 2]] = SILENT
    time.sleep(seconds)
    world.post.slow.clear()


def lock(world: World, seconds: float) -> None:
    world.stage.store.lock(seconds)


def set_clock(world: World, hours: float) -> None:
    """All are stopped as an operator does, and go on at another time."""
    with world.hands:
        world.skew += timedelta(hours=hours)
        world.stop()
        world.start()


def fill_disk(world: World, seconds: float) -> None:
    assert isinstance(world.stage.store, Sqlite)
    world.stage.store.fill_disk(seconds, lambda: world.pids)
    with world.hands:
        world.await_workers()


def lose_power(world: World, seconds: float) -> None:
    """The machine goes down with all that was not on its disk, and comes back."""
    assert isinstance(world.stage.store, Sqlite)
    with world.hands:
        world.strike()
        world.end()
        world.killed += len(world.workers)
        world.stage.store.lose_power(Random(seconds))
        world.start()


def disconnect(world: World, _size: float) -> None:
    assert isinstance(world.stage.store, Postgresql)
    world.stage.store.disconnect()
    with world.hands:
        world.await_workers()


BREAK: dict[str, Callable[[World, float], None]] = {
    "kill server": kill_server,
    "kill worker": kill_worker,
    "kill in hand": kill_in_hand,
    "no mail server": lose_post,
    "refusal": refuse,
    "cut": cut,
    "silence": fall_silent,
    "lock": lock,
    "clock": set_clock,
    "full disk": fill_disk,
    "power": lose_power,
    "disconnect": disconnect,
}
