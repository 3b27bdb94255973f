"""A reader that others wrote (pywa) agrees with ours on what the stub of the Cloud API sends."""

from typing import Any

from pywa import WhatsApp, utils
from pywa.types import CallbackButton, CallbackSelection, MessageStatus
from pywa.types import Message as PywaMessage

from frontdesk.channels.inbound import InboundMessage
from frontdesk.channels.meta_webhook import SIGNATURE
from frontdesk.channels.whatsapp.parse import Reader
from tests.emulators.cloud_api import APP_SECRET, PHONE_ID, delivered, message, request, status

READER = Reader({PHONE_ID: "default"})
PYWA = WhatsApp(phone_id=PHONE_ID, token="t")


def said(kind: str, body: Any, **more: Any) -> InboundMessage:
    [event] = READER.events(delivered(message(kind, body, **more)))
    assert isinstance(event, InboundMessage)
    return event


def update(*messages: dict[str, Any], **value: Any) -> Any:
    """A delivery, as pywa types it."""
    return delivered(*messages, **value)


def test_pywa_reads_the_same_from_what_the_stub_sends() -> None:
    for body in ("hi", "Где мой заказ?"):
        ours = said("text", {"body": body}, context={"id": "wamid.0", "from": "1"})
        theirs = PywaMessage.from_update(
            PYWA, update(message("text", {"body": body}, context={"id": "wamid.0", "from": "1"}))
        )
        assert (theirs.text, theirs.id, theirs.from_user.wa_id) == (body, ours.external_id, "77010000001")
        assert theirs.timestamp.timestamp() == ours.sent_at.timestamp()
        assert theirs.reply_to_message is not None
        assert theirs.reply_to_message.id == ours.reply_to


def test_pywa_reads_the_same_files_buttons_and_statuses() -> None:
    file = {"id": "55", "mime_type": "application/pdf", "filename": "a.pdf", "sha256": "x", "caption": "look"}
    document = PywaMessage.from_update(PYWA, update(message("document", file)))
    assert document.document is not None
    assert (document.document.id, document.document.filename, document.caption) == ("55", "a.pdf", "look")
    pressed = {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}
    button = CallbackButton.from_update(PYWA, update(message("interactive", pressed, context={"id": "m"})))
    assert (button.data, button.title) == ("yes", "Yes")
    picked = {"type": "list_reply", "list_reply": {"id": "a", "title": "A"}}
    row = CallbackSelection.from_update(PYWA, update(message("interactive", picked, context={"id": "m"})))
    assert (row.data, row.title) == ("a", "A")
    tracked = MessageStatus.from_update(
        PYWA, update(statuses=[status("read", biz_opaque_callback_data="msg-1")])
    )
    assert (tracked.id, tracked.status, tracked.tracker) == ("wamid.OUT1", "read", "msg-1")


def test_pywa_accepts_the_signature_of_the_stub() -> None:
    genuine = request(delivered(message("text", {"body": "hi"})))
    assert utils.webhook_updates_validator(APP_SECRET, genuine.body, genuine.header(SIGNATURE))
