"""The roles of the house, and which lanes each takes."""

import asyncio

import structlog

from frontdesk.access import people
from frontdesk.bus.client import consumer_of, producer_of, topics_made
from frontdesk.bus.consumer import TicketConsumer
from frontdesk.desk import Desk
from frontdesk.errors import Unavailable
from frontdesk.roles.role import Process, Role, Roles
from frontdesk.terms import LaneKind
from frontdesk.web.address import require_free, require_safe
from frontdesk.web.app import create_app
from frontdesk.web.live.tail import Tail
from frontdesk.web.server import serve

BROKER_AWAY_SECONDS = 5.0
_log = structlog.get_logger("frontdesk.roles")


async def _require_address(desk: Desk) -> None:
    async with desk.db.connection() as conn:
        require_safe(desk.settings, has_admin=await people.has_admin(conn))
    for port in desk.settings.ports:
        require_free(desk.settings.host, port)


async def _serve_api(process: Process) -> None:
    settings = process.desk.settings
    app = create_app(process.desk, process.readiness)
    await serve(app, settings, settings.ports, process.listening)


async def _show_live(process: Process) -> None:
    desk = process.desk
    await Tail(desk.db, desk.lanes.signals, desk.fanout).run()


async def _hold_claims(process: Process) -> None:
    await process.desk.claims.keep()


async def _warm(desk: Desk) -> None:
    """The first messages load what could not be loaded now."""
    try:
        await desk.warm()
    except Exception as error:  # whatever it is, messages are answered all the same
        _log.warning("not_warmed", error=type(error).__name__)


async def _start_clocks(desk: Desk) -> None:
    await desk.clocks.start()


async def _keep_clocks(process: Process) -> None:
    await process.desk.clocks.keep()


async def _start_polling(desk: Desk) -> None:
    await desk.polling.start()


async def _keep_polling(process: Process) -> None:
    await process.desk.polling.keep_up()


async def _start_followers(desk: Desk) -> None:
    await desk.followers.start()


async def _keep_followers_up(process: Process) -> None:
    await process.desk.followers.keep_up()


async def _read_bus(process: Process) -> None:
    desk = process.desk
    if not desk.settings.kafka_bootstrap_servers:
        await asyncio.Event().wait()  # followers alone keep this role busy
    await _broker_heard_of(desk)
    await TicketConsumer(
        desk.db,
        desk.lanes,
        desk.channels,
        desk.journey.disk,
        consumer_of(desk.settings),
        producer_of(desk.settings),
        desk.settings.kafka_pause_above,
    ).run()


async def _broker_heard_of(desk: Desk) -> None:
    """With the topics made. While no broker answers the desk does everything else."""
    while True:
        try:
            await asyncio.to_thread(topics_made, desk.settings)
        except Unavailable as error:
            _log.warning("bus_waits", reason=error.message, records=0)
            await asyncio.sleep(BROKER_AWAY_SECONDS)
        else:
            return


def _without_events(desk: Desk) -> str | None:
    has_work = len(desk.followers) or desk.settings.kafka_bootstrap_servers
    return None if has_work else "nothing follows the tickets' log, and no bus is configured"


def _without_pollers(desk: Desk) -> str | None:
    return None if len(desk.polling) else "no configured channel has to be asked for its messages"


ROLES = Roles(
    [
        Role(
            "api",
            "HTTP, sockets, pages",
            start=_require_address,
            parts=(_show_live, _hold_claims),
            doors=(_serve_api,),
            answers_probes=True,
        ),
        Role(
            "worker",
            "the road: records, looks at files, answers, sends, acts, mails, learns",
            lanes=(
                LaneKind.INTAKE,
                LaneKind.PERCEIVE,
                LaneKind.TICKET,
                LaneKind.SEND,
                LaneKind.ACTION,
                LaneKind.MAIL,
                LaneKind.ACCESS_MAIL,
                LaneKind.PORTAL_MAIL,
                LaneKind.STAFF_REPLY,
                LaneKind.LEARN,
            ),
            prepare=_warm,
        ),
        Role(
            "scheduler",
            "the clocks: what has to happen again and again",
            lanes=(LaneKind.CLOCK,),
            start=_start_clocks,
            parts=(_keep_clocks,),
        ),
        Role(
            "channels",
            "asks the channels that do not call by themselves",
            lanes=(LaneKind.POLL,),
            start=_start_polling,
            parts=(_keep_polling,),
            idle=_without_pollers,
        ),
        Role(
            "events",
            "the durable followers of the tickets' log, and the tickets that come over the bus",
            lanes=(LaneKind.FOLLOW,),
            start=_start_followers,
            parts=(_keep_followers_up, _read_bus),
            idle=_without_events,
        ),
    ]
)
