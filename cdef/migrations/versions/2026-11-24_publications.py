"""publications: meetings are drafted and published, and answers are to what was published."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c4e9a1d27f58"
down_revision = "c41f8e2b7d06"
branch_labels = None
depends_on = None

ONE_ANSWER = "uq_answer_member_id_meeting_id"


def table(name: str, *parts: sa.Column[Any] | sa.Constraint) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), *parts, key)


def refers(name: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}_{to}"))


def column(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    # The defaults stay: to take them away, SQLite would have to make the table anew.
    op.add_column(
        "meeting", sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    table(
        "draft",
        column("cohort_id", sa.Integer()),
        column("content", sa.JSON()),
        column("by_id", sa.Integer()),
        column("at", sa.DateTime()),
        refers("draft", "cohort_id", "cohort"),
        refers("draft", "by_id", "person"),
    )
    op.create_index(op.f("ix_draft_cohort_id"), "draft", ["cohort_id"])
    table(
        "publication",
        column("cohort_id", sa.Integer()),
        column("draft_id", sa.Integer()),
        column("changed", sa.JSON()),
        column("by_id", sa.Integer()),
        column("at", sa.DateTime()),
        refers("publication", "cohort_id", "cohort"),
        refers("publication", "draft_id", "draft"),
        refers("publication", "by_id", "person"),
        sa.UniqueConstraint("draft_id", name=op.f("uq_publication_draft_id")),
    )
    op.create_index(op.f("ix_publication_cohort_id"), "publication", ["cohort_id"])
    table(
        "publication_letter",
        column("publication_id", sa.Integer()),
        column("letter_id", sa.Integer()),
        column("team_id", sa.Integer()),
        column("before", sa.JSON()),
        refers("publication_letter", "publication_id", "publication"),
        refers("publication_letter", "letter_id", "letter"),
        refers("publication_letter", "team_id", "team"),
        sa.UniqueConstraint(
            "letter_id", "team_id", name=op.f("uq_publication_letter_letter_id_team_id")
        ),
    )
    for name in ("publication_id", "team_id"):
        op.create_index(op.f(f"ix_publication_letter_{name}"), "publication_letter", [name])
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_constraint(batch_op.f(ONE_ANSWER), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f(f"{ONE_ANSWER}_sequence"), ["member_id", "meeting_id", "sequence"]
        )


def downgrade() -> None:
    op.execute(
        "DELETE FROM answer WHERE id NOT IN"
        " (SELECT MAX(id) FROM answer GROUP BY member_id, meeting_id)"
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"{ONE_ANSWER}_sequence"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f(ONE_ANSWER), ["member_id", "meeting_id"])
        batch_op.drop_column("sequence")
    for name in ("publication_letter", "publication", "draft"):
        op.drop_table(name)
    op.drop_column("meeting", "is_held")
