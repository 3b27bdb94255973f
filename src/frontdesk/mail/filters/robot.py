"""Signs that a program wrote, for mails that people shall see and that no program may answer (RFC 3834)."""

import re

from frontdesk.mail.draft import Draft

_ROBOTS = re.compile(
    r"^(?:mailer-?daemon|postmaster|no-?_?\.?reply|do-?not-?reply|donotreply|bounces?|notifications?|robot|mailer|"
    r"daemon|root|nobody)(?:[+=._-].*)?$"
)
_SUPPRESSED = re.compile(r"\b(?:all|autoreply|oof)\b")


def sign_of(draft: Draft) -> str:
    """A reason word, or an empty text where a person seems to have written."""
    header = draft.header
    signs = {
        "auto_submitted": draft.auto_submitted not in ("", "no"),
        "null_sender": header("return-path") == "<>",
        "precedence": header("precedence") in ("bulk", "list", "junk", "auto_reply"),
        "suppressed": bool(_SUPPRESSED.search(header("x-auto-response-suppress"))),
        "list_header": any(header(name) for name in ("list-id", "list-unsubscribe", "feedback-id")),
        "robot_address": bool(_ROBOTS.match(draft.mail.sender.address.rpartition("@")[0].lower())),
        "no_sender": not draft.mail.sender.address,
        "hidden_copy": _is_hidden_copy(draft),
    }
    return next((reason for reason, present in signs.items() if present), "")


def _is_hidden_copy(draft: Draft) -> bool:
    """None of the desk's addresses is named as a recipient."""
    if not draft.context.own_addresses or draft.answers_us:
        return False
    named = [*(entry.address for entry in (*draft.mail.to, *draft.mail.cc)), *draft.mail.delivered_to]
    return not any(draft.is_own(address) for address in named)
