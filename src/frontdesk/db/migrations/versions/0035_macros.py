"""Ready texts of the desk, with what is done to a ticket besides."""

from alembic import op

revision = "0035"
down_revision = "0034"

SCHEMA = """
create table macro (
    macro_id   text primary key,
    name       text not null,
    category   text,
    texts      jsonb not null,
    actions    jsonb not null,
    uses       bigint not null default 0,
    created_by text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index macro_name on macro (lower(name));
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
