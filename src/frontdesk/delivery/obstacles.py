"""Why a message must not be tried now, in words for staff. Pure."""

from datetime import datetime

from frontdesk.channels.capabilities import Capabilities, Settlement
from frontdesk.delivery.outbox import Waiting
from frontdesk.delivery.reach import closed, window_end

_REPEATABLE = (Settlement.OWN_DB, Settlement.CLIENT_ID)


def obstacle(waiting: Waiting, can: Capabilities | None, now: datetime) -> str | None:
    """None where it may be tried. `can` is None where the account is not configured any more."""
    if can is None:
        return f"the account {waiting.account} of the channel {waiting.channel} is not configured any more"
    if waiting.unreachable is not None:
        return waiting.unreachable
    if waiting.state == "sending" and can.settlement not in _REPEATABLE:
        return "an earlier attempt ended unseen: sent or not cannot be told"
    if waiting.options.template is not None and not can.templates:
        return "this channel has no templates"
    return _window_closed(waiting, can, now) or _file_refused(waiting, can)


def _window_closed(waiting: Waiting, can: Capabilities, now: datetime) -> str | None:
    end = window_end(waiting.last_inbound_at, can, waiting.sender_type)
    if end is None or now < end or waiting.options.template is not None:
        return None
    return closed(end, can)


def _file_refused(waiting: Waiting, can: Capabilities) -> str | None:
    refused = [file for file in waiting.uploads if not can.takes_file(file.content_type, file.size)]
    if not refused:
        return None
    return f"this channel does not take the file {refused[0].filename} ({refused[0].content_type})"
