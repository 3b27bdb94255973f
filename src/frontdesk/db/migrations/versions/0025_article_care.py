"""Every version of an article is kept; an article may have days of review and of expiry."""

from alembic import op

revision = "0025"
down_revision = "0030"

SCHEMA = """
alter table document add column review_on date;
alter table document add column expires_on date;

-- Outlives the document: an answer cites the version that it was made from.
create table document_version (
    document_id text not null,
    version     int not null,
    space       text not null,
    doc_key     text not null,
    title       text not null,
    language    text not null,
    source      text,
    source_url  text,
    category    text,
    questions   text[] not null,
    review_on   date,
    expires_on  date,
    chunks      jsonb not null,
    created_at  timestamptz not null default now(),
    primary key (document_id, version)
);
create index document_version_key on document_version (space, doc_key);

insert into document_version (document_id, version, space, doc_key, title, language, source, source_url, category,
    questions, chunks, created_at)
select d.document_id, d.version, d.space, d.doc_key, d.title, d.language, d.source, d.source_url, d.category,
    d.questions, coalesce((select jsonb_agg(jsonb_build_object('heading', c.heading, 'text', c.text) order by c.ordinal)
        from chunk c where c.document_id = d.document_id), '[]'), d.updated_at
from document d;
"""


def upgrade() -> None:
    # psycopg would read a % as a placeholder; there is none in here.
    op.get_bind().exec_driver_sql(SCHEMA)
