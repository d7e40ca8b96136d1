"""listings, counters and words, from which staff's lists are read."""

import sqlalchemy as sa
from alembic import op

from cdef.kernel.words import local_day
from cdef.teams.listing_rules import words_of

revision = "c3e9a17f52d8"
down_revision = "c81f0d6e2b57"
branch_labels = None
depends_on = None

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
AFTER = {
    "submit": "submitted",
    "approve": "approved",
    "return": "returned",
    "waitlist": "waitlisted",
    "decline": "declined",
    "withdraw": "withdrawn",
    "reopen": "returned",
}
LISTINGS = """
INSERT INTO listing (team_id, series_id, cohort_id, district_id, county, state, waits, at,
                     district_people, union_people)
SELECT team.id, cohort.series_id, team.cohort_id, team.district_id, district.county,
       COALESCE(registration.state, 'draft'),
       COALESCE(registration.state, 'draft') IN ('submitted', 'waitlisted'),
       COALESCE(registration.submitted_at, team.created_at),
       COUNT(CASE WHEN registration.state <> 'returned' AND member.side = 'district' THEN 1 END),
       COUNT(CASE WHEN registration.state <> 'returned' AND member.side = 'union' THEN 1 END)
FROM team JOIN cohort ON cohort.id = team.cohort_id JOIN district ON district.id = team.district_id
LEFT JOIN registration ON registration.team_id = team.id
LEFT JOIN member ON member.team_id = team.id AND member.removed_at IS NULL
GROUP BY team.id, cohort.series_id, team.cohort_id, team.district_id, district.county,
         registration.state, registration.submitted_at, team.created_at
"""
UNMET = sa.text(
    "INSERT INTO unmet_rule (rule_id, team_id) SELECT :rule_id, team_id FROM listing"
    " WHERE series_id = :series_id AND state NOT IN ('draft', 'returned') AND NOT EXISTS"
    " (SELECT 1 FROM member WHERE member.team_id = listing.team_id"
    " AND member.removed_at IS NULL AND member.position IN :met_by)"
).bindparams(sa.bindparam("met_by", expanding=True))
COUNTERS = """
INSERT INTO tally (cohort_id, kind, key, state, count)
SELECT cohort_id, 'teams', '', state, COUNT(*) FROM listing GROUP BY cohort_id, state
UNION ALL
SELECT cohort_id, 'county', county, state, COUNT(*) FROM listing
GROUP BY cohort_id, county, state
UNION ALL
SELECT cohort_id, 'people', 'district', state, SUM(district_people) FROM listing
GROUP BY cohort_id, state
UNION ALL
SELECT cohort_id, 'people', 'union', state, SUM(union_people) FROM listing
GROUP BY cohort_id, state
UNION ALL
SELECT cohort_id, 'rule', CAST(rule_id AS TEXT), state, COUNT(*)
FROM listing JOIN unmet_rule ON unmet_rule.team_id = listing.team_id
GROUP BY cohort_id, rule_id, state
"""
HISTORY = """
SELECT team.id, team.cohort_id, team.created_at, decision.verb, decision.at
FROM team LEFT JOIN registration ON registration.team_id = team.id
LEFT JOIN decision ON decision.registration_id = registration.id
ORDER BY team.id, decision.id
"""
TEXTS = """
SELECT team.id, 0, district.name FROM team JOIN district ON district.id = team.district_id
UNION ALL
SELECT team.id, 0, district.county FROM team JOIN district ON district.id = team.district_id
UNION ALL SELECT team_id, 0, name FROM lead WHERE left_at IS NULL
UNION ALL SELECT team_id, 0, person.email FROM lead JOIN person ON person.id = lead.person_id
WHERE left_at IS NULL
UNION ALL
SELECT listing.team_id, member.id, member.name || ' ' || member.email FROM listing
JOIN member ON member.team_id = listing.team_id AND member.removed_at IS NULL
WHERE state NOT IN ('draft', 'returned')
"""


