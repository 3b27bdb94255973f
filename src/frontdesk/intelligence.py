"""What reads, searches and answers, as the settings name it."""

from dataclasses import dataclass

from frontdesk.answering.answerer import Answerer
from frontdesk.answering.costs import Costs
from frontdesk.answering.deps import Deps
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.answering.tools.registry import Registry, open_registry
from frontdesk.channels.channel import Channels
from frontdesk.db.pool import Database
from frontdesk.knowledge.base import Knowledge
from frontdesk.llm.embedding import Embedder, former_embedder, open_embedder
from frontdesk.llm.embedding.minilm import MiniLM
from frontdesk.llm.rerank import open_reranker
from frontdesk.settings import Settings
from frontdesk.store.orders import Orders
from frontdesk.understanding.learning.in_use import InUse
from frontdesk.understanding.local.reader import LocalReader
from frontdesk.understanding.reader import Reader
from frontdesk.understanding.understand import Understanding

Embedders = tuple[Embedder | None, Embedder | None]
NO_EMBEDDERS: Embedders = (None, None)


@dataclass(frozen=True, slots=True)
class Intelligence:
    """What reads and answers, and what it may look up and do."""

    knowledge: Knowledge
    orders: Orders
    reader: Reader
    understanding: Understanding
    tools: Registry
    answerer: Answerer
    answer_timeout: float
    """Seconds, for every provider one after the other."""


def intelligence_of(
    settings: Settings,
    db: Database,
    channels: Channels,
    answerer: Answerer | None = None,
    reader: Reader | None = None,
) -> Intelligence:
    """The intelligence of a desk; `answerer` and `reader` replace the configured ones."""
    embedders = embedders_of(settings)
    knowledge = knowledge_of(settings, db, embedders)
    orders = Orders(db)
    reader = reader or LocalReader(
        settings.default_language, sentences=minilm_of(embedders), in_use=InUse(db)
    )
    deps = _deps(settings, knowledge, orders, channels)
    tools = open_registry(deps, settings.tool_modules)
    return Intelligence(
        knowledge=knowledge,
        orders=orders,
        reader=reader,
        understanding=Understanding(reader, orders),
        tools=tools,
        answerer=answerer or answerer_of(settings, deps, tools),
        answer_timeout=settings.ai_answer_timeout * len(settings.providers),
    )


def _deps(settings: Settings, knowledge: Knowledge, orders: Orders, channels: Channels) -> Deps:
    return Deps(
        knowledge,
        orders,
        desk_name=settings.desk_name,
        top_k=settings.kb_top_k,
        timezone=settings.desk_timezone,
        default_language=settings.default_language,
        costs=Costs.of(settings),
        style_of=lambda case: channels.style(case.channel, case.account),
    )


def embedders_of(settings: Settings) -> Embedders:
    """The wanted model of sentences, and the one that serves until its vectors are made."""
    embedder = open_embedder(settings.embedding_model, settings)
    return embedder, former_embedder(embedder)


def minilm_of(embedders: Embedders) -> MiniLM | None:
    """What the reader reads English by; the same one that search uses, so that it is in memory once."""
    return next((embedder for embedder in embedders if isinstance(embedder, MiniLM)), None)


def knowledge_of(settings: Settings, db: Database, embedders: Embedders) -> Knowledge:
    """The knowledge base of a database."""
    embedder, former = embedders
    return Knowledge(
        db,
        embedder,
        former=former,
        reranker=open_reranker(settings.reranker, settings),
        rerank_seconds=settings.reranker_timeout,
        extract_seconds=settings.extract_timeout,
    )


def answerer_of(settings: Settings, deps: Deps, tools: Registry) -> Answerer:
    """The configured models in their order, local intelligence at the end."""
    local = LocalAnswerer(deps)
    remote = [name for name in settings.providers if name != "local"]
    if not remote:
        return local
    from frontdesk.answering.llm.agent import agents_from  # heavy: only a desk with a model pays for it
    from frontdesk.answering.llm.chain import ChainAnswerer

    return ChainAnswerer([*agents_from(settings, deps, tools=tools), local])


def reader_for(settings: Settings, provider: str, embedders: Embedders | None = None) -> Reader:
    """The understanding of one provider; a remote one falls back on the local reader.

    Where no embedders are given the settings name them; without MiniLM among them English is read by words alone.
    """
    sentences = minilm_of(embedders or embedders_of(settings))
    local = LocalReader(settings.default_language, sentences=sentences)
    if provider == "local":
        return local
    from frontdesk.understanding.llm_reader import reader_from  # heavy: only a desk with a model pays for it

    return reader_from(settings, provider, local)
