"""Articles about numbered counters, and whether vectors help to find them."""

from frontdesk.db.pool import Database, fetch_dicts, fetch_value
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.document import Article
from frontdesk.knowledge.intake import article_from_text
from frontdesk.knowledge.reindex import index_of
from frontdesk.llm.embedding import Embedder, open_embedder
from frontdesk.settings import Settings

MODEL = "ollama:tiny"


def embedder_at(url: str, model: str = MODEL) -> Embedder:
    embedder = open_embedder(model, Settings(_env_file=None, ollama_base_url=url))
    assert embedder is not None
    return embedder


def articles(count: int, language: str) -> list[Article]:
    """Each about a number of its own."""
    words = {
        "en": ("Rule {}", "Counter {} opens in the morning and serves customers."),
        "ru": ("Правило {}", "Окно {} открывается утром и обслуживает покупателей."),
    }
    title, text = words[language]
    return [
        article_from_text(
            f"{language}-{number}", title.format(number), text.format(number), language=language
        )
        for number in range(count)
    ]


async def vectors_of(db: Database) -> dict[str, int]:
    async with db.connection() as conn:
        rows = await fetch_dicts(
            conn, "select model, count(distinct chunk_id) as n from embedding group by model"
        )
    return {row["model"]: row["n"] for row in rows}


async def by_vector(knowledge: Knowledge, language: str) -> bool:
    """Whether a search of that language finds the right article, with the help of vectors."""
    query = {"en": "when does counter 7 open", "ru": "когда открывается окно 7"}[language]
    [first, *_] = await knowledge.search(query, language=language)
    assert first.doc_key == f"{language}-7"
    return first.vector_score > 0


async def index_is_valid(db: Database, model: str) -> bool:
    async with db.connection() as conn:
        return bool(
            await fetch_value(
                conn,
                "select indisvalid from pg_index join pg_class on oid = indexrelid where relname = %s",
                (index_of(model),),
            )
        )
