"""decisions on several teams at once."""

import sqlalchemy as sa
from alembic import op

revision = "9a2e6b41d0c8"
down_revision = "e7a20b94c1d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_decision_batch_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_batch")),
        sa.UniqueConstraint("once", name=op.f("uq_decision_batch_once")),
    )


def downgrade() -> None:
    op.drop_table("decision_batch")
