"""Each minute every provider is asked how its accounts are; who comes into trouble is told in the log."""

import asyncio
from datetime import timedelta

import structlog
from prometheus_client import Gauge

from frontdesk.channels.channel import Channels, Checked
from frontdesk.channels.checkup import check
from frontdesk.channels.health import Health, HealthState
from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.insights import channel_health

_log = structlog.get_logger("frontdesk.channels")
_up = Gauge("support_channel_up", "1 where a channel account is well, 0 in trouble", ["channel", "account"])
_waiting = Gauge(
    "support_channel_waiting", "Messages that a provider holds back for the desk", ["channel", "account"]
)


def clock(channels: Channels) -> Clock:
    asked = [channel for channel in channels if isinstance(channel, Checked)]

    async def ask(run: LaneRun) -> bool:
        reports = await asyncio.gather(*(check(channel) for channel in asked))
        for channel, health in zip(asked, reports, strict=True):
            if health is None:
                continue
            async with run.transaction() as conn:
                before = await channel_health.keep(conn, channel.name, channel.account, health)
            _tell(channel.name, channel.account, before, health)
        return False

    return Clock("channel-health", Every(timedelta(minutes=1)), ask)


def _tell(channel: str, account: str, before: HealthState | None, health: Health) -> None:
    _up.labels(channel, account).set(health.state is HealthState.OK)
    if health.waiting is not None:
        _waiting.labels(channel, account).set(health.waiting)
    if health.state is not before:
        tell = _log.warning if health.state is HealthState.TROUBLE else _log.info
        tell("channel_health", channel=channel, account=account, state=health.state, error=health.error)
