"""substitutes: somebody comes to one meeting in a member's place."""

import sqlalchemy as sa
from alembic import op

revision = "d15a8c3e72b4"
down_revision = "b90e4c27f6d1"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('proposed', 'accepted')")


def upgrade() -> None:
    op.create_table(
        "substitute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("letter_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_substitute_team_id_team")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_substitute_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_substitute_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute")),
    )
    op.create_index(op.f("ix_substitute_team_id"), "substitute", ["team_id"])
    op.create_index(
        "uq_substitute_member_id_meeting_id",
        "substitute",
        ["member_id", "meeting_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("substitute")