def upgrade() -> None:
    create()
    connection = op.get_bind()
    connection.execute(sa.text(LISTINGS))
    rules = sa.table(
        "team_rule", sa.column("id"), sa.column("series_id"), sa.column("met_by", sa.JSON)
    )
    for rule_id, series_id, met_by in connection.execute(sa.select(rules)).all():
        connection.execute(UNMET, {"rule_id": rule_id, "series_id": series_id, "met_by": met_by})
    connection.execute(sa.text(COUNTERS))
    count_days(connection)
    find_words(connection)


def create() -> None:
    op.create_table(
        "listing",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("county", BYTEWISE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("district_people", sa.Integer(), nullable=False),
        sa.Column("union_people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_listing_team_id_team"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_listing_series_id_series"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_listing_cohort_id_cohort"),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name="fk_listing_district_id_district"
        ),
        sa.PrimaryKeyConstraint("team_id", name="pk_listing"),
    )
    order = ["at", "team_id"]
    for of in ("series", "cohort"):
        op.create_index(f"ix_listing_{of}", "listing", [f"{of}_id", *order])
        op.create_index(f"ix_listing_{of}_waits", "listing", [f"{of}_id", "waits", *order])
        op.create_index(f"ix_listing_{of}_state", "listing", [f"{of}_id", "state", *order])
    op.create_index("ix_listing_county", "listing", ["county", "series_id", *order])
    op.create_index("ix_listing_district", "listing", ["district_id", *order])
    op.create_table(
        "unmet_rule",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["team_rule.id"],
            name="fk_unmet_rule_rule_id_team_rule",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_unmet_rule_team_id_team"),
        sa.PrimaryKeyConstraint("rule_id", "team_id", name="pk_unmet_rule"),
    )
    op.create_index("ix_unmet_rule_team_id", "unmet_rule", ["team_id"])
    op.create_table(
        "team_word",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("word", BYTEWISE, nullable=False),
        sa.Column("whose", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_word_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "word", "whose", name="pk_team_word"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_team_word_word", "team_word", ["word", "team_id", "whose"])
    op.create_table(
        "tally",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_tally_cohort_id_cohort"),
        sa.PrimaryKeyConstraint("cohort_id", "kind", "key", "state", name="pk_tally"),
    )


def count_days(connection: sa.Connection) -> None:
    """How many teams came into each state on each day, less those that left it."""
    found: dict[tuple[int, str, str], int] = {}
    states: dict[int, str] = {}
    typed = sa.text(HISTORY).columns(
        sa.column("id"),
        sa.column("cohort_id"),
        sa.column("created_at", sa.DateTime()),
        sa.column("verb"),
        sa.column("at", sa.DateTime()),
    )
    for team_id, cohort_id, created_at, verb, at in connection.execute(typed):
        if team_id not in states:
            states[team_id] = "draft"
            came = cohort_id, str(local_day(created_at)), "draft"
            found[came] = found.get(came, 0) + 1
        if verb in AFTER:
            left = cohort_id, str(local_day(at)), states[team_id]
            came = cohort_id, str(local_day(at)), AFTER[verb]
            states[team_id] = AFTER[verb]
            found[left], found[came] = found.get(left, 0) - 1, found.get(came, 0) + 1
    rows = [
        {"cohort_id": cohort_id, "kind": "day", "key": day, "state": state, "count": number}
        for (cohort_id, day, state), number in found.items()
    ]
    fill(connection, "tally", rows)


def find_words(connection: sa.Connection) -> None:
    found = {
        (team_id, word, whose)
        for team_id, whose, text in connection.execute(sa.text(TEXTS))
        for part in text.split(" ")
        for word in words_of(part)
    }
    rows = [{"team_id": team, "word": word, "whose": whose} for team, word, whose in found]
    fill(connection, "team_word", rows)


def fill(connection: sa.Connection, name: str, rows: list[dict[str, object]]) -> None:
    if rows:
        table = sa.table(name, *map(sa.column, rows[0]))
        connection.execute(sa.insert(table), rows)


def downgrade() -> None:
    for name in ("tally", "team_word", "unmet_rule", "listing"):
        op.drop_table(name)
