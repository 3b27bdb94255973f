"""The same message again. One without a Message-ID is never known."""

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import Duplicate


def was_taken_in(draft: Draft) -> Duplicate | None:
    message_id = draft.mail.message_id
    return Duplicate(message_id) if message_id and draft.context.is_known(message_id) else None
