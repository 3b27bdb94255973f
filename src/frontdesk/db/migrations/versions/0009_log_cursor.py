"""How far each follower of the tickets' log has come, and the index by which it is read."""

from alembic import op

revision = "0009"
down_revision = "0006"

SCHEMA = """
create table log_cursor (
    consumer   text primary key,
    -- Every entry of an older transaction has been consumed; of this and later ones those in `beyond`.
    horizon    xid8 not null,
    beyond     int8multirange not null default '{}',
    updated_at timestamptz not null default now()
);
create index ticket_event_tail on ticket_event (xact, event_id);
drop index ticket_event_xact;
-- One clock that did everything became several, each with a lane of its own.
delete from lane where key = 'clock:watch';
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute(
        "create index ticket_event_xact on ticket_event (xact);"
        "drop index ticket_event_tail; drop table log_cursor"
    )
