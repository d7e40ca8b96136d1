"""handovers: a lead can give their side over to a successor, and stays as a row."""

import sqlalchemy as sa
from alembic import op

revision = "b6d04f7a91c2"
down_revision = "7d1c5be0a9f4"
branch_labels = None
depends_on = None

PRESENT = sa.text("left_at IS NULL")
OPEN = sa.text("taken_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_lead_team_id_side"), type_="unique")
        batch_op.add_column(sa.Column("left_at", sa.DateTime(), nullable=True))
    op.create_index(
        "uq_lead_team_id_side",
        "lead",
        ["team_id", "side"],
        unique=True,
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_handover_team_id_team")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_handover_lead_id_lead")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_handover_person_id_person")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_handover_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_team_id"), "handover", ["team_id"], unique=False)
    op.create_index(op.f("ix_handover_person_id"), "handover", ["person_id"], unique=False)
    op.create_index(
        "uq_handover_lead_id",
        "handover",
        ["lead_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Only while nobody has handed over: the older schema knows one lead a side, for good."""
    op.drop_table("handover")
    op.drop_index("uq_lead_team_id_side", "lead")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_column("left_at")
        batch_op.create_unique_constraint(batch_op.f("uq_lead_team_id_side"), ["team_id", "side"])
