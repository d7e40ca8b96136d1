"""offers of seats, notes on rows, and reasons for more people than seats."""

import sqlalchemy as sa
from alembic import op

revision = "3f0a9c7d5b12"
down_revision = "c3f7a2d91e58"
branch_labels = None
depends_on = None

OFFERED = sa.text("offered_until IS NOT NULL")


def upgrade() -> None:
    op.add_column("decision", sa.Column("over", sa.Text(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("until", sa.DateTime(), nullable=True))
    for name in ("waits_since", "offered_until"):
        op.add_column("registration", sa.Column(name, sa.DateTime(), nullable=True))
    op.add_column(
        "registration", sa.Column("offered_seats", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute("UPDATE registration SET waits_since = submitted_at WHERE state = 'waitlisted'")
    op.create_index(
        "ix_registration_offered_until",
        "registration",
        ["offered_until"],
        sqlite_where=OFFERED,
        postgresql_where=OFFERED,
    )
    op.create_table(
        "row_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_row_note_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_row_note_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_note")),
    )
    op.create_index("ix_row_note_decision_id", "row_note", ["decision_id"])
    op.create_index("ix_row_note_member_id", "row_note", ["member_id"])


def downgrade() -> None:
    op.drop_table("row_note")
    op.drop_index("ix_registration_offered_until", "registration")
    for name in ("offered_seats", "offered_until", "waits_since"):
        op.drop_column("registration", name)
    for name in ("until", "over"):
        op.drop_column("decision", name)
