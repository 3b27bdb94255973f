"""Files that still lie with their channel, and what was read from a file."""

from alembic import op

revision = "0015"
down_revision = "0008"

SCHEMA = """
alter table attachment
    alter column blob_key drop not null,
    add column remote text,
    add column text text,
    add column failure text,
    add column looked_at timestamptz;
update attachment set looked_at = now();
create index attachment_unseen on attachment (message_id) where looked_at is null;
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
