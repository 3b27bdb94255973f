"""Ask how a channel account is, whatever happens meanwhile."""

import asyncio

from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.channel import Channel, Checked
from frontdesk.channels.health import Health
from frontdesk.errors import FrontdeskError

PATIENCE = 20.0


async def check(channel: Channel) -> Health | None:
    """None where nobody can be asked. A provider that is not heard of is an account that is not connected."""
    if channel.capabilities.settlement is Settlement.OWN_DB:
        return Health(is_connected=True)
    if not isinstance(channel, Checked):
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            return await channel.health()
    except TimeoutError:
        return Health(is_connected=False, error=f"no answer within {PATIENCE:.0f} seconds")
    except FrontdeskError as error:
        return Health(is_connected=False, error=error.message)
