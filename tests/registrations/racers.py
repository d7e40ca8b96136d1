"""A process in which some of many people approve at once: it reads orders, and says what became of them."""

import json
import sys

from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.registrations import actions
from cdef.teams.models import Team
from tests.conftest import make_app
from tests.races import at_once


def approve(team_id: int) -> str:
    team = db.session.get_one(Team, team_id)
    actions.decide(team, "approve", "", by=actions.staff()[0], now=clock.now())
    return "approved"


def main(database: str) -> None:
    app = make_app(database, {})
    with app.app_context():
        say("ready")
        for line in sys.stdin:
            say(json.dumps(at_once(app, json.loads(line), approve)))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
