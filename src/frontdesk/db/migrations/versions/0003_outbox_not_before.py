"""A channel that says "later" also says when: no newer message of the conversation may hurry it."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("alter table outbox add column not_before timestamptz")


def downgrade() -> None:
    op.execute("alter table outbox drop column not_before")
