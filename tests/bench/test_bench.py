"""`python app.py bench`: what it prints and writes, and that its floor does as much as the app."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cdef import create_app
from cdef.kernel.db import db
from cdef.registrations.recount_actions import recount
from tests.bench import team_page
from tests.bench.__main__ import BENCHMARKS, bench, grow
from tests.bench.data import settings
from tests.bench.desk_data import make as make_desk
from tests.bench.measure import Row
from tests.bench.table import table
from tests.cast import DISTRICT_LEAD, Cast
from tests.teams.costs import HTMX, counted, roster_of_twelve

FIELDS = ["name", "clients", "people", "p50_ms", "floor_ms", "ratio", "growth", "unit"]
TINY = ("--people", "12,24", "--clients", "1", "--asks", "3", "--seconds", "1")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(bench, arguments)


def test_a_short_run_prints_a_table_and_writes_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    result = run("--only", "poll,row_save", "--json", str(file), *TINY)
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(file.read_text())
    assert [list(row) for row in rows] == [FIELDS] * 6
    assert {(row["name"], row["people"], row["unit"]) for row in rows} == {
        (name, people, unit)
        for people in (12, 24)
        for name, unit in (("poll", "ms"), ("poll", "% of a core"), ("row_save", "ms"))
    }
    assert all(row["p50_ms"] > 0 and row["ratio"] > 0 for row in rows if row["unit"] == "ms")
    heads, *lines = result.stdout.splitlines()[-7:]
    assert heads.split() == [
        *("name", "clients", "people", "p50", "floor", "ratio", "growth", "unit", "target")
    ]
    assert [line.split()[0] for line in lines] == ["poll"] * 4 + ["row_save"] * 2


def test_an_unknown_name_is_refused_in_words() -> None:
    result = run("--only", "poll,speed")
    assert result.exit_code == 2
    assert (
        "There is no benchmark speed. There are: roster, poll, row_save, letters," in result.output
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


def test_the_floor_does_as_many_statements_as_the_app(cast: Cast) -> None:
    team = roster_of_twelve(cast)
    home, member = f"/teams/{team.id}", team.members[-1].id
    path, lead = f"{home}/members/{member}", cast.browser(DISTRICT_LEAD)
    with counted() as roster:
        page = lead.get(home)
    address = str(page.find("div", id="live")[0].get("hx-get"))
    with counted() as poll:
        lead.client.get(address, headers=HTMX)
    lead.get(f"{path}/edit")
    fields = dict(lead.page.form(path).fields) | {"name": "Wilhelmina Cho"}  # type: ignore[union-attr]
    with counted() as save:
        assert lead.client.post(path, data=fields, headers=HTMX).status_code == 200
    writes = [statement for statement in save if not statement.startswith("SELECT")]
    assert len(roster) == team_page.ROSTER_READS
    assert len(poll) == team_page.POLL_READS
    assert len(save) - len(writes) == team_page.SAVE_READS
    assert len(writes) == team_page.SAVE_WRITES


def test_the_desk_is_measured_with_a_series_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    few = ("--desk-people", "800,1600", "--clients", "1", "--asks", "2")
    result = run("--only", "queue,search,decision,overview", "--json", str(file), *few)
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(file.read_text())
    assert {(row["name"], row["people"]) for row in rows} == {
        (name, people)
        for people in (800, 1600)
        for name in ("queue", "search", "decision", "overview")
    }
    assert all(row["growth"] > 0 and row["ratio"] > 0 for row in rows)


def test_the_generated_desk_is_counted_as_a_recount_counts(tmp_path: Path) -> None:
    made = make_desk(tmp_path, 800)
    with create_app(settings(made.path)).app_context():
        assert not any(recount().values())
        db.session.remove()
        db.engine.dispose()


def test_every_benchmark_says_what_it_measures() -> None:
    assert all(benchmark.__doc__ for benchmark in BENCHMARKS.values())
