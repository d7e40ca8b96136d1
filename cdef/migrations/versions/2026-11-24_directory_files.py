"""the state's file, looked at before it is applied."""

import sqlalchemy as sa
from alembic import op

import cdef.kernel.db

revision = "5d0b7e21c9f4"
down_revision = "d2b8c4f60a19"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", cdef.kernel.db.UtcDateTime(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("applied_at", cdef.kernel.db.UtcDateTime(), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_directory_file_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_file")),
    )


def downgrade() -> None:
    op.drop_table("directory_file")
