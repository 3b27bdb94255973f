"""Who acted, by kind and id; whether a person has answered since a hand-over; what the desk remembers of itself."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("alter table ticket add column person_replied_at timestamptz")
    op.execute("alter table ticket_event add column actor_kind text, add column actor_id text")
    op.execute(
        "update ticket_event set actor_id = actor,"
        " actor_kind = case when actor in ('ai', 'customer', 'system') then actor else 'person' end"
    )
    op.execute(
        "alter table ticket_event alter column actor_kind set not null, alter column actor_id set not null"
    )
    op.execute("create table desk_fact (name text primary key, value jsonb not null)")


def downgrade() -> None:
    op.execute("drop table desk_fact")
    op.execute("alter table ticket_event drop column actor_kind, drop column actor_id")
    op.execute("alter table ticket drop column person_replied_at")
