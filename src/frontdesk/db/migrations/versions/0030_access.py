"""People who sign in, their sessions, second factors and one-time links; programs' keys; what attempts failed."""

from alembic import op

revision = "0030"
down_revision = "0027"

SCHEMA = """
create table person (
    person_id text primary key,
    email text not null,
    name text not null,
    role text not null check (role in ('admin', 'manager', 'viewer')),
    categories text[],
    channels text[],
    password_hash text,
    totp_key bytea,
    totp_step bigint,
    oidc_subject text unique,
    created_at timestamptz not null default now(),
    disabled_at timestamptz
);
create unique index person_email on person (lower(email));

create table passkey (
    credential_id bytea primary key,
    person_id text not null references person on delete cascade,
    public_key bytea not null,
    sign_count bigint not null,
    name text not null,
    created_at timestamptz not null default now(),
    used_at timestamptz
);
create index passkey_person on passkey (person_id);

create table sign_in (
    session_id text primary key,
    person_id text not null references person on delete cascade,
    network text not null,
    agent text not null,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index sign_in_person on sign_in (person_id);

create table refresh_token (
    token_hash text primary key,
    session_id text not null references sign_in on delete cascade,
    issued_at timestamptz not null default now(),
    used_at timestamptz
);
create index refresh_token_session on refresh_token (session_id);

create table api_key (
    key_id text primary key,
    name text not null,
    secret_hash text not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    used_at timestamptz
);

create table one_time_token (
    token_hash text primary key,
    purpose text not null,
    person_id text references person on delete cascade,
    data jsonb not null default '{}',
    expires_at timestamptz not null,
    used_at timestamptz
);

create table sign_in_failure (
    subject text primary key,
    failures integer not null,
    last_at timestamptz not null default now(),
    blocked_until timestamptz not null default now()
);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
