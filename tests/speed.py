"""What a process need not do anew for each test's own app: it saves most of a test's time."""

import gc
from collections.abc import Callable
from sqlite3 import Connection
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from cdef.kernel.db import db

engines: dict[str, Engine] = {}
builders: dict[tuple[str, bool], Any] = {}
compile_builder: Callable[..., Any] = Rule._compile_builder


def hasten(app: Flask) -> None:
    """Let the app use what other tests have compiled; its data stays its own."""
    app.jinja_env.bytecode_cache = compiled
    with app.app_context():
        share_compiled_sql(db.engine)
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", spare_the_disk)


def share_compiled_sql(engine: Engine) -> None:
    """An engine looks up compiled statements by its dialect."""
    first = engines.setdefault(engine.dialect.name, engine)
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache


def spare_the_disk(connection: Connection, _record: object) -> None:
    """No test of these lives through a power cut; those of killed servers have their own files."""
    connection.execute("PRAGMA synchronous = OFF")


class Compiled(BytecodeCache):
    """Compiled templates."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


compiled = Compiled()


def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
    """What builds an address follows from the rule's text, unless the rule has defaults."""
    if rule.defaults:
        return compile_builder(rule, append_unknown)
    key = rule.rule, append_unknown
    if key not in builders:
        builders[key] = compile_builder(rule, append_unknown)
    return builders[key]


Rule._compile_builder = compile_once


def collect_seldom() -> None:
    """Looking for garbage took a fifth of the time: what is imported stays, the rest can wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
