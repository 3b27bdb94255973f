"""Sessions of the customers' portal, and the index by which a mailbox's conversations are found."""

from alembic import op

revision = "0033"
down_revision = "0032"

SCHEMA = """
create table portal_session (
    session_id text primary key,
    email text not null,
    locale text not null,
    asked_at timestamptz not null default now(),
    link_ends_at timestamptz not null,
    opened_at timestamptz,
    token_hash text unique,
    expires_at timestamptz
);
create index portal_session_email on portal_session (lower(email));
create index conversation_claimed_email on conversation (lower(claimed->>'email')) where claimed ? 'email';
create index if not exists conversation_customer on conversation (customer_id) where customer_id is not null;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
