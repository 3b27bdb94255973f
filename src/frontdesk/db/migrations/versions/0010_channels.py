"""Channels: deliveries as they came, and the format in which an event was kept."""

from alembic import op

revision = "0010"
down_revision = "0009"

SCHEMA = """
create table raw_delivery (
    delivery_id  bigint generated always as identity primary key,
    source       text not null,
    url          text not null,
    content_type text not null,
    digest       bytea not null,
    body         bytea not null,
    events       int not null,
    failure      text,  -- why no event could be made of it, for a person to see
    received_at  timestamptz not null default clock_timestamp(),
    unique (source, digest)
);
create index raw_delivery_failed on raw_delivery (delivery_id) where failure is not null;

alter table raw_event
    add column format smallint not null default 1,
    add column delivery_id bigint,
    add column parked_at timestamptz;  -- set aside with its failure, for a person to see
create index raw_event_parked on raw_event (event_id) where parked_at is not null;
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
