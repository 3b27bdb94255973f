"""What every event of Instagram's has."""

from datetime import datetime
from typing import TypedDict

from frontdesk.channels.inbound import Peer
from frontdesk.terms import ChannelName


class Origin(TypedDict):
    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    sent_at: datetime
