"""changes of a submitted roster."""

import sqlalchemy as sa
from alembic import op

revision = "7c2e9a1f4d60"
down_revision = "3f0a9c7d5b12"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cohort", sa.Column("swaps_until", sa.Date(), nullable=True))
    # The default stays: to take it away, SQLite would have to make the table anew.
    op.add_column("member", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_proposal_by_id_person"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="fk_proposal_decided_by_id_person"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_proposal_member_id_member"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_proposal_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_team_id", "proposal", ["team_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_proposal_team_id", "proposal")
    op.drop_table("proposal")
    op.drop_column("member", "turn")
    op.drop_column("cohort", "swaps_until")
