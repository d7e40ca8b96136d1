"""The shape of the app: what may import what, and what belongs where."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import walkers
from tests.source import Source, read

Rule = Callable[[Source], Iterator[str]]
by_name = {"ids": lambda value: getattr(value, "__name__", " ".join(str(value).split())[:40])}

# A small app in good order, into which each fault below is planted.
SOUND = {
    "cdef/__init__.py": 'FEATURES = ("outbox", "accounts", "teams")\n',
    "cdef/config.py": "import os\n",
    "cdef/serve.py": "from cdef import config\nfrom cdef.kernel import clock\n",
    "cdef/kernel/clock.py": "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
    "cdef/kernel/db.py": "def transaction(session):\n    session.commit()\n",
    "cdef/outbox/sender.py": "import smtplib\n",
    "cdef/accounts/models.py": 'class Person:\n    __tablename__ = "person"\n',
    "cdef/accounts/views.py": "from cdef.accounts import forms\nfrom flask import request\n",
    "cdef/accounts/forms.py": "import wtforms\n",
    "cdef/teams/__init__.py": "from cdef.teams.views import blueprint\n",
    "cdef/teams/actions.py": "from cdef.kernel.db import transaction\n",
    "cdef/teams/models.py": (
        'from cdef.accounts.models import Person\n\nclass Team:\n    __tablename__ = "team"\n'
        '    lead_id = ForeignKey("person.id")\n'
    ),
    "cdef/teams/views.py": (
        "from cdef.teams import actions, forms\nfrom cdef.accounts.models import Person\n\n"
        '@blueprint.get("/teams/<int:team_id>/<any(a, b):said>")\n'
        "def page(team_id: int, said: str) -> str: ...\n"
    ),
    "cdef/teams/rules.py": "import re\nfrom cdef.kernel.words import plural\n",
}
# The rule, the file, the fault in it, and a part of what is said about it.
PLANTED: list[tuple[Rule, str, str, str]] = [
    (walkers.import_order, "accounts/rules.py", "from cdef.teams import rules", "cdef.teams.rules"),
    (walkers.import_order, "accounts/rules.py", "import cdef.teams.rules", "cdef.teams.rules"),
    (walkers.import_order, "kernel/words.py", "from cdef.accounts.models import Person", "Person"),
    (walkers.import_order, "outbox/views.py", "from cdef.accounts import models", "models"),
    (walkers.import_order, "teams/views.py", "from cdef import create_app", "cdef.create_app"),
    (walkers.import_order, "teams/views.py", "from cdef import serve", "cdef.serve"),
    (walkers.import_order, "config.py", "from cdef.serve import run", "cdef.serve.run"),
    (walkers.import_order, "kernel/db.py", "import_module('cdef.teams')", "cdef.teams"),
    (walkers.import_order, "lost/models.py", "import re", "no feature"),
    (
        walkers.foreign_keys,
        "outbox/models.py",
        'class Letter:\n    team_id = mapped_column(ForeignKey("team.id"))',
        "the table team of teams",
    ),
    (walkers.foreign_keys, "teams/models.py", 'x = ForeignKey("plane.id")', "plane of nobody"),
    (walkers.file_names, "teams/utils.py", "", "teams/utils.py"),
    (walkers.file_names, "teams/more/rules_.py", "", "teams/more/rules_.py"),
    (walkers.file_table, "teams/views.py", "from cdef.accounts import views", "accounts.views"),
    (walkers.file_table, "teams/views.py", "from cdef.accounts.forms import F", "accounts.forms.F"),
    (walkers.file_table, "teams/views.py", "from flask_mail import Message", "flask_mail"),
    (walkers.file_table, "teams/views.py", "from cdef.outbox.actions import post", "post"),
    (walkers.file_table, "teams/views.py", "from cdef.teams import letters", "letters"),
    (walkers.file_table, "teams/roster_page.py", "from cdef.outbox import sender", "sender"),
    (walkers.file_table, "teams/forms.py", "from cdef.teams import actions", "teams.actions"),
    (walkers.file_table, "teams/forms.py", "from cdef.teams.roster_actions import add", "add"),
    (walkers.file_table, "teams/forms.py", "from flask import request", "flask.request"),
    (walkers.file_table, "teams/actions.py", "from flask import session", "flask.session"),
    (walkers.file_table, "teams/actions.py", "import flask", "flask"),
    (walkers.file_table, "teams/actions.py", "from flask import g", "flask.g"),
    (walkers.file_table, "teams/actions.py", "from flask_login import current_user", "current"),
    (walkers.file_table, "teams/actions.py", "from cdef.kernel import clock", "kernel.clock"),
    (walkers.file_table, "teams/actions.py", "from cdef.kernel.access import person", "person"),
    (walkers.file_table, "teams/roster_actions.py", "from cdef.kernel.clock import now", "now"),
    (walkers.file_table, "teams/letters.py", "from cdef.outbox.actions import post", "post"),
    (walkers.file_table, "teams/letters.py", "from cdef.outbox.sender import deliver", "deliver"),
    (walkers.file_table, "teams/models.py", "from flask import current_app", "flask.current_app"),
    (walkers.file_table, "teams/models.py", "from flask_mail import Mail", "flask_mail.Mail"),
    (walkers.file_table, "teams/models.py", "from cdef.teams import actions", "teams.actions"),
    (walkers.pure_rules, "teams/rules.py", "import sqlalchemy", "sqlalchemy"),
    (walkers.pure_rules, "teams/rules.py", "from flask import g", "flask.g"),
    (walkers.pure_rules, "teams/rules.py", "from cdef.kernel import clock", "kernel.clock"),
    (walkers.pure_rules, "teams/rules.py", "from cdef.teams.models import Team", "models.Team"),
    (walkers.only_actions_commit, "teams/views.py", "db.session.commit()", "db.session.commit"),
    (walkers.only_actions_commit, "kernel/tokens.py", "with db.engine.begin(): ...", "begin"),
    (
        walkers.only_actions_commit,
        "teams/views.py",
        "from cdef.kernel.db import transaction as t",
        "db.transaction",
    ),
    (walkers.one_clock, "teams/views.py", "x = datetime.now(UTC)", "views.py:1 reads"),
    (walkers.one_clock, "teams/rules.py", "x = date.today()", "date.today"),
    (walkers.one_clock, "kernel/pdf.py", "x = datetime.datetime.utcnow()", "utcnow"),
    (walkers.one_clock, "teams/models.py", "x = column(default=datetime.now)", "datetime.now"),
    (walkers.one_clock, "teams/models.py", "x = column(default=func.now())", "func.now"),
    (walkers.one_clock, "serve.py", "import time\nx = time.time()", "time.time"),
    (walkers.one_clock, "serve.py", "from time import time", "time.time"),
    (walkers.one_sender, "outbox/worker.py", "import smtplib", "smtplib"),
    (walkers.one_sender, "teams/actions.py", "from flask_mail import Mail", "flask_mail.Mail"),
    (
        walkers.imports_at_the_top,
        "accounts/actions.py",
        "def f():\n    from cdef.teams import models",
        "inside f",
    ),
    (
        walkers.imports_at_the_top,
        "accounts/actions.py",
        "async def f():\n    if x:\n        import_module('cdef.teams')",
        "inside f",
    ),
    (
        walkers.declared_methods,
        "teams/views.py",
        "@blueprint.route('/x')\ndef f(): ...",
        "f does not say",
    ),
    (
        walkers.declared_methods,
        "teams/views.py",
        "@blueprint.delete('/x')\ndef f(): ...",
        "f does not say",
    ),
    (
        walkers.declared_methods,
        "teams/views.py",
        "@blueprint.get('/x/<n>')\ndef f(n: int): ...",
        "differ on a type",
    ),
    (walkers.declared_methods, "teams/views.py", "app.add_url_rule('/x', 'x', f)", "decorator"),
    (walkers.sizes, "teams/rules.py", "\n" * 300, "301 lines"),
    (walkers.sizes, "teams/rules.py", "def f():\n" + "    x\n" * 40, "f has 41 lines"),
]


@cache
def the_app() -> Source:
    return read()


@pytest.mark.parametrize("rule", walkers.RULES, **by_name)
def test_the_app_keeps(rule: Rule) -> None:
    assert list(rule(the_app())) == []


def test_other_file_names_and_exceptions_are_of_files_that_exist() -> None:
    there = {module.path for module in the_app().modules}
    named = {f"cdef/{name}.py" for name in walkers.OTHER_NAMES}
    assert named | {*walkers.COMMITTING, *walkers.MAILING, *walkers.IMPORTING_LATE} <= there


def plant(folder: Path, files: dict[str, str]) -> Source:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return read(folder)


@pytest.mark.parametrize("rule", walkers.RULES, **by_name)
def test_a_sound_app_is_not_faulted(rule: Rule, tmp_path: Path) -> None:
    assert list(rule(plant(tmp_path, SOUND))) == []


@pytest.mark.parametrize(("rule", "path", "fault", "said"), PLANTED, **by_name)
def test_a_planted_fault_is_caught(
    rule: Rule, path: str, fault: str, said: str, tmp_path: Path
) -> None:
    found = list(rule(plant(tmp_path, SOUND | {f"cdef/{path}": fault + "\n"})))
    assert len(found) == 1
    assert path in found[0]
    assert said in found[0]


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, *_ in PLANTED} == set(walkers.RULES)
