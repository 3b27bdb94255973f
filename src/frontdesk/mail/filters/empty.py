"""A message with neither words nor files."""

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import Empty


def says_nothing(draft: Draft) -> Empty | None:
    mail = draft.mail
    return None if mail.text.strip() or mail.files or mail.subject.strip() else Empty()
