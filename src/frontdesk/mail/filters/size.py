"""A message beyond what the mailbox takes."""

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import TooLarge


def is_too_large(draft: Draft) -> TooLarge | None:
    return TooLarge(draft.mail.size) if draft.mail.size > draft.context.most_bytes else None
