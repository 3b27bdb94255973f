"""How a number of the Cloud API stands at Meta, and having Meta call this desk for it."""

from datetime import UTC, datetime

from frontdesk.channels.body import Json, items, part, text
from frontdesk.channels.graph import Graph, GraphError
from frontdesk.channels.health import Health
from frontdesk.errors import SendRefused, SetupError

_FIELDS = "display_phone_number,verified_name,quality_rating,health_status,webhook_configuration"
_AVAILABLE = "AVAILABLE"


async def health(graph: Graph, phone_number_id: str) -> Health:
    """Raises `Unavailable`."""
    try:
        number = await graph.ask(f"/{phone_number_id}", {"fields": _FIELDS})
    except SendRefused as error:
        return Health(is_connected=False, error=error.message, missing=(_to_blame(error),))
    can_send = text(part(number, "health_status"), "can_send_message") or _AVAILABLE
    named = (text(number, "verified_name"), text(number, "display_phone_number"))
    return Health(
        is_connected=can_send != "BLOCKED",
        name=" ".join(filter(None, named)),
        error=_hindrance(number) if can_send != _AVAILABLE else "",
        expires_at=await _expiry(graph),
        quality=text(number, "quality_rating").lower(),
    )


async def connect(graph: Graph, phone_number_id: str, address: str, verify_token: str) -> list[str]:
    """What was done, a sentence each. Raises `SetupError`, or `Unavailable`."""
    if not address:
        raise SetupError("PUBLIC_URL is not set: WhatsApp has to know where to call")
    try:
        number = await graph.ask(f"/{phone_number_id}", {"fields": _FIELDS})
    except SendRefused as error:
        raise SetupError(f"{error.message}: look at {_to_blame(error)}") from None
    done = [f"WhatsApp knows the token: it is {text(number, 'display_phone_number') or phone_number_id}"]
    business = _business(number)
    if business:
        await graph.set(f"/{business}/subscribed_apps", {})
        done.append("the app is told what comes to the business account")
    here = {"override_callback_uri": address, "verify_token": verify_token}
    await graph.set(f"/{phone_number_id}", {"webhook_configuration": here})
    return [*done, f"WhatsApp calls {address}"]


async def business_of(graph: Graph, phone_number_id: str) -> str:
    """The id of the business account that the number belongs to. Raises `SendRefused`, or `Unavailable`."""
    business = _business(await graph.ask(f"/{phone_number_id}", {"fields": _FIELDS}))
    if not business:
        raise SendRefused("Meta does not say to which business account the number belongs")
    return business


async def _expiry(graph: Graph) -> datetime | None:
    """When the token ends; None where it does not, or where Meta does not say."""
    try:
        token = part(await graph.ask("/debug_token", {"input_token": graph.token}), "data")
    except SendRefused:
        return None
    ends = token.get("expires_at")
    return datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and 0 < ends < 2**33 else None


def _to_blame(error: SendRefused) -> str:
    about_access = isinstance(error.details, GraphError) and error.details.is_about_access
    return "WHATSAPP_TOKEN" if about_access else "WHATSAPP_PHONE_NUMBER_ID"


def _business(number: Json) -> str:
    """The id of the business account that the number belongs to."""
    entities = items(part(number, "health_status"), "entities")
    return next((text(entity, "id") for entity in entities if text(entity, "entity_type") == "WABA"), "")


def _hindrance(number: Json) -> str:
    entities = items(part(number, "health_status"), "entities")
    errors = [error for entity in entities for error in items(entity, "errors")]
    reasons = [
        f"{text(error, 'error_description')} {text(error, 'possible_solution')}".strip() for error in errors
    ]
    return " ".join(reasons)[:300] or "Meta limits what the number may send"
