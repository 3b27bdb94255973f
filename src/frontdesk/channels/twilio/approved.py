"""The contents of an account that WhatsApp has approved as templates."""

from frontdesk.channels.body import Json, items, part, text
from frontdesk.channels.outbound import ApprovedTemplate
from frontdesk.channels.twilio.api import TwilioApi
from frontdesk.channels.twilio.errors import failure


async def approved_templates(api: TwilioApi) -> list[ApprovedTemplate]:
    """Those that are a text. Raises `SendRefused`, `SendDelayed`, `SendUnknown` or `Unavailable`."""
    answer = await api.contents()
    if not answer.ok:
        raise failure(answer)
    return [read for content in items(answer.json, "contents") if (read := _template(content))]


def _template(content: Json) -> ApprovedTemplate | None:
    words = text(part(content, "types", "twilio/text"), "body")
    sid = text(content, "sid")
    if text(part(content, "approval_requests"), "status") != "approved" or not (words and sid):
        return None
    return ApprovedTemplate(sid, text(content, "language"), text(content, "friendly_name") or sid, words)
