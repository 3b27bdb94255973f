"""How an account and its number stand at Twilio, and having Twilio call this desk for the number."""

from urllib.parse import urlencode

from frontdesk.channels.body import Json, items, text
from frontdesk.channels.health import Health
from frontdesk.channels.twilio.account import WHATSAPP
from frontdesk.channels.twilio.api import TwilioApi
from frontdesk.channels.twilio.errors import failure
from frontdesk.errors import SetupError, Unavailable


async def health(api: TwilioApi, sender: str) -> Health:
    """Raises `Unavailable`."""
    answer = await api.ask(f"{api.path}.json")
    if not answer.ok:
        missing = ("TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN",) if answer.status in (401, 403, 404) else ()
        return Health(is_connected=False, error=str(failure(answer)), missing=missing)
    state = text(answer.json, "status") or "active"
    lacking = "" if sender.startswith((WHATSAPP, "MG")) else await _lacking(api, sender)
    return Health(
        is_connected=state == "active",
        name=f"{text(answer.json, 'friendly_name')} {sender}".strip(),
        error="" if state == "active" else f"Twilio says that the account is {state}",
        missing=(lacking,) if lacking else (),
    )


async def connect(api: TwilioApi, sender: str) -> list[str]:
    """What was done, a sentence each. Raises `SetupError`, or `Unavailable`."""
    if not api.callback:
        raise SetupError("PUBLIC_URL is not set: Twilio has to know where to call")
    if not sender.startswith("+"):
        return [f"enter {api.callback} (POST) in Twilio's console for {sender}: it cannot be set from here"]
    number = await _number(api, sender)
    if number is None:
        raise SetupError(f"the account has no number {sender} (TWILIO_FROM)")
    answer = await api.ask(
        f"{api.path}/IncomingPhoneNumbers/{text(number, 'sid')}.json",
        {"SmsUrl": api.callback, "SmsMethod": "POST"},
    )
    if not answer.ok:
        raise SetupError(str(failure(answer)))
    return [f"Twilio knows the token, and the number {sender}", f"Twilio calls {api.callback}"]


async def _lacking(api: TwilioApi, sender: str) -> str:
    """What the number still needs; nothing can be said of one that is no number, such as a name."""
    if not sender.startswith("+"):
        return ""
    number = await _number(api, sender)
    if number is None:
        return f"TWILIO_FROM: the account has no number {sender}"
    return "frontdesk channels add twilio" if api.callback and text(number, "sms_url") != api.callback else ""


async def _number(api: TwilioApi, sender: str) -> Json | None:
    answer = await api.ask(f"{api.path}/IncomingPhoneNumbers.json?{urlencode({'PhoneNumber': sender})}")
    if not answer.ok:
        raise Unavailable(str(failure(answer)))
    numbers = items(answer.json, "incoming_phone_numbers")
    return next((number for number in numbers if text(number, "phone_number") == sender), None)
