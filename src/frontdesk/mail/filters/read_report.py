"""A note that a mail was read, or deleted unread (RFC 8098)."""

from frontdesk.mail import report_fields
from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import ReadReport


def tells_of_reading(draft: Draft) -> ReadReport | None:
    report = report_fields.first(draft.mail, "disposition-notification")
    if report is None or not draft.is_report:
        return None
    original = report_fields.message_id_of(report) or report_fields.returned_id(draft.mail)
    recipient = report_fields.address_of(report, "final-recipient", "original-recipient")
    return ReadReport(original, recipient, displayed="displayed" in report.get("disposition", "").lower())
