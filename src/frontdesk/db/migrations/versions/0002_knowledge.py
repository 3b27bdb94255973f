"""Knowledge: documents, their chunks with full text, sentence vectors by model."""

from alembic import op

revision = "0002"
down_revision = "0001"

SCHEMA = """
-- Raised by every change, so that each process knows when what it holds in memory is old.
create table knowledge_space (
    space   text primary key,
    version bigint not null default 0
);

create table document (
    document_id  text primary key,
    space        text not null,
    doc_key      text not null,
    title        text not null,
    language     text not null,
    source       text,
    source_url   text,
    category     text,
    questions    text[] not null default '{}',
    content_hash text not null,
    version      int not null default 1,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (space, doc_key)
);
create index document_language on document (space, language);

create table chunk (
    chunk_id    bigint generated always as identity primary key,
    document_id text not null references document on delete cascade,
    ordinal     int not null,
    heading     text not null default '',
    text        text not null,
    -- Stems made by the desk itself (PostgreSQL knows no Kazakh): A title and questions, B heading, D body.
    stems       tsvector not null,
    unique (document_id, ordinal)
);
create index chunk_stems on chunk using gin (stems);

-- part: 0 the chunk's text; with a document's first chunk 1 its title, 2 and on its question variants.
create table embedding (
    chunk_id bigint not null references chunk on delete cascade,
    part     int not null default 0,
    model    text not null,
    v        vector not null,
    primary key (chunk_id, model, part)
);
create index embedding_minilm on embedding using hnsw ((v::vector(384)) vector_cosine_ops)
    where model = 'minilm';
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("drop table embedding, chunk, document, knowledge_space")
