"""campaigns, their contacts, and addresses that get no invitations."""

import sqlalchemy as sa
from alembic import op

revision = "4f8e2a91c6d7"
down_revision = "a7d31f5c80e2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False, unique=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("district_id", sa.Integer(), sa.ForeignKey("district.id"), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.UniqueConstraint("district_id", "email"),
    )
    create_campaign()
    create_invitation()


def create_campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("series_id", sa.Integer(), sa.ForeignKey("series.id"), nullable=False),
        sa.Column("cohort_id", sa.Integer(), sa.ForeignKey("cohort.id")),
        sa.Column("reminds_id", sa.Integer(), sa.ForeignKey("campaign.id"), index=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, index=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("left_out", sa.JSON(), nullable=False),
    )


def create_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column(
            "district_id", sa.Integer(), sa.ForeignKey("district.id"), nullable=False, index=True
        ),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id")),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime()),
        sa.Column("declined_at", sa.DateTime()),
        sa.UniqueConstraint("campaign_id", "email"),
    )
    op.create_index(
        "ix_invitation_campaign_id_letter_id", "invitation", ["campaign_id", "letter_id"]
    )


def downgrade() -> None:
    for table in ("invitation", "campaign", "contact", "suppression"):
        op.drop_table(table)
