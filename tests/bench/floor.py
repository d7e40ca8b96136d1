"""The floor: what Flask, the engine and the disk take for so many statements, and nothing else.

It is one bare Flask app on the app's own server, with the app's own engine settings, on a copy of the
same database file. A read is one row by its key, a write is one column of one row; writes are one
transaction that takes the lock first and is on the disk when the answer goes out. It knows nobody,
checks nothing, draws nothing: whatever the app takes beyond it is the app's own doing.
"""

import sys

from flask import Flask
from sqlalchemy import Connection, text

from cdef import serve
from cdef.config import DEFAULTS
from cdef.kernel.db import db, init_app

READ = text("SELECT id, cohort_id, district_id, revision FROM team WHERE id = :id")
WRITE = text("UPDATE team SET revision = revision + 1 WHERE id = :id")


def create_floor(database: str, port: int) -> Flask:
    floor = Flask(__name__)
    floor.config.from_mapping(DEFAULTS)
    floor.config.from_mapping(SQLALCHEMY_DATABASE_URI=database, PORT=port, WORKER=False)
    init_app(floor)

    @floor.get("/<int:reads>")
    def read(reads: int) -> tuple[str, int]:
        with db.engine.connect() as connection:
            read_rows(connection, reads)
        return "", 204

    @floor.post("/<int:reads>/<int:writes>")
    def write(reads: int, writes: int) -> str:
        """The reads under the lock too, which is the least that they can cost."""
        with db.engine.connect().execution_options(writing=True) as connection:
            read_rows(connection, reads)
            for number in range(writes):
                connection.execute(WRITE, {"id": number + 1})
            connection.commit()
        return "done"

    return floor


def read_rows(connection: Connection, reads: int) -> None:
    for number in range(reads):
        connection.execute(READ, {"id": number + 1}).all()


if __name__ == "__main__":
    app = create_floor(sys.argv[1], int(sys.argv[2]))
    serve.serve(app, serve.bind(app))
