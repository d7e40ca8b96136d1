"""undo from the timeline, and requests for waivers."""

import sqlalchemy as sa
from alembic import op

revision = "7d1c5be0a9f4"
down_revision = "5b1d7c0e9a24"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiver_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("team_rule_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_waiver_request_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_waiver_request_team_id_team")
        ),
        sa.ForeignKeyConstraint(
            ["team_rule_id"],
            ["team_rule.id"],
            name=op.f("fk_waiver_request_team_rule_id_team_rule"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver_request")),
    )
    with op.batch_alter_table("waiver_request", schema=None) as batch_op:
        batch_op.create_index(
            "uq_waiver_request_team_id_team_rule_id",
            ["team_id", "team_rule_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_event_undoes_id"), ["undoes_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_event_undoes_id_event"), "event", ["undoes_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_event_undoes_id_event"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_event_undoes_id"), type_="unique")
        batch_op.drop_column("undoes_id")
        batch_op.drop_column("subject")
    op.drop_table("waiver_request")
