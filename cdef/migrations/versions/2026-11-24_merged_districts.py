"""where a district typed by hand has gone when it became the state's."""

import sqlalchemy as sa
from alembic import op

revision = "d2b8c4f60a19"
down_revision = "9a2e6b41d0c8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_district_merged_into_id_district"),
            "district",
            ["merged_into_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_district_merged_into_id_district"), type_="foreignkey"
        )
        batch_op.drop_column("merged_into_id")
