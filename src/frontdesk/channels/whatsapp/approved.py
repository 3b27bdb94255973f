"""The templates of a number that Meta has approved."""

from frontdesk.channels.body import Json, items, text
from frontdesk.channels.graph import Graph
from frontdesk.channels.outbound import ApprovedTemplate
from frontdesk.channels.whatsapp.checks import business_of

MOST = 200


async def approved_templates(graph: Graph, phone_number_id: str) -> list[ApprovedTemplate]:
    """Those that are a text whose gaps are numbered. Raises `SendRefused`, or `Unavailable`."""
    business = await business_of(graph, phone_number_id)
    asked = {"fields": "name,language,status,components", "status": "APPROVED", "limit": str(MOST)}
    answer = await graph.ask(f"/{business}/message_templates", asked)
    read = [_template(template) for template in items(answer, "data")]
    return [template for template in read if template is not None]


def _template(template: Json) -> ApprovedTemplate | None:
    """None for one whose head or buttons would have to be filled too."""
    components = items(template, "components")
    bodies = [text(part, "text") for part in components if text(part, "type") == "BODY"]
    others = [part for part in components if text(part, "type") != "BODY"]
    is_plain = all("{{" not in str(part) and text(part, "format") in ("", "TEXT") for part in others)
    name, language = text(template, "name"), text(template, "language")
    if text(template, "status") not in ("", "APPROVED") or not (bodies and is_plain and name and language):
        return None
    return ApprovedTemplate(name, language, name.replace("_", " "), bodies[0])
