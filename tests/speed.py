"""What a process need not do anew for each test's own app: it saves most of a test's time."""

import gc
from collections.abc import Callable
from sqlite3 import Connection
from types import MethodType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from cdef.kernel.db import db

engines: dict[str, Engine] = {}
rules: dict[str, Rule] = {}  # Without defaults: theirs are no other rule's.
compile_rule: Callable[[Rule], None] = Rule.compile


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


def compile_once(rule: Rule) -> None:
    """What reads and what builds an address follows from the rule's text, unless it has defaults."""
    found = rules.get(rule.rule)
    if found is None or rule.defaults:
        compile_rule(rule)
        if not rule.defaults:
            rules[rule.rule] = rule
        return
    rule._parts, rule._trace, rule._converters = found._parts, found._trace, found._converters
    rule.arguments = set(found.arguments)
    rule._build = MethodType(found._build.__func__, rule)  # type: ignore[attr-defined]
    rule._build_unknown = MethodType(found._build_unknown.__func__, rule)  # type: ignore[attr-defined]


Rule.compile = compile_once  # type: ignore[method-assign]


def collect_seldom() -> None:
    """Looking for garbage took a fifth of the time: what is imported stays, the rest can wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
