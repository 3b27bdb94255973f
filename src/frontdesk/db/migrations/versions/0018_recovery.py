"""Whose a lane is, how many workers died under it, and when its times were written."""

from alembic import op

revision = "0018"
down_revision = "0017"

SCHEMA = """
alter table lane
    add column worker bigint,
    add column deaths int not null default 0,
    add column set_at timestamptz not null default now();
create index lane_deaths on lane (deaths) where deaths > 0;
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
