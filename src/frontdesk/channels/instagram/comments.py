"""Comments: each thread of them is a conversation, in which nobody is known for who they are."""

from collections.abc import Mapping

from frontdesk.channels.body import Json, moment, part, text
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.terms import ChannelName, Proof

THREAD = "comment:"
"""Before the id of the top comment, which is the one that can be answered."""
_LIVE = "live_comments"
_FIELDS = ("comments", _LIVE)


def read_comment(account: str, change: Json, entry: Json, ours: Mapping[str, str]) -> InboundMessage | None:
    """None for what is no comment, and for our own."""
    if text(change, "field") not in _FIELDS:
        return None
    comment = part(change, "value")
    comment_id, author = text(comment, "id"), part(comment, "from")
    author_id = text(author, "id")
    if not comment_id or not author_id or author_id in ours:
        return None
    return InboundMessage(
        channel=ChannelName.INSTAGRAM,
        account=account,
        external_id=comment_id,
        # Answers are read by everybody: nothing of a customer's own may be told.
        peer=Peer(author_id, name=text(author, "username") or None, proof=Proof.NONE),
        thread=THREAD + (text(comment, "parent_id") or comment_id),
        sent_at=moment(entry, "time"),
        content=text(comment, "text"),
    )
