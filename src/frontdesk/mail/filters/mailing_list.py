"""A message of a mailing list or a newsletter, where the list is not one that leads to the desk."""

import re

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import MailingList

_LIST_ID = re.compile(r"<?([^<>\s]{1,200})>?\s*$")
_ADDRESS = re.compile(r"mailto:([^>?\s]{1,200})")


def goes_to_many(draft: Draft) -> MailingList | None:
    """An answer to a mail of ours is taken, also where it comes through a list."""
    if draft.answers_us or _is_own_list(draft):
        return None
    if draft.header("list-id") or draft.header("list-post") or draft.header("mailing-list"):
        return MailingList("list_id")
    precedence = draft.header("precedence")
    if precedence == "list":
        return MailingList("precedence")
    if draft.header("list-unsubscribe") or draft.header("list-unsubscribe-post"):
        return MailingList("list_unsubscribe")
    if precedence in ("bulk", "junk"):
        return MailingList("precedence")
    if draft.header("feedback-id") or draft.header("x-campaign-id") or draft.header("x-mailer-campaign"):
        return MailingList("campaign")
    return None


def _is_own_list(draft: Draft) -> bool:
    """A group of the company, through which its customers write: `support.example.kz` for support@example.kz."""
    own = draft.context.own_lists | {address.replace("@", ".") for address in draft.context.own_addresses}
    name = _LIST_ID.search(draft.header("list-id"))
    if name and name[1] in own:
        return True
    posted = _ADDRESS.search(draft.header("list-post"))
    return bool(posted and draft.is_own(posted[1]))
