"""One process: starts its roles, runs until it is told to stop, and stops in order."""

import asyncio
import signal
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import structlog

from frontdesk.access.actor import SYSTEM
from frontdesk.audit.seen_settings import note_settings
from frontdesk.desk import Desk
from frontdesk.engine.readiness import Readiness, RoleState
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.errors import SetupError
from frontdesk.kit.tasks import end, run_until_first_end
from frontdesk.roles.house import ROLES
from frontdesk.roles.role import Part, Process, Role, Roles
from frontdesk.web.address import require_free
from frontdesk.web.probes import create_probes
from frontdesk.web.server import serve

_log = structlog.get_logger("frontdesk.roles")


async def run_roles(
    desk: Desk,
    names: Iterable[str],
    ready: Callable[[], None] = lambda: None,
    roles: Roles = ROLES,
) -> None:
    """Run until told to stop (SIGINT, SIGTERM) or until a part fails; `ready` is called once it can be reached.

    Raises `SetupError` for an unknown role, a taken port, or where none of the roles has anything to do.
    """
    process = Process(desk, Readiness(), ready)
    active = _active(roles.pick(names), process)
    if not _answers_probes(active):
        _require_probe_port(desk)
    await note_settings(desk.db, desk.settings, desk.keys.audit, SYSTEM)
    for role in active:
        await role.start(desk)
    doors = _open_doors(active, process)
    tasks = [*_start(active, process), asyncio.create_task(_until_signalled(), name="signals")]
    await run_until_first_end([*doors, *tasks], ended_first=doors)


def _active(roles: Sequence[Role], process: Process) -> list[Role]:
    """Those that have something to do here; the others say why not."""
    idle = {role.name: reason for role in roles if (reason := role.idle(process.desk))}
    active = [role for role in roles if role.name not in idle]
    if not active:
        words = "; ".join(f"{name}: {reason}" for name, reason in idle.items())
        raise SetupError(f"this process has nothing to do ({words})")
    for role in roles:
        state = RoleState.NOT_CONFIGURED if role.name in idle else RoleState.STARTING
        process.readiness.tell(role.name, partial(RoleState, state))
    for name, reason in idle.items():
        _log.info("role_has_nothing_to_do", role=name, reason=reason)
    return active


def _start(roles: Sequence[Role], process: Process) -> list[asyncio.Task[None]]:
    desk = process.desk
    tasks = [_begin(role, part, process) for role in roles for part in role.parts]
    work = _work(roles, desk)
    worker = desk.worker(work) if work else None
    if worker:
        tasks.append(asyncio.create_task(_take_lanes(worker, roles, desk), name="lanes"))
    for role in roles:
        process.readiness.tell(role.name, _state(worker if role.lanes else None))
    return tasks


def _open_doors(roles: Sequence[Role], process: Process) -> list[asyncio.Task[None]]:
    doors = [_begin(role, door, process) for role in roles for door in role.doors]
    if not _answers_probes(roles):
        doors.append(asyncio.create_task(_serve_probes(process), name="probes"))
    return doors


def _begin(role: Role, part: Part, process: Process) -> asyncio.Task[None]:
    return asyncio.create_task(part(process), name=f"{role.name}:{part.__name__.strip('_')}")


async def _take_lanes(worker: Worker, roles: Sequence[Role], desk: Desk) -> None:
    """What needs no preparation begins at once: a message is recorded, and acknowledged, while models are loaded."""
    worker.withhold_slow()
    working = asyncio.create_task(worker.run(), name="worker")
    try:
        for role in roles:
            await role.prepare(desk)
        worker.take_slow()
        await asyncio.shield(working)
    finally:
        await end([working])


def _work(roles: Sequence[Role], desk: Desk) -> dict[str, LaneWork]:
    return {kind: role.work(desk)[kind] for role in roles for kind in role.lanes}


def _state(worker: Worker | None) -> Callable[[], RoleState]:
    """Who takes lanes is ready once it has asked for all of them, and while it can."""
    if worker is None:
        return lambda: RoleState.READY
    states = {None: RoleState.STARTING, True: RoleState.READY, False: RoleState.WAITING}
    return lambda: states[worker.reaches_lanes if worker.takes_all else None]


def _answers_probes(roles: Sequence[Role]) -> bool:
    return any(role.answers_probes for role in roles)


def _require_probe_port(desk: Desk) -> None:
    if desk.settings.probe_port is not None:
        require_free(desk.settings.host, desk.settings.probe_port)


async def _serve_probes(process: Process) -> None:
    """A process that serves nothing else is probed on a port of its own, where one is set."""
    settings = process.desk.settings
    if settings.probe_port is None:
        process.listening()
        await asyncio.Event().wait()
    else:
        app = create_probes(process.desk, process.readiness)
        await serve(app, settings, (settings.probe_port,), process.listening)


async def _until_signalled() -> None:
    """Ends at the first SIGINT or SIGTERM; everything is then stopped in order."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
