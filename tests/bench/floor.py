"""The floor: a bare Flask app that says hello, draws one indexed page, and writes one durable row.

It has the app's own server with as many threads, and a copy of the same database file with the same
pragmas, through Flask-SQLAlchemy. It knows nobody, checks nothing, and imports nothing of the app:
whatever the app takes beyond it is the app's own doing. As a module it is started like this:
`python -m tests.bench.floor DATABASE PORT THREADS`.
"""

import signal
import sqlite3
import sys

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import event, text
from waitress import serve

PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Team {{ team }}</title></head>
  <body>
    <h1>Team {{ team }}</h1>
    <table>
      {% for name, email, position in rows %}
        <tr><td>{{ name }}</td><td>{{ email }}</td><td>{{ position }}</td></tr>
      {% endfor %}
    </table>
  </body>
</html>
"""
READ = text("SELECT name, email, position FROM member WHERE team_id = :team ORDER BY id")
WRITE = text(
    "INSERT INTO event (at, about, who, what) "
    "VALUES ('2016-10-17 09:00:00.000000', 'floor:1', 'the floor', :what)"
)
db = SQLAlchemy()


def create_floor(database: str) -> Flask:
    floor = Flask(__name__)
    floor.jinja_loader = DictLoader({"page.html": PAGE})  # type: ignore[misc]
    floor.config["SQLALCHEMY_DATABASE_URI"] = database
    db.init_app(floor)
    with floor.app_context():
        event.listen(db.engine, "connect", configure)

    @floor.get("/")
    def hello() -> str:
        return "Hello"

    @floor.get("/teams/<int:team>")
    def page(team: int) -> str:
        rows = db.session.execute(READ, {"team": team}).all()
        return render_template("page.html", team=team, rows=rows)

    @floor.post("/events")
    def write() -> str:
        db.session.execute(WRITE, {"what": "wrote a row"})
        db.session.commit()
        return "Written"

    return floor


def configure(connection: sqlite3.Connection, _record: object) -> None:
    for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")


if __name__ == "__main__":
    database, port, threads = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    serve(create_floor(database), host="127.0.0.1", port=int(port), threads=int(threads))
