"""A mail of ours that did not arrive: a report (RFC 3464), or a server's own words."""

import re

from frontdesk.mail import bounce_words, report_fields
from frontdesk.mail.draft import Draft
from frontdesk.mail.report_fields import Fields
from frontdesk.mail.verdict import Bounced, Delivered, Failure

_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_CODE = re.compile(r"\b([45])\d\d\b")
_FAILED = ("failed", "delayed")
_PASSED = ("delivered", "relayed", "expanded")


def was_not_delivered(draft: Draft) -> Bounced | Delivered | None:
    statuses = _recipients(draft) if draft.is_report or bounce_words.is_from_server(draft) else []
    original = report_fields.returned_id(draft.mail) or report_fields.quoted_id(draft.mail.text)
    failures = [_failure(fields) for fields in statuses if _action(fields) in _FAILED]
    if failures:
        # What is lost for good matters more than what is late.
        failures.sort(key=lambda failure: not failure.permanent)
        return _bounced(original, tuple(failures), "report")
    passed = next((fields for fields in statuses if _action(fields) in _PASSED), None)
    if passed is not None:
        return Delivered(original, _recipient(passed))
    told_failures = bounce_words.failures_of(draft)
    return _bounced(original, told_failures, "wording") if told_failures else None


def _bounced(original: str, failures: tuple[Failure, ...], reason: str) -> Bounced:
    worst = failures[0]
    return Bounced(
        original, worst.recipient, worst.status, worst.permanent, worst.diagnostic, failures, reason
    )


def _recipients(draft: Draft) -> list[Fields]:
    """The groups of a delivery status that tell of one recipient each."""
    texts = (r.text for r in draft.mail.reports if r.content_type.endswith("delivery-status"))
    every = [fields for text in texts for fields in report_fields.groups(text)]
    return [fields for fields in every if "action" in fields or "final-recipient" in fields]


def _action(fields: Fields) -> str:
    action = fields.get("action", "").lower().split(" ")[0].strip("();,")
    if action in (*_FAILED, *_PASSED):
        return action
    # Some servers leave the action out or write their own word.
    status = _STATUS.search(fields.get("status", ""))
    return {"2": "delivered", "4": "delayed"}.get(status[1] if status else "", "failed")


def _failure(fields: Fields) -> Failure:
    diagnostic = " ".join(fields.get("diagnostic-code", "").partition(";")[2].split())
    diagnostic = diagnostic or " ".join(fields.get("diagnostic-code", "").split())
    status = _STATUS.search(fields.get("status", "")) or _STATUS.search(diagnostic)
    code = _CODE.search(diagnostic)
    permanent = _action(fields) == "failed"
    # `failed` with a temporary status is a server that has given up: for good, so far as this mail goes.
    written = status.group() if status else f"{code[1]}.0.0" if code else ""
    return Failure(_recipient(fields), written, permanent, diagnostic[:500])


def _recipient(fields: Fields) -> str:
    return report_fields.address_of(fields, "original-recipient", "final-recipient")
