"""Questions that a customer puts to the assistant while a person has the ticket."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("alter table message add column to_assistant boolean not null default false")
