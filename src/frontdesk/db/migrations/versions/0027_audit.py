"""The audit log: every act of a person, key, AI or rule, numbered and chained by the sealer, never changed."""

from alembic import op

revision = "0027"
down_revision = "0024"

SCHEMA = """
create table audit_entry (
    -- Drawn while the act is written: entries are added freely, nothing is waited for.
    entry_id    bigint generated always as identity primary key,
    at          timestamptz not null default clock_timestamp(),
    actor_kind  text not null,
    actor_id    text not null,
    action      text not null,
    object_kind text not null,
    object_id   text not null,
    -- [{field, before, after}], words and numbers; of what may be personal the field's name alone.
    changes     jsonb not null default '[]',
    -- Name, network address and request id, with the key of their digest: may be emptied, not altered.
    personal    jsonb,
    mark        bytea not null,
    -- Given by the sealer: a place in the chain without gaps, and the hash of everything up to here.
    number      bigint unique,
    hash        bytea
);
create index audit_entry_open on audit_entry (entry_id) where number is null;
create index audit_entry_object on audit_entry (object_kind, object_id, entry_id);
create index audit_entry_actor on audit_entry (actor_id, entry_id);
create index audit_entry_at on audit_entry using brin (at);

-- How far the chain reaches, and where it begins after retention; signed, so that a cut tail is seen.
create table audit_head (
    only_row    boolean primary key default true check (only_row),
    number      bigint not null,
    hash        bytea not null,
    base_number bigint not null,
    base_hash   bytea not null,
    seal        bytea,
    sealed_at   timestamptz not null default now()
);
insert into audit_head (number, hash, base_number, base_hash)
values (0, sha256('frontdesk audit 1'), 0, sha256('frontdesk audit 1'));

create function audit_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.number is null and new.number is not null and new.hash is not null
           and to_jsonb(new) - '{number,hash}'::text[] = to_jsonb(old) - '{number,hash}'::text[] then
            return new;
        end if;
        if current_setting('frontdesk.audit', true) = 'redact' and new.personal is null
           and to_jsonb(new) - 'personal' = to_jsonb(old) - 'personal' then
            return new;
        end if;
    elsif tg_op = 'DELETE' and current_setting('frontdesk.audit', true) = 'forget' then
        return old;
    end if;
    raise exception 'the audit log is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_guard before update or delete on audit_entry
    for each row execute function audit_guard();
create trigger audit_entry_keep before truncate on audit_entry
    for each statement execute function audit_guard();

-- Retention: the entries up to this number go; the caller moves the chain's beginning in the same transaction.
create function audit_forget(upto bigint) returns bigint language plpgsql as $$
declare forgotten bigint;
begin
    perform set_config('frontdesk.audit', 'forget', true);
    delete from audit_entry where number <= upto;
    get diagnostics forgotten = row_count;
    perform set_config('frontdesk.audit', '', true);
    return forgotten;
end $$;

-- An erased customer: what entries about these objects keep of a person beside the hashed fields.
create function audit_redact(kind text, ids text[], actors text[]) returns bigint language plpgsql as $$
declare emptied bigint;
begin
    perform set_config('frontdesk.audit', 'redact', true);
    update audit_entry set personal = null
     where object_kind = kind and object_id = any(ids) and actor_kind = any(actors) and personal is not null;
    get diagnostics emptied = row_count;
    perform set_config('frontdesk.audit', '', true);
    return emptied;
end $$;
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
