"""What was sent part by part, what customers did to their messages, and whether they can be reached."""

from alembic import op

revision = "0012"
down_revision = "0011"

SCHEMA = """
create table sent_part (
    channel     text not null,
    account     text not null,
    external_id text not null,
    message_id  text references message,  -- null: its receipt came before the desk knew that it was sent
    part        int,
    state       text not null,
    error       text,
    changed_at  timestamptz not null default clock_timestamp(),
    primary key (channel, account, external_id)
);
create index sent_part_message on sent_part (message_id, part);

alter table outbox add column options jsonb;
-- outbox.external_id is written by older versions alone: what was sent stands in sent_part.

alter table message
    add column payload text,
    add column wire jsonb,
    add column edited_at timestamptz,
    add column deleted_at timestamptz,
    add column reactions jsonb not null default '{}';

alter table conversation
    add column last_inbound_at timestamptz,
    add column unreachable text;
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
