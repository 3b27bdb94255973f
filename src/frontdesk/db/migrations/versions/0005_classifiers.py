"""Classifiers that the desk trained: their versions, and the corrections by people that they learn from."""

from alembic import op

revision = "0005"
down_revision = "0004"

SCHEMA = """
create table model_version (
    task        text not null,
    number      int not null,
    state       text not null check (state in ('candidate', 'promoted', 'retired')),
    -- 'examples' of a file, or 'corrections' by people.
    made_from   text not null check (made_from in ('examples', 'corrections')),
    examples    int not null,
    labels      text[] not null,
    -- On texts held out of its training: accuracy, macro_f1, ece; and what it was compared with.
    measured    jsonb not null,
    weights     bytea not null,
    created_at  timestamptz not null default now(),
    promoted_at timestamptz,
    primary key (task, number)
);
alter table model_version alter column weights set storage external;  -- compressed already
create unique index model_version_promoted on model_version (task) where state = 'promoted';

create table correction (
    correction_id bigint generated always as identity primary key,
    -- Who erases the ticket erases what was learned to read by it at the next training.
    ticket_id     text not null references ticket on delete cascade,
    field         text not null check (field in ('category', 'intent')),
    was           text,
    became        text not null,
    -- The customer's words, personal numbers and addresses hidden.
    text          text not null,
    language      text,
    -- Never learned from: on these the old classifier and the new are compared.
    held_out      boolean not null,
    corrected_by  text not null,
    corrected_at  timestamptz not null default now(),
    unique (ticket_id, field)
);
create index correction_by_field on correction (field, corrected_at);
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("drop table correction, model_version")
