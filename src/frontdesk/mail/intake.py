"""What becomes of an e-mail: small filters in a written order, one question each."""

from collections.abc import Callable

from frontdesk.mail.draft import Draft, IntakeContext
from frontdesk.mail.filters import (
    auto_reply,
    bounce,
    complaint,
    duplicate,
    empty,
    loop,
    mailing_list,
    read_report,
    robot,
    size,
    spam,
)
from frontdesk.mail.message import ReadMail
from frontdesk.mail.verdict import Accepted, Verdict

__all__ = ["FILTERS", "IntakeContext", "sort_out"]

Filter = Callable[[Draft], Verdict | None]

FILTERS: tuple[Filter, ...] = (
    size.is_too_large,
    duplicate.was_taken_in,
    loop.is_our_own,
    # Reports come before the rest: they too are automatic, empty and from robots.
    read_report.tells_of_reading,
    complaint.calls_us_spam,
    bounce.was_not_delivered,
    auto_reply.was_written_by_a_program,
    mailing_list.goes_to_many,
    spam.is_spam,
    empty.says_nothing,
)


def sort_out(mail: ReadMail, context: IntakeContext) -> Verdict:
    """The verdict of the first filter that has one; what passes all of them is accepted."""
    draft = Draft.of(mail, context)
    verdicts = (ask(draft) for ask in FILTERS)
    return next((verdict for verdict in verdicts if verdict is not None), None) or _accepted(draft)


def _accepted(draft: Draft) -> Accepted:
    reason = robot.sign_of(draft)
    return Accepted(may_answer=not reason, reason=reason)
