"""How each channel account was when its provider was asked last."""

from alembic import op

revision = "0031"
down_revision = "0029"

SCHEMA = """
create table channel_health (
    channel    text not null,
    account    text not null,
    state      text not null check (state in ('ok', 'trouble')),
    report     jsonb not null,
    since      timestamptz not null default now(),
    checked_at timestamptz not null default now(),
    primary key (channel, account)
)
"""


def upgrade() -> None:
    op.execute(SCHEMA)
