"""What the AI proposed to do: from the proposal to its end, once for each idempotency key."""

from alembic import op

revision = "0008"
down_revision = "0014"

SCHEMA = """
create table action (
    action_id       text primary key,
    ticket_id       text not null references ticket on delete cascade,
    -- The last customer's message that it was proposed for.
    seq             int not null,
    tool            text not null,
    input           jsonb not null,
    summary         text not null,
    state           text not null check (state in ('proposed', 'waiting_approval', 'queued', 'running',
                                                   'done', 'failed', 'unknown', 'rejected')),
    -- Of ticket, message, tool and input: a draft that is redone can never act twice.
    idempotency_key text not null unique,
    -- Of tool and input; an approval names it.
    digest          text not null,
    approved_digest text,
    decided_by      text,
    attempts        int not null default 0,
    result          jsonb,
    error           text,
    created_at      timestamptz not null default clock_timestamp(),
    decided_at      timestamptz,
    started_at      timestamptz,
    ended_at        timestamptz
);
create index action_by_ticket on action (ticket_id, created_at);
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("drop table action")
