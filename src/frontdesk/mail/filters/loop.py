"""A mail of our own that came back, or one that goes round in circles."""

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import Loop

_MOST_HOPS = 60


def is_our_own(draft: Draft) -> Loop | None:
    mail = draft.mail
    if mail.message_id and draft.context.is_own_id(mail.message_id):
        return Loop("own_message_id")
    if mail.header(draft.context.loop_header):
        return Loop("own_header")
    if draft.is_own(mail.sender.address):
        return Loop("own_address")
    if len(mail.every_header("received")) > _MOST_HOPS:
        return Loop("hops")
    return None
