"""Erased tickets are empty shells, and the files that an erasure leaves to be removed."""

from alembic import op

revision = "0028"
down_revision = "0022"

SCHEMA = """
alter table ticket add column erased_at timestamptz;

-- Written in the transaction of the erasure, gone when the file is: a killed process leaves none lying.
create table doomed_file (
    kind text not null check (kind in ('blob', 'mail')),
    name text not null,
    primary key (kind, name)
);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
