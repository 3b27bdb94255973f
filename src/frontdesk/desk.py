"""The composition root: builds everything once from the settings and hands it down; nothing connects at import."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from frontdesk.actions.ai import AiActions
from frontdesk.actions.tickets import TicketActions
from frontdesk.answering.answerer import Answerer
from frontdesk.answering.deps import Deps
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.answering.tools.registry import open_registry
from frontdesk.channels.channel import Channel, Channels
from frontdesk.channels.style import ReplyStyles, reply_styles
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.db.migrate import upgrade
from frontdesk.db.pool import Database
from frontdesk.delivery.send import Sender
from frontdesk.engine.blobs import Blobs, FolderBlobs
from frontdesk.engine.fanout import Fanout, LiveSignal
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.mailer import FolderMailer, Mailer, mailer_from
from frontdesk.engine.signals import Signals
from frontdesk.engine.worker import Worker
from frontdesk.errors import SetupError
from frontdesk.escalation import policy, route
from frontdesk.escalation.handoff import Handoff
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.notify import ManagerNotifier
from frontdesk.escalation.rules import HandoverRules
from frontdesk.journey import Journey
from frontdesk.knowledge import Knowledge
from frontdesk.llm.embedding import Embedder, former_embedder, open_embedder
from frontdesk.llm.embedding.minilm import MiniLM
from frontdesk.llm.rerank import open_reranker
from frontdesk.settings import Settings
from frontdesk.store.orders import Orders
from frontdesk.terms import ChannelName, LaneKind
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.scoring import Weights
from frontdesk.understanding.learning.in_use import InUse
from frontdesk.understanding.learning.lane import Learning
from frontdesk.understanding.local.reader import LocalReader
from frontdesk.understanding.reader import Reader
from frontdesk.understanding.understand import Understanding
from frontdesk.watch import Watch

Embedders = tuple[Embedder | None, Embedder | None]
NO_EMBEDDERS: Embedders = (None, None)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one process of the desk holds."""

    settings: Settings
    home: Path
    secret: bytes
    db: Database
    lanes: Lanes
    fanout: Fanout
    blobs: Blobs
    mailer: Mailer
    channels: Channels
    knowledge: Knowledge
    orders: Orders
    reader: Reader
    answerer: Answerer
    journey: Journey
    changes: TicketChanges
    ticket_actions: TicketActions
    ai_actions: AiActions
    learning: Learning
    demo: bool = False

    async def warm(self) -> None:
        """Load the models and the index now, rather than with the first customer's message."""
        if isinstance(self.reader, LocalReader):
            await asyncio.to_thread(self.reader.warm)
        await self.knowledge.warm()

    def worker(self) -> Worker:
        """A worker for every lane of the house."""
        road = self.journey
        watch = Watch(self.db, self.lanes, self.knowledge)
        return Worker(
            self.lanes,
            {
                LaneKind.INTAKE: road.record,
                LaneKind.TICKET: road.attend,
                LaneKind.SEND: road.deliver,
                LaneKind.MAIL: road.notify_manager,
                LaneKind.CLOCK: watch.run,
                LaneKind.LEARN: self.learning.run,
            },
            {
                LaneKind.TICKET: road.give_up,
                LaneKind.SEND: road.give_up_sending,
                LaneKind.MAIL: road.notifier.give_up,
                LaneKind.CLOCK: watch.go_on,
                LaneKind.LEARN: self.learning.give_up,
            },
            concurrency=self.settings.worker_concurrency,
        )


@asynccontextmanager
async def open_desk(
    settings: Settings, *, demo: bool = False, answerer: Answerer | None = None, reader: Reader | None = None
) -> AsyncIterator[Desk]:
    """Build and connect everything; the embedded database is started where no other is configured.

    `answerer` and `reader` replace the configured intelligence. Raises `SetupError` or `Unavailable`.
    """
    home = settings.frontdesk_home.expanduser().resolve()
    async with AsyncExitStack() as stack:
        home.mkdir(parents=True, exist_ok=True)
        dsn = settings.dsn or await _embedded(home, stack)
        await asyncio.to_thread(upgrade, dsn)
        signals = Signals(dsn)
        db = Database(dsn, size=settings.db_pool_size, on_signal=signals.send)
        await db.open()
        stack.push_async_callback(db.close)
        await signals.start()
        stack.push_async_callback(signals.stop)
        desk = _build(settings, home, db, signals, demo, answerer, reader)
        stack.push_async_callback(desk.knowledge.aclose)
        yield desk


async def _embedded(home: Path, stack: AsyncExitStack) -> str:
    server = EmbeddedPostgres(home)
    dsn = await asyncio.to_thread(server.start)
    stack.callback(server.stop)
    return dsn


