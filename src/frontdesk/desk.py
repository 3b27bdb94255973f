"""The composition root: builds everything once from the settings and hands it down; nothing connects at import."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from frontdesk.access.access import Access, access_of
from frontdesk.actions.ai import AiActions
from frontdesk.actions.approvals import ActionApprovals
from frontdesk.actions.macros import MacroActions
from frontdesk.actions.phrases import PhraseActions
from frontdesk.actions.snooze import SnoozeActions
from frontdesk.actions.staff_replies import StaffReplies
from frontdesk.actions.tickets import TicketActions
from frontdesk.answering.answerer import Answerer
from frontdesk.answering.local.answerer import AT_ONCE, LocalAnswerer
from frontdesk.answering.tools.perform import ActionPerformer
from frontdesk.channels.channel import Channels, Lifecycle
from frontdesk.channels.email.answers import answers_to
from frontdesk.channels.registry import ChannelDeps, build_channels
from frontdesk.channels.style import reply_styles
from frontdesk.clocks import clocks_of
from frontdesk.db.address import database_address
from frontdesk.db.embedded_home import data_of
from frontdesk.db.migrate import require_newest, upgrade
from frontdesk.db.pool import Database
from frontdesk.delivery.post import Post
from frontdesk.delivery.send import Sender
from frontdesk.engine.blobs import Blobs, FolderBlobs
from frontdesk.engine.clock import Clocks
from frontdesk.engine.disk import Disk
from frontdesk.engine.fanout import Fanout, LocalFanout
from frontdesk.engine.idempotency import Claims
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
from frontdesk.intake.accept import Deliveries, Intake
from frontdesk.intake.poll import Polling
from frontdesk.intake.record import Recorder
from frontdesk.intelligence import Intelligence, intelligence_of
from frontdesk.journey import Journey
from frontdesk.kit.keys import Keys
from frontdesk.kit.reply_tokens import ReplyTokens
from frontdesk.knowledge.base import Knowledge
from frontdesk.meanwhile import Meanwhile
from frontdesk.perception.perceive import Perception
from frontdesk.perception.perceiver import PERCEIVERS, Perceiver, Perceivers
from frontdesk.phrases import say
from frontdesk.portal.links import PortalLinks
from frontdesk.portal.mail import PortalMail
from frontdesk.privacy.whole import Privacy, privacy_of
from frontdesk.settings import Settings
from frontdesk.store.orders import Orders
from frontdesk.terms import LaneKind
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.followers import Follower, Followers
from frontdesk.tickets.scoring import Weights
from frontdesk.understanding.learning.lane import Learning
from frontdesk.understanding.local.reader import LocalReader
from frontdesk.understanding.reader import Reader


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
    disk: Disk
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
    snooze_actions: SnoozeActions
    ai_actions: AiActions
    approvals: ActionApprovals
    staff_replies: StaffReplies
    privacy: Privacy
    learning: Learning
    clocks: Clocks
    polling: Polling
    followers: Followers
    rates: Rates
    slots: Slots
    claims: Claims
    access: Access
    portal_mail: PortalMail
    demo: bool = False

    async def warm(self) -> None:
        """Load the models and the index now, rather than with the first customer's message."""
        if isinstance(self.reader, LocalReader):
            await asyncio.to_thread(self.reader.warm)
        await self.knowledge.warm()

    def lane_work(self) -> dict[str, LaneWork]:
        """What is done on each kind of lane; which process takes which kinds, `roles` says."""
        road = self.journey
        thinking = AT_ONCE if isinstance(self.answerer, LocalAnswerer) else None
        return {
            LaneKind.INTAKE: LaneWork(road.record, road.give_up_recording),
            LaneKind.PERCEIVE: LaneWork(self.perception.look, self.perception.give_up, is_slow=True),
            LaneKind.TICKET: LaneWork(road.attend, road.give_up, is_slow=True, at_once=thinking),
            LaneKind.SEND: LaneWork(road.deliver, road.give_up_sending),
            LaneKind.ACTION: LaneWork(road.act, road.give_up_acting),
            LaneKind.MAIL: LaneWork(road.notify_manager, road.notifier.give_up),
            LaneKind.ACCESS_MAIL: LaneWork(self.access.mail.send),
            LaneKind.PORTAL_MAIL: LaneWork(self.portal_mail.send),
            LaneKind.STAFF_REPLY: LaneWork(self.staff_replies.take, self.staff_replies.give_up),
            LaneKind.LEARN: LaneWork(self.learning.run, self.learning.give_up, is_slow=True),
            LaneKind.CLOCK: LaneWork(self.clocks.run, self.clocks.go_on),
            LaneKind.POLL: LaneWork(self.polling.run),
            LaneKind.FOLLOW: LaneWork(self.followers.run),
        }

    @property
    def macro_actions(self) -> MacroActions:
        return MacroActions(self.db, self.orders, self.ticket_actions, self.settings.default_language)

    @property
    def phrase_actions(self) -> PhraseActions:
        return PhraseActions(self.db, self.knowledge, self.macro_actions)

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
        base = _infrastructure(settings, home, db, signals)
        mind = intelligence_of(settings, db, base.channels, answerer, reader)
        desk = _build(base, mind, followers, perceivers, demo=demo)
        stack.push_async_callback(desk.knowledge.aclose)
        for channel in desk.channels:
            if isinstance(channel, Lifecycle):
                await channel.open()
                stack.push_async_callback(channel.close)
        yield desk


@dataclass(frozen=True, slots=True)
class _Infrastructure:
    """What every part stands on: storage, transport, and the rules of the house."""

    settings: Settings
    home: Path
    keys: Keys
    db: Database
    lanes: Lanes
    fanout: Fanout
    blobs: Blobs
    disk: Disk
    mailer: Mailer
    channels: Channels
    changes: TicketChanges
    rules: HandoverRules


