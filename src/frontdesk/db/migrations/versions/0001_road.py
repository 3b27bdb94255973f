"""The road: lanes, raw events, conversations, tickets, messages, sends, escalations, orders."""

from alembic import op

revision = "0001"
down_revision = None

SCHEMA = """
create extension if not exists vector;

create table lane (
    key         text primary key,
    kind        text not null,
    due_at      timestamptz not null,
    lease_until timestamptz,
    epoch       bigint not null default 0,
    attempts    int not null default 0,
    last_error  text,
    parked_at   timestamptz
) with (fillfactor = 70);
create index lane_due on lane (kind, due_at) where parked_at is null;
create index lane_leased on lane (lease_until) where lease_until is not null;
create index lane_parked on lane (parked_at) where parked_at is not null;

create table customer (
    customer_id text primary key,
    name        text,
    email       text,
    phone       text,
    locale      text,
    vip         boolean not null default false,
    ltv         numeric(14, 2) not null default 0,
    churn_risk  double precision not null default 0,
    created_at  timestamptz not null default now()
);
create index customer_email on customer (lower(email)) where email is not null;

create table shop_order (
    number          text primary key,
    customer_id     text not null references customer,
    status          text not null,
    placed_at       timestamptz not null,
    eta             timestamptz,
    city            text not null,
    total           numeric(14, 2) not null,
    currency        text not null,
    payment         text not null,
    carrier         text,
    tracking_number text,
    lines           jsonb not null,
    events          jsonb not null
);
create index shop_order_customer on shop_order (customer_id, placed_at desc);

create table conversation (
    conversation_id text primary key,
    channel         text not null,
    account         text not null,
    address         text not null,
    thread          text not null default '',
    customer_id     text references customer,
    proof           text not null default 'none',
    locale          text,
    created_at      timestamptz not null default now(),
    unique (channel, account, address, thread)
);

-- The keys outlive the bodies: a replay after months is still a duplicate.
create table event_key (
    channel     text not null,
    account     text not null,
    kind        text not null,
    external_id text not null,
    event_id    bigint not null,
    fingerprint text,
    seen_at     timestamptz not null default now(),
    primary key (channel, account, kind, external_id)
);
create sequence raw_event_id;
create table raw_event (
    event_id        bigint primary key,
    conversation_id text not null,
    ticket_id       text,
    body            jsonb not null,
    received_at     timestamptz not null default clock_timestamp(),
    recorded_at     timestamptz,
    failure         text
);
create index raw_event_waiting on raw_event (conversation_id, event_id) where recorded_at is null;
create index raw_event_ticket on raw_event (ticket_id) where recorded_at is null and ticket_id is not null;

create sequence ticket_number;
create table ticket (
    ticket_id         text primary key,
    number            bigint not null unique,
    conversation_id   text not null references conversation,
    customer_id       text references customer,
    previous_id       text references ticket,
    subject           text not null,
    channel           text not null,
    status            text not null,
    owner             text not null,
    priority          text not null default 'normal',
    priority_set_by   text not null default 'ai',
    category          text,
    category_set_by   text not null default 'ai',
    intent            text,
    sentiment_score   double precision not null default 0.5,
    risk              double precision not null default 0,
    difficulty        text not null default 'normal',
    confidence        double precision,
    language          text,
    tags              text[] not null default '{}',
    summary           text not null default '',
    suggested_reply   text not null default '',
    assignee          text,
    waiting_since     timestamptz,
    escalated_at      timestamptz,
    escalation_reason text,
    resolved_at       timestamptz,
    last_event_id     bigint,
    last_seq          int not null default 0,
    answered_seq      int not null default 0,
    episode_seq       int not null default 1,
    deadline_at       timestamptz,
    static_score      double precision not null default 0,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now()
);
create index ticket_conversation on ticket (conversation_id, created_at desc);
create index ticket_customer on ticket (customer_id, created_at desc);
create index ticket_open_order on ticket (static_score desc) where status not in ('resolved', 'closed');
create index ticket_status on ticket (status, updated_at desc);
create index ticket_deadline on ticket (deadline_at) where deadline_at is not null;

create table message (
    message_id     text primary key,
    ticket_id      text not null references ticket,
    seq            int not null,
    sender_type    text not null,
    sender_name    text,
    kind           text not null default 'text',
    content        text not null,
    channel        text not null,
    delivery_state text not null,
    client_msg_id  text,
    event_id       bigint unique,
    request_id     text,
    ai             jsonb,
    reading        jsonb,
    created_at     timestamptz not null default clock_timestamp(),
    unique (ticket_id, seq)
);

create table attachment (
    attachment_id text primary key,
    message_id    text not null references message,
    filename      text not null,
    content_type  text not null,
    size          bigint not null,
    blob_key      text not null
);
create index attachment_message on attachment (message_id);

-- What is to be said: recorded before it is tried. One row a message, so a reply cannot be queued twice.
create table outbox (
    message_id      text primary key references message,
    conversation_id text not null references conversation,
    state           text not null default 'queued',
    attempts        int not null default 0,
    external_id     text,
    last_error      text,
    created_at      timestamptz not null default clock_timestamp(),
    sent_at         timestamptz
);
create index outbox_waiting on outbox (conversation_id, created_at) where state in ('queued', 'sending');
create index outbox_state on outbox (state) where state <> 'sent';
create table send_attempt (
    attempt_id bigint generated always as identity primary key,
    message_id text not null,
    started_at timestamptz not null default clock_timestamp(),
    ended_at   timestamptz,
    outcome    text,
    error      text
);
create index send_attempt_message on send_attempt (message_id, attempt_id);

create table escalation (
    escalation_id text primary key,
    ticket_id     text not null references ticket,
    from_seq      int not null,
    reason        text,  -- null: nobody was called, the summary of a resolved conversation
    reason_text   text not null,
    request       text not null default 'auto',
    note          text,
    created_at    timestamptz not null default clock_timestamp(),
    mail_to       text not null,
    mail_state    text not null default 'queued',
    mail_subject  text,
    mail_text     text,
    mail_html     text,
    mail_error    text,
    mail_attempts int not null default 0,
    mailed_at     timestamptz,
    unique (ticket_id, from_seq, request)
);
create index escalation_ticket on escalation (ticket_id, created_at);

create table session (
    session_id      text primary key,
    token_hash      text not null,
    conversation_id text not null,
    customer_id     text,
    name            text,
    email           text,
    phone           text,
    proof           text not null,
    locale          text,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null
);

-- The append-only log behind timelines, live views and every figure.
create table ticket_event (
    event_id   bigint generated always as identity primary key,
    xact       xid8 not null default pg_current_xact_id(),
    ticket_id  text not null,
    type       text not null,
    actor      text not null,
    message_id text,
    data       jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp()
);
create index ticket_event_ticket on ticket_event (ticket_id, event_id);
create index ticket_event_xact on ticket_event (xact);
create index ticket_event_type on ticket_event (type, created_at);

create table idempotency (
    caller      text not null,
    key         text not null,
    path        text not null,
    fingerprint text not null,
    status      int,
    response    bytea,
    created_at  timestamptz not null default now(),
    primary key (caller, path, key)
);
create index idempotency_age on idempotency (created_at);
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
