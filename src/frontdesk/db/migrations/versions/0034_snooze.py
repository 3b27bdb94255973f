"""Tickets may be put off until a time; while they are, they are in no count of those that need a person.

The order's indexes stay as they are, so that processes of the version before keep them: snoozed tickets are few,
and have an index of their own.
"""

from alembic import op

revision = "0034"
down_revision = "0033"

SCHEMA = """
alter table ticket add snoozed_until timestamptz;
alter table ticket add snooze_note text not null default '';
create index ticket_snoozed on ticket (snoozed_until) where snoozed_until is not null;

create function needs_person(t ticket) returns boolean immutable language sql
    return t.owner = 'person' and t.waiting_since is not null and t.snoozed_until is null;

create or replace function count_ticket() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into ticket_count values (old.status, needs_person(old), old.channel, old.category, -1);
    end if;
    if tg_op <> 'DELETE' then
        insert into ticket_count values (new.status, needs_person(new), new.channel, new.category, 1);
    end if;
    return null;
end $$;
drop trigger ticket_recounted on ticket;
create trigger ticket_recounted
    after update of status, owner, waiting_since, snoozed_until, channel, category on ticket
    for each row when (
        (old.status, old.owner = 'person' and old.waiting_since is not null and old.snoozed_until is null,
            old.channel, old.category)
        is distinct from
        (new.status, new.owner = 'person' and new.waiting_since is not null and new.snoozed_until is null,
            new.channel, new.category)
    ) execute function count_ticket();
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
