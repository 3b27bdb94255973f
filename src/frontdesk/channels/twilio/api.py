"""Twilio's REST API as the two channels use it."""

import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

from frontdesk.channels.body import text
from frontdesk.channels.outbound import Button, Receipt
from frontdesk.channels.provider_http import Answer, ProviderHttp
from frontdesk.channels.twilio.account import TwilioAccount
from frontdesk.channels.twilio.errors import failure
from frontdesk.channels.twilio.parse import MESSAGE_ID
from frontdesk.errors import FileRefused, SendDelayed, SendRefused, SendUnknown, Unavailable

_FILE_HOSTS = ("twilio.com", "twiliocdn.com", "amazonaws.com")
"""Twilio's API sends on to where the files lie."""
_KNOWN_CONTENTS = 500
QUICK_REPLIES = 3


class TwilioApi:
    """`callback`: where statuses are sent; empty where the desk has no public address."""

    def __init__(self, account: TwilioAccount, callback: str) -> None:
        self._account = account
        self.callback = callback
        self.path = f"/2010-04-01/Accounts/{account.account_sid}"
        self._api = ProviderHttp("Twilio", account.api_url, "TWILIO_API_URL", _FILE_HOSTS)
        self._content = ProviderHttp("Twilio", account.content_url, "TWILIO_CONTENT_URL")
        self._auth = (account.account_sid, account.auth_token.get_secret_value().strip())
        self._contents: dict[tuple[str, tuple[Button, ...]], str] = {}

    async def send(self, sender: str, to: str, message_id: str, words: dict[str, str]) -> Receipt:
        """`words`: the fields that say what is sent. Raises `SendDelayed`, `SendRefused` or `SendUnknown`."""
        by = "MessagingServiceSid" if sender.startswith("MG") else "From"
        fields = {"To": to, by: sender, **words}
        if self.callback:
            fields["StatusCallback"] = f"{self.callback}?{urlencode({MESSAGE_ID: message_id})}"
        answer = await self._api.call("POST", f"{self.path}/Messages.json", data=fields, auth=self._auth)
        if not answer.ok:
            raise failure(answer)
        sid = text(answer.json, "sid")
        if not sid:
            raise SendUnknown("Twilio answered without the message's id: sent or not cannot be told")
        return Receipt(sid)

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Ask, or set `fields`: what does no harm a second time. Raises `Unavailable`."""
        method, given = ("POST", {"data": fields}) if fields else ("GET", {})
        try:
            return await self._api.call(method, path, auth=self._auth, **given)
        except (SendDelayed, SendUnknown) as error:
            raise Unavailable(error.message) from None

    async def contents(self) -> Answer:
        """The contents of the account with what became of their approval. Raises `Unavailable`."""
        try:
            return await self._content.call("GET", "/v1/ContentAndApprovals?PageSize=200", auth=self._auth)
        except (SendDelayed, SendUnknown) as error:
            raise Unavailable(error.message) from None

    async def buttons(self, language: str, choose: str, buttons: tuple[Button, ...]) -> str:
        """The id of a content that bears these buttons under any text; made once for each set of them."""
        key = (language, buttons)
        if key not in self._contents:
            if len(self._contents) >= _KNOWN_CONTENTS:
                self._contents.clear()
            self._contents[key] = await self._make(language, choose, buttons)
        return self._contents[key]

    async def file(self, url: str) -> AsyncIterator[bytes]:
        """Raises `FileRefused` or `Unavailable`."""
        if not url.startswith(self._api.api + "/"):
            raise FileRefused("Twilio has no file at this address")
        token = ProviderHttp.basic(*self._auth)
        async for piece in self._api.file(url, {"Authorization": token}):
            yield piece

    async def aclose(self) -> None:
        await self._api.aclose()
        await self._content.aclose()

    async def _make(self, language: str, choose: str, buttons: tuple[Button, ...]) -> str:
        body = {
            "friendly_name": "frontdesk buttons",
            "language": language,
            "variables": {"1": "?"},
            "types": _types(choose, buttons),
        }
        try:
            answer = await self._content.call("POST", "/v1/Content", json=body, auth=self._auth)
        except SendUnknown as error:  # nothing was said to the customer
            raise SendDelayed(error.message) from None
        sid = text(answer.json, "sid")
        if answer.ok and sid:
            return sid
        refused = failure(answer)
        if isinstance(refused, SendUnknown):
            raise SendDelayed(refused.message)
        raise refused if not answer.ok else SendRefused("Twilio took the buttons without an id")


def variables(words: str) -> str:
    """What fills the text of a content with buttons."""
    return json.dumps({"1": words}, ensure_ascii=False)


def _types(choose: str, buttons: tuple[Button, ...]) -> dict[str, object]:
    if len(buttons) <= QUICK_REPLIES:
        actions = [{"type": "QUICK_REPLY", "title": b.label, "id": b.payload} for b in buttons]
        return {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    items = [{"item": b.label, "id": b.payload} for b in buttons]
    return {"twilio/list-picker": {"body": "{{1}}", "button": choose, "items": items}}
