"""The phrases that an operator watches for."""

from alembic import op

revision = "0036"
down_revision = "0035"

SCHEMA = """
create table topic_alert (
    owner      text not null,
    phrase     text not null,
    position   int not null,
    created_at timestamptz not null default now(),
    primary key (owner, phrase)
);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
