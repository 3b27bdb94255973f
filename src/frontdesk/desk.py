"""The composition root: builds everything once from the settings and hands it down; nothing connects at import."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from frontdesk.actions.ai import AiActions
from frontdesk.actions.approvals import ActionApprovals
from frontdesk.actions.tickets import TicketActions
from frontdesk.answering.answerer import Answerer
from frontdesk.answering.deps import Deps
from frontdesk.answering.tools.perform import ActionPerformer
from frontdesk.answering.tools.registry import open_registry
from frontdesk.channels.channel import Channels, Lifecycle
from frontdesk.channels.registry import ChannelDeps, build_channels
from frontdesk.channels.style import reply_styles
from frontdesk.clocks import clocks_of
from frontdesk.db.address import database_address
from frontdesk.db.migrate import require_newest, upgrade
from frontdesk.db.pool import Database
from frontdesk.delivery.send import Sender
from frontdesk.engine.blobs import Blobs, FolderBlobs
from frontdesk.engine.clock import Clocks
from frontdesk.engine.fanout import Fanout, LocalFanout
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.mailer import FolderMailer, Mailer, mailer_from
from frontdesk.engine.rates import MemoryRates, Rates
from frontdesk.engine.signals import Signals
from frontdesk.engine.slots import Slots
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.escalation.handoff import Handoff
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.notify import ManagerNotifier
from frontdesk.escalation.rules import HandoverRules
from frontdesk.home import open_home, secret_of
from frontdesk.intake.poll import Polling
from frontdesk.intake.record import Recorder
from frontdesk.intelligence import answerer_of, embedders_of, knowledge_of, minilm_of
from frontdesk.journey import Journey
from frontdesk.kit.keys import Keys
from frontdesk.knowledge.base import Knowledge
from frontdesk.perception.perceive import Perception
from frontdesk.perception.perceiver import PERCEIVERS, Perceiver, Perceivers
from frontdesk.settings import Settings
from frontdesk.store.orders import Orders
from frontdesk.terms import LaneKind
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.followers import Follower, Followers
from frontdesk.tickets.scoring import Weights
from frontdesk.understanding.learning.in_use import InUse
from frontdesk.understanding.learning.lane import Learning
from frontdesk.understanding.local.reader import LocalReader
from frontdesk.understanding.reader import Reader
from frontdesk.understanding.understand import Understanding


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one process of the desk holds."""

    settings: Settings
    home: Path
    keys: Keys
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
    perception: Perception
    changes: TicketChanges
    ticket_actions: TicketActions
    ai_actions: AiActions
    approvals: ActionApprovals
    learning: Learning
    clocks: Clocks
    polling: Polling
    followers: Followers
    rates: Rates
    slots: Slots
    demo: bool = False

    async def warm(self) -> None:
        """Load the models and the index now, rather than with the first customer's message."""
        if isinstance(self.reader, LocalReader):
            await asyncio.to_thread(self.reader.warm)
        await self.knowledge.warm()

    def lane_work(self) -> dict[str, LaneWork]:
        """What is done on each kind of lane; which process takes which kinds, `roles` says."""
        road = self.journey
        return {
            LaneKind.INTAKE: LaneWork(road.record, road.give_up_recording),
            LaneKind.PERCEIVE: LaneWork(self.perception.look, self.perception.give_up, is_slow=True),
            LaneKind.TICKET: LaneWork(road.attend, road.give_up, is_slow=True),
            LaneKind.SEND: LaneWork(road.deliver, road.give_up_sending),
            LaneKind.ACTION: LaneWork(road.act, road.give_up_acting),
            LaneKind.MAIL: LaneWork(road.notify_manager, road.notifier.give_up),
            LaneKind.LEARN: LaneWork(self.learning.run, self.learning.give_up, is_slow=True),
            LaneKind.CLOCK: LaneWork(self.clocks.run, self.clocks.go_on),
            LaneKind.POLL: LaneWork(self.polling.run),
            LaneKind.FOLLOW: LaneWork(self.followers.run),
        }

    def worker(self, work: Mapping[str, LaneWork] | None = None) -> Worker:
        """A worker for these kinds of lanes; for every lane of the house where none are named."""
        work = self.lane_work() if work is None else work
        return Worker(self.lanes, work, concurrency=self.settings.worker_concurrency)


