"""What mail servers wrote for programs: the parts of a report, as text."""

from frontdesk.mail import limits
from frontdesk.mail.charsets import decoded
from frontdesk.mail.message import ReportPart
from frontdesk.mail.parts import Part, Tree

_KINDS = frozenset({
    "message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
    "message/global-disposition-notification", "message/feedback-report", "text/rfc822-headers",
    "message/global-headers", "message/rfc822", "message/global",
})  # fmt: skip
_MOST = 20


def parts_of(tree: Tree) -> tuple[ReportPart, ...]:
    """Those of a report, cut where they are long; a message that was attached by hand is one too."""
    leaves = [leaf for leaf in tree.leaves() if leaf.content_type in _KINDS]
    return tuple(ReportPart(leaf.content_type, _text(tree, leaf)) for leaf in leaves[:_MOST])


def _text(tree: Tree, leaf: Part) -> str:
    data = leaf.body(tree.raw).data[: limits.REPORT]
    return decoded(data)[0].replace("\r\n", "\n").replace("\x00", "")
