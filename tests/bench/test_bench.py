"""`python app.py bench`: what it prints and writes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cdef import create_app
from cdef.kernel.db import db
from cdef.registrations.recount_actions import recount
from tests.bench.__main__ import BENCHMARKS, bench, grow
from tests.bench.data import make, settings
from tests.bench.measure import Row
from tests.bench.table import table

FIELDS = ("name", "clients", "people", "p50_ms", "floor_ms", "ratio", "growth", "unit")
TINY = ("--people", "8", "--clients", "1", "--asks", "1", "--seconds", "0.1", "--polling", "0.2")
# A start, a flyer and letters take seconds, and have tests of their own.
NAMES = "public,roster,poll,row_save,sign,queue,search,decision,overview,first_load,team_of_ten"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(bench, arguments)


def test_a_short_run_prints_a_table_and_writes_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    result = run("--only", NAMES, "--json", str(file), *TINY)
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(file.read_text())
    assert {tuple(row) for row in rows} == {FIELDS}
    assert list(dict.fromkeys(row["name"] for row in rows)) == NAMES.split(",")
    assert all(row["p50_ms"] > 0 and row["ratio"] > 0 for row in rows if row["floor_ms"])
    heads, *lines = result.stdout.splitlines()[-len(rows) - 1 :]
    assert heads.split() == [
        *("name", "clients", "people", "p50", "floor", "ratio", "growth", "unit", "target")
    ]
    assert [line.split()[0] for line in lines] == [row["name"] for row in rows]


def test_an_unknown_name_is_refused_in_words() -> None:
    result = run("--only", "poll,speed")
    assert result.exit_code == 2
    assert (
        "There is no benchmark speed. There are: public, roster, poll, row_save, sign,"
        in result.output
    )


def test_a_size_that_is_no_number_is_refused_in_words() -> None:
    assert "Whole numbers with commas between them, not many." in run("--people", "many").output


def test_growth_is_the_most_people_over_the_fewest() -> None:
    rows = [Row("poll", 1, people, p50, 1.0, p50) for people, p50 in ((10, 2.0), (1000, 3.0))] + [
        Row("poll", 8, 10, 5.0, 1.0, 5.0)
    ]
    grow(rows)
    assert [row.growth for row in rows] == [1.5, 1.5, None]


@pytest.mark.parametrize(("ratio", "said"), [(2.0, "at most 2x: yes"), (2.01, "at most 2x: NO")])
def test_the_table_says_whether_a_promise_is_kept(ratio: float, said: str) -> None:
    assert table([Row("poll", 1, 12, ratio, 1.0, ratio)]).endswith(said)


def test_the_generated_teams_are_counted_as_a_recount_counts(tmp_path: Path) -> None:
    made = make(tmp_path, 400)
    with create_app(settings(made.path)).app_context():
        assert not any(recount().values())
        db.session.remove()
        db.engine.dispose()


def test_every_benchmark_says_what_it_measures() -> None:
    assert all(benchmark.__doc__ for benchmark in BENCHMARKS.values())
