"""A provider's note that a recipient pressed “this is spam” (RFC 5965)."""

from frontdesk.mail import report_fields
from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import Complaint


def calls_us_spam(draft: Draft) -> Complaint | None:
    report = report_fields.first(draft.mail, "feedback-report")
    if report is None or not draft.is_report:
        return None
    recipient = report_fields.address_of(report, "original-rcpt-to", "removal-recipient")
    return Complaint(report_fields.returned_id(draft.mail), recipient)