def _build(
    settings: Settings,
    home: Path,
    db: Database,
    signals: Signals,
    demo: bool,
    answerer: Answerer | None,
    reader: Reader | None,
) -> Desk:
    lanes = Lanes(db, signals, lease=settings.lane_lease)
    fanout = Fanout()
    mailer = mailer_from(settings, home)
    styles = reply_styles(settings.reply_limits)
    channels = Channels(_channels(settings, mailer, fanout, styles), styles)
    embedders = embedders_of(settings)
    knowledge = knowledge_of(settings, db, embedders)
    orders = Orders(db)
    reader = reader or LocalReader(settings.default_language, sentences=_minilm(embedders), in_use=InUse(db))
    answerer = answerer or _answerer(settings, _deps(settings, knowledge, orders, channels))
    secret = _secret(settings, home)
    rules = HandoverRules(
        policy=policy.rules_from(settings),
        route=route.rules_from(settings),
        autonomy=dict(settings.autonomy),
        language=settings.default_language,
    )
    changes = TicketChanges(Weights.of(settings))
    understanding = Understanding(reader)
    answer_timeout = settings.ai_answer_timeout * len(settings.providers)
    journey = Journey(
        db=db,
        lanes=lanes,
        channels=channels,
        fanout=fanout,
        understanding=understanding,
        answerer=answerer,
        sender=Sender(channels, changes),
        notifier=ManagerNotifier(
            changes,
            mailer,
            rules,
            TicketLinks(settings.base_url, secret),
            settings.mail_from,
            settings.desk_name,
        ),
        rules=rules,
        changes=changes,
        handoff=Handoff(lanes, changes, rules),
        reopen=timedelta(days=settings.reopen_days),
        answer_timeout=answer_timeout,
        desk_name=settings.desk_name,
    )
    learning = Learning(db, lanes, settings.model_retrain_after)
    mails_resolved = "resolved" in settings.manager_email_on
    ticket_actions = TicketActions(lanes, changes, rules, learning, mails_resolved)
    ai_actions = AiActions(db, lanes, fanout, channels, understanding, answerer, answer_timeout)
    blobs = FolderBlobs(home / "blobs")
    return Desk(
        settings, home, secret, db, lanes, fanout, blobs, mailer, channels, knowledge, orders, reader, answerer,
        journey, changes, ticket_actions, ai_actions, learning, demo,
    )  # fmt: skip


def embedders_of(settings: Settings) -> Embedders:
    """The wanted model of sentences, and the one that serves until its vectors are made."""
    embedder = open_embedder(settings.embedding_model, settings)
    return embedder, former_embedder(embedder)


def _minilm(embedders: Embedders) -> MiniLM | None:
    """What the reader reads English by; the same one that search uses, so that it is in memory once."""
    return next((one for one in embedders if isinstance(one, MiniLM)), None)


def knowledge_of(settings: Settings, db: Database, embedders: Embedders) -> Knowledge:
    """The knowledge base of a database."""
    embedder, former = embedders
    return Knowledge(
        db,
        embedder,
        former=former,
        reranker=open_reranker(settings.reranker, settings),
        rerank_seconds=settings.reranker_timeout,
    )


def _channels(settings: Settings, mailer: Mailer, fanout: Fanout, styles: ReplyStyles) -> list[Channel]:
    """The widget, and for each channel's name the API's intake (contracts: POST /tickets)."""
    smtp = None if isinstance(mailer, FolderMailer) else mailer

    def show(address: str, thread: str) -> None:
        fanout.publish(f"session:{address}", LiveSignal("sent", {}))

    api: list[Channel] = [
        WebForm(smtp, settings.mail_from, styles[name], name, "api") for name in ChannelName
    ]
    form = WebForm(smtp, settings.mail_from, styles[ChannelName.WEB_FORM])
    return [WebChat(show, styles[ChannelName.WEB_CHAT]), form, *api]


def _deps(settings: Settings, knowledge: Knowledge, orders: Orders, channels: Channels) -> Deps:
    return Deps(
        knowledge,
        orders,
        desk_name=settings.desk_name,
        top_k=settings.kb_top_k,
        timezone=settings.desk_timezone,
        default_language=settings.default_language,
        style_of=lambda case: channels.style(case.channel, case.account),
    )


def _answerer(settings: Settings, deps: Deps) -> Answerer:
    """The configured models in their order, local intelligence at the end."""
    local = LocalAnswerer(deps)
    remote = [name for name in settings.providers if name != "local"]
    if not remote:
        return local
    from frontdesk.answering.llm.agent import agents_from  # heavy: only a desk with a model pays for it
    from frontdesk.answering.llm.chain import ChainAnswerer

    tools = open_registry(deps, settings.tool_modules)
    return ChainAnswerer([*agents_from(settings, deps, tools=tools), local])


def reader_for(settings: Settings, provider: str, embedders: Embedders | None = None) -> Reader:
    """The understanding of one provider; a remote one falls back on the local reader.

    Where no embedders are given the settings name them; without MiniLM among them English is read by words alone.
    """
    sentences = _minilm(embedders or embedders_of(settings))
    local = LocalReader(settings.default_language, sentences=sentences)
    if provider == "local":
        return local
    from frontdesk.understanding.llm_reader import reader_from  # heavy: only a desk with a model pays for it

    return reader_from(settings, provider, local)


def _secret(settings: Settings, home: Path) -> bytes:
    """The key that signs sessions and links: from the settings, or made once into the home."""
    if settings.secret_key is not None:
        key = settings.secret_key.get_secret_value()
        if len(key) < 16:
            raise SetupError("SECRET_KEY: at least 16 characters, such as `openssl rand -hex 32` prints")
        return key.encode()
    file = home / "secret.key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes().strip()
    with os.fdopen(descriptor, "wb") as out:
        out.write(secrets.token_hex(32).encode())
    return file.read_bytes().strip()