@asynccontextmanager
async def open_desk(
    settings: Settings,
    *,
    demo: bool = False,
    answerer: Answerer | None = None,
    reader: Reader | None = None,
    followers: Sequence[Follower] = (),
    perceivers: Sequence[Perceiver] = (),
    migrate: bool = True,
) -> AsyncIterator[Desk]:
    """Build and connect everything; the embedded database is started where no other is configured.

    `answerer` and `reader` replace the configured intelligence; `followers` and `perceivers` are added to
    those of the house.
    Without `migrate` the database must have the newest schema already.
    Raises `SetupError` or `Unavailable`.
    """
    home = settings.frontdesk_home.expanduser().resolve()
    async with AsyncExitStack() as stack:
        open_home(home)
        dsn = await stack.enter_async_context(database_address(settings))
        await asyncio.to_thread(upgrade if migrate else require_newest, dsn)
        signals = Signals(dsn)
        db = Database(dsn, size=settings.db_pool_size, on_signal=signals.send)
        await db.open()
        stack.push_async_callback(db.close)
        await signals.start()
        stack.push_async_callback(signals.stop)
        desk = _build(settings, home, db, signals, demo, answerer, reader, followers, perceivers)
        stack.push_async_callback(desk.knowledge.aclose)
        for channel in desk.channels:
            if isinstance(channel, Lifecycle):
                await channel.open()
                stack.push_async_callback(channel.close)
        yield desk


def _build(
    settings: Settings,
    home: Path,
    db: Database,
    signals: Signals,
    demo: bool,
    answerer: Answerer | None,
    reader: Reader | None,
    followers: Sequence[Follower],
    perceivers: Sequence[Perceiver],
) -> Desk:
    lanes = Lanes(db, signals, lease=settings.lane_lease)
    fanout = LocalFanout()
    mailer = mailer_from(settings, home)
    blobs = FolderBlobs(home / "blobs")
    channels = _channels(settings, mailer, blobs)
    embedders = embedders_of(settings)
    knowledge = knowledge_of(settings, db, embedders)
    orders = Orders(db)
    reader = reader or LocalReader(
        settings.default_language, sentences=minilm_of(embedders), in_use=InUse(db)
    )
    deps = _deps(settings, knowledge, orders, channels)
    tools = open_registry(deps, settings.tool_modules)
    answerer = answerer or answerer_of(settings, deps, tools)
    keys = Keys(secret_of(settings, home))
    rules = HandoverRules.of(settings)
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
            TicketLinks(settings.base_url, keys.links),
            settings.mail_from,
            settings.desk_name,
        ),
        rules=rules,
        changes=changes,
        handoff=Handoff(lanes, changes, rules),
        perception_wait=timedelta(seconds=settings.perception_wait),
        recorder=Recorder(changes, timedelta(days=settings.reopen_days)),
        performer=ActionPerformer(tools, changes, settings.desk_timezone, settings.default_language),
        answer_timeout=answer_timeout,
        desk_name=settings.desk_name,
    )
    largest = settings.attachment_megabytes * 2**20
    perception = Perception(lanes, channels, blobs, Perceivers((*PERCEIVERS, *perceivers)), largest)
    learning = Learning(db, lanes, settings.model_retrain_after)
    mails_resolved = "resolved" in settings.manager_email_on
    ticket_actions = TicketActions(lanes, changes, rules, learning, mails_resolved)
    approvals = ActionApprovals(lanes, changes, tools)
    ai_actions = AiActions(db, lanes, fanout, channels, understanding, answerer, answer_timeout)
    return Desk(
        settings, home, keys, db, lanes, fanout, blobs, mailer, channels, knowledge, orders, reader, answerer,
        journey, perception, changes, ticket_actions, ai_actions, approvals, learning,
        Clocks(lanes, clocks_of(db, lanes, knowledge, changes.weights, blobs)),
        Polling(db, lanes, channels), Followers(db, lanes, followers), MemoryRates(), Slots(), demo,
    )  # fmt: skip


def _channels(settings: Settings, mailer: Mailer, blobs: Blobs) -> Channels:
    smtp = None if isinstance(mailer, FolderMailer) else mailer
    return build_channels(settings, ChannelDeps(reply_styles(settings.reply_limits), blobs, smtp))


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
