"""failed letters: staff mend their addresses, and an outbox of any size is listed at once."""

import sqlalchemy as sa
from alembic import op

revision = "e18c5a0f73d6"
down_revision = "5d0b7e21c9f4"
branch_labels = None
depends_on = None

LETTER = sa.table(
    "letter",
    *(sa.column(name) for name in ("state", "created_at", "due_at", "waits_since")),
)
INDEXES = {
    "ix_letter_waiting": ["state", "waits_since"],
    "ix_letter_failed": ["state", "dealt_with_at", "expires_at"],
    "ix_letter_newest": ["state", "id"],
    "ix_letter_found": ["to_email", "to_name", "subject"],
    "ix_letter_handed_over_at": ["handed_over_at"],
}


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waits_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("dealt_with_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("resends_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_resends_id_letter"), "letter", ["resends_id"], ["id"]
        )
        batch_op.drop_index(batch_op.f("ix_letter_about"))
        batch_op.drop_index(batch_op.f("ix_letter_to_email"))
    since = sa.case((LETTER.c.state == "queued", LETTER.c.due_at), else_=LETTER.c.created_at)
    waiting = LETTER.c.state.in_(["queued", "deferred", "sending"])
    op.execute(LETTER.update().where(waiting).values(waits_since=since))
    op.create_index("ix_letter_about", "letter", ["about", "id"])
    for name, columns in INDEXES.items():
        op.create_index(name, "letter", columns)


def downgrade() -> None:
    for name in ("ix_letter_about", *INDEXES):
        op.drop_index(name, "letter")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_letter_resends_id_letter"), type_="foreignkey")
        for name in ("resends_id", "dealt_with_at", "waits_since"):
            batch_op.drop_column(name)
        batch_op.create_index(batch_op.f("ix_letter_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_to_email"), ["to_email"], unique=False)
