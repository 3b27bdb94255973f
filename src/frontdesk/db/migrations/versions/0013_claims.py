"""What an unproven peer states of itself stays with the conversation and writes to no customer."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("alter table conversation add column claimed jsonb not null default '{}'")


def downgrade() -> None:
    op.execute("alter table conversation drop column claimed")
