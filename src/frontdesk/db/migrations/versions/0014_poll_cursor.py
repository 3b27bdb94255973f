"""How far each channel that has to be asked has been read."""

from alembic import op

revision = "0014"
down_revision = "0013"

SCHEMA = """
create table poll_cursor (
    source     text primary key,  -- channel/account
    cursor     text not null,
    updated_at timestamptz not null default now()
)
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("drop table poll_cursor")