def _infrastructure(settings: Settings, home: Path, db: Database, signals: Signals) -> _Infrastructure:
    mailer = mailer_from(settings, home)
    blobs = FolderBlobs(home / "blobs")
    smtp = None if isinstance(mailer, FolderMailer) else mailer
    keys = Keys(secret_of(settings, home))
    deps = _channel_deps(settings, blobs, smtp, keys, db)
    return _Infrastructure(
        settings=settings,
        home=home,
        keys=keys,
        db=db,
        lanes=Lanes(db, signals, lease=settings.lane_lease),
        fanout=LocalFanout(),
        blobs=blobs,
        disk=_disk(settings, home),
        mailer=mailer,
        channels=build_channels(settings, deps),
        changes=TicketChanges(Weights.of(settings)),
        rules=HandoverRules.of(settings),
    )


def _channel_deps(
    settings: Settings, blobs: Blobs, smtp: Mailer | None, keys: Keys, db: Database
) -> ChannelDeps:
    def portal_line(number: str, language: str) -> str:
        return say("portal.footer", language, link=f"{settings.base_url}/portal/tickets/{number}")

    styles = reply_styles(settings.reply_limits)
    tokens = ReplyTokens(keys.mail)
    return ChannelDeps(styles, blobs, smtp, portal_line if settings.portal else None, tokens, Deliveries(db))


def _disk(settings: Settings, home: Path) -> Disk:
    folders = {"home": home} if settings.dsn else {"home": home, "database": data_of(home)}
    return Disk(folders, settings.disk_low_mb)


def _journey(base: _Infrastructure, mind: Intelligence) -> Journey:
    settings, changes = base.settings, base.changes
    return Journey(
        db=base.db,
        lanes=base.lanes,
        intake=Intake(base.db, base.lanes),
        disk=base.disk,
        channels=base.channels,
        fanout=base.fanout,
        understanding=mind.understanding,
        answerer=mind.answerer,
        post=_post(base, changes),
        sender=Sender(base.channels, changes),
        notifier=ManagerNotifier(
            changes,
            base.mailer,
            base.rules,
            TicketLinks(settings.base_url, base.keys.links),
            settings.mail_from,
            settings.desk_name,
            answers_to(base.channels),
        ),
        rules=base.rules,
        changes=changes,
        handoff=Handoff(base.lanes, changes, base.rules),
        meanwhile=Meanwhile(_post(base, changes), changes, settings.desk_name),
        perception_wait=timedelta(seconds=settings.perception_wait),
        recorder=Recorder(changes, timedelta(days=settings.reopen_days)),
        performer=ActionPerformer(mind.tools, changes, settings.desk_timezone, settings.default_language),
        answer_timeout=mind.answer_timeout,
        desk_name=settings.desk_name,
    )


def _post(base: _Infrastructure, changes: TicketChanges) -> Post:
    return Post(base.lanes, base.channels, changes)


def _build(
    base: _Infrastructure,
    mind: Intelligence,
    followers: Sequence[Follower],
    perceivers: Sequence[Perceiver],
    *,
    demo: bool,
) -> Desk:
    settings, db, lanes, changes = base.settings, base.db, base.lanes, base.changes
    learning = Learning(db, lanes, settings.model_retrain_after)
    privacy = privacy_of(settings, base.home, lanes, changes, base.blobs, base.keys)
    mails_resolved = "resolved" in settings.manager_email_on
    actions = TicketActions(lanes, _post(base, changes), changes, base.rules, learning, mails_resolved)
    return Desk(
        settings=settings,
        home=base.home,
        keys=base.keys,
        db=db,
        lanes=lanes,
        fanout=base.fanout,
        blobs=base.blobs,
        disk=base.disk,
        mailer=base.mailer,
        channels=base.channels,
        knowledge=mind.knowledge,
        orders=mind.orders,
        reader=mind.reader,
        answerer=mind.answerer,
        journey=_journey(base, mind),
        perception=_perception(base, perceivers),
        changes=changes,
        ticket_actions=actions,
        snooze_actions=SnoozeActions(changes),
        ai_actions=AiActions(
            db, lanes, base.fanout, base.channels, mind.understanding, mind.answerer, mind.answer_timeout
        ),
        staff_replies=StaffReplies(actions, settings.default_language),
        approvals=ActionApprovals(lanes, changes, mind.tools),
        privacy=privacy,
        learning=learning,
        clocks=Clocks(
            lanes,
            clocks_of(
                db,
                lanes,
                base.channels,
                mind.knowledge,
                changes,
                base.blobs,
                base.keys,
                privacy.retention,
            ),
        ),
        polling=Polling(db, lanes, base.channels, base.disk),
        followers=Followers(db, lanes, followers),
        rates=MemoryRates(),
        slots=Slots(),
        claims=Claims(db),
        access=access_of(settings, base.keys, db, lanes, base.mailer),
        portal_mail=_portal_mail(base),
        demo=demo,
    )


def _portal_mail(base: _Infrastructure) -> PortalMail:
    settings, links = base.settings, PortalLinks(base.settings.base_url, base.keys.portal)
    return PortalMail(base.lanes, base.mailer, links, settings.mail_from, settings.desk_name)


def _perception(base: _Infrastructure, perceivers: Sequence[Perceiver]) -> Perception:
    largest = base.settings.attachment_megabytes * 2**20
    return Perception(base.lanes, base.channels, base.blobs, Perceivers((*PERCEIVERS, *perceivers)), largest)
