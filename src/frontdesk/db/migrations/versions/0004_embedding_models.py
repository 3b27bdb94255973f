"""Which models of vectors are in use: those of a model that no process has named for long may go."""

from alembic import op

revision = "0004"
down_revision = "0003"

SCHEMA = """
create table embedding_model (
    model   text primary key,
    -- When a process last said that this is its EMBEDDING_MODEL; to a few minutes.
    seen_at timestamptz not null default now(),
    -- Since when its vectors are made: what a process read into memory before is void.
    anew_at timestamptz not null default clock_timestamp()
);
insert into embedding_model (model) select distinct model from embedding;
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("drop table embedding_model")
