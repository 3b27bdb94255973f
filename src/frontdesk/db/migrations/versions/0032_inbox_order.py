"""Indexes by which the top of the inbox is found without a look at every ticket, and kept counts of tickets.

The order's age moves with the clock, so it cannot be indexed; within one hour of waiting it hardly differs.
"""

from alembic import op

revision = "0032"
down_revision = "0031"

SCHEMA = """
-- 2: a person owes the next move, 1: somebody waits otherwise, 0: nobody waits.
create index ticket_score on ticket
    ((case when waiting_since is null then 0 when owner = 'person' then 2 else 1 end), static_score desc)
    where status not in ('resolved', 'closed');
create index ticket_hour_score on ticket
    ((case when waiting_since is null then 0 when owner = 'person' then 2 else 1 end),
     (floor(extract(epoch from waiting_since - timestamptz '1970-01-01 00:00:00+00') / 3600)::int),
     static_score desc)
    where status not in ('resolved', 'closed') and waiting_since is not null;
drop index ticket_open_order;

-- Differences, which many transactions add at once without waiting for each other; a clock sums them up.
create table ticket_count (
    status    text not null,
    needs_you boolean not null,
    channel   text not null,
    category  text,
    tickets   bigint not null
);
create index ticket_count_kind on ticket_count (status, needs_you); -- what was summed up leaves empty pages
insert into ticket_count
    select status, owner = 'person' and waiting_since is not null, channel, category, count(*)
    from ticket group by 1, 2, 3, 4;

create function count_ticket() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into ticket_count values
            (old.status, old.owner = 'person' and old.waiting_since is not null, old.channel, old.category, -1);
    end if;
    if tg_op <> 'DELETE' then
        insert into ticket_count values
            (new.status, new.owner = 'person' and new.waiting_since is not null, new.channel, new.category, 1);
    end if;
    return null;
end $$;
create trigger ticket_counted after insert or delete on ticket for each row execute function count_ticket();
create trigger ticket_recounted after update of status, owner, waiting_since, channel, category on ticket
    for each row when (
        (old.status, old.owner = 'person' and old.waiting_since is not null, old.channel, old.category)
        is distinct from
        (new.status, new.owner = 'person' and new.waiting_since is not null, new.channel, new.category)
    ) execute function count_ticket();
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
