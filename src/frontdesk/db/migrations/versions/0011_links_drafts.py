"""Links of e-mails that were used once, and the draft that a ticket keeps."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("create table used_link (seal text primary key, used_at timestamptz not null default now())")
    op.execute(
        "create table reply_draft (ticket_id text primary key references ticket, seq int not null,"
        " draft jsonb not null, created_at timestamptz not null default now())"
    )


def downgrade() -> None:
    op.execute("drop table reply_draft, used_link")
