"""who of last year's teams was asked back."""

import sqlalchemy as sa
from alembic import op

revision = "e7a20b94c1d3"
down_revision = "7c2e9a1f4d60"
branch_labels = None
depends_on = None

KEYS = {
    "series_id": "series",
    "cohort_id": "cohort",
    "team_id": "team",
    "person_id": "person",
    "by_id": "person",
    "new_team_id": "team",
}


def upgrade() -> None:
    op.create_table(
        "asked_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=name == "new_team_id") for name in KEYS),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_asked_back_{name}_{table}")
            )
            for name, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_back")),
        sa.UniqueConstraint(
            "series_id",
            "team_id",
            "person_id",
            name=op.f("uq_asked_back_series_id_team_id_person_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("asked_back")
