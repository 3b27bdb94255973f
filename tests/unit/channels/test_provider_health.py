"""How accounts are at their providers, and having these call the desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from frontdesk.channels.channel import Channels, Checked, Connectable
from frontdesk.channels.health import HealthState
from frontdesk.channels.registry import ChannelDeps, build_channels
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.errors import SetupError, Unavailable
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName
from tests.emulators.cloud_api import PHONE_ID, graph_error
from tests.emulators.http_stub import DROP, Asked, HttpStub, Says, http_stub
from tests.emulators.instagram_api import ACCOUNT_ID
from tests.emulators.twilio_stub import NUMBER, SID, twilio_error
from tests.unit.channels.no_blobs import NoBlobs

NUMBER_AT_META = {
    "display_phone_number": "+7 727 000 00 00",
    "verified_name": "Shop",
    "quality_rating": "GREEN",
    "health_status": {"can_send_message": "AVAILABLE", "entities": [{"entity_type": "WABA", "id": "77"}]},
}
ENDS = datetime(2027, 1, 1, tzinfo=UTC)


def channels(url: str, public_url: str = "https://desk.example") -> Channels:
    variables = {
        "WHATSAPP_TOKEN": "t", "WHATSAPP_PHONE_NUMBER_ID": PHONE_ID, "WHATSAPP_APP_SECRET": "s",
        "WHATSAPP_VERIFY_TOKEN": "v", "WHATSAPP_API_URL": url,
        "INSTAGRAM_TOKEN": "t", "INSTAGRAM_ACCOUNT_ID": ACCOUNT_ID, "INSTAGRAM_APP_SECRET": "s",
        "INSTAGRAM_VERIFY_TOKEN": "v", "INSTAGRAM_API_URL": url,
        "TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": NUMBER, "TWILIO_API_URL": url,
        "TWILIO_CONTENT_URL": url,
    }  # fmt: skip
    given = {"_env_file": None, "public_url": public_url, "variables": variables}
    return build_channels(Settings.model_validate(given), ChannelDeps(REPLY_STYLES, NoBlobs(), None))


@contextmanager
def provider(answers: dict[str, Says | str]) -> Iterator[HttpStub]:
    """`answers` by the beginning of the path."""

    def answer(asked: Asked) -> Says | str:
        return next((says for path, says in answers.items() if asked.path.startswith(path)), Says(404))

    with http_stub(answer) as stub:
        yield stub


def account(stub: HttpStub, name: ChannelName, account: str = "default", **given: str) -> Any:
    return channels(stub.url, **given).get(name, account)


def number_at_twilio(url: str = "https://desk.example/webhooks/twilio/default") -> Says:
    return Says(200, {"incoming_phone_numbers": [{"phone_number": NUMBER, "sid": "PN1", "sms_url": url}]})


async def test_a_number_of_whatsapp_tells_its_name_its_quality_and_when_its_token_ends() -> None:
    token = Says(200, {"data": {"is_valid": True, "expires_at": int(ENDS.timestamp())}})
    with provider({f"/{PHONE_ID}": Says(200, NUMBER_AT_META), "/debug_token": token}) as stub:
        health = await account(stub, ChannelName.WHATSAPP).health()
    assert (health.state, health.name) == (HealthState.OK, "Shop +7 727 000 00 00")
    assert (health.quality, health.expires_at) == ("green", ENDS)


async def test_a_number_that_meta_blocks_says_why() -> None:
    error = {"error_description": "Payment is missing.", "possible_solution": "Add a card."}
    entities = [{"entity_type": "WABA", "id": "77", "errors": [error]}]
    blocked = {**NUMBER_AT_META, "health_status": {"can_send_message": "BLOCKED", "entities": entities}}
    with provider({f"/{PHONE_ID}": Says(200, blocked)}) as stub:
        health = await account(stub, ChannelName.WHATSAPP).health()
    assert (health.is_connected, health.error) == (False, "Payment is missing. Add a card.")


@pytest.mark.parametrize(
    ("says", "missing"),
    [
        (graph_error(190, status=401), "WHATSAPP_TOKEN"),
        (graph_error(100, status=400), "WHATSAPP_PHONE_NUMBER_ID"),
    ],
)
async def test_a_refusal_names_what_to_look_at(says: Says, missing: str) -> None:
    with provider({"/": says}) as stub:
        health = await account(stub, ChannelName.WHATSAPP).health()
        with pytest.raises(SetupError, match=missing):
            await account(stub, ChannelName.WHATSAPP).connect()
    assert (health.is_connected, health.missing) == (False, (missing,))


async def test_meta_is_told_where_to_call_for_a_number() -> None:
    answers: dict[str, Says | str] = {
        f"/{PHONE_ID}": Says(200, NUMBER_AT_META),
        "/77": Says(200, {"success": True}),
    }
    with provider(answers) as stub:
        done = await account(stub, ChannelName.WHATSAPP).connect()
    assert "https://desk.example/webhooks/whatsapp/default" in done[-1]
    assert [asked.path.partition("?")[0] for asked in stub.asked] == [
        f"/{PHONE_ID}", "/77/subscribed_apps", f"/{PHONE_ID}",
    ]  # fmt: skip
    assert stub.asked[-1].json["webhook_configuration"] == {
        "override_callback_uri": "https://desk.example/webhooks/whatsapp/default",
        "verify_token": "v",
    }


async def test_instagram_tells_whether_the_app_hears_of_what_comes() -> None:
    for apps, state in (([{"id": "1"}], HealthState.OK), ([], HealthState.TROUBLE)):
        answers: dict[str, Says | str] = {
            f"/{ACCOUNT_ID}/subscribed_apps": Says(200, {"data": apps, "success": True}),
            f"/{ACCOUNT_ID}": Says(200, {"username": "shop"}),
        }
        with provider(answers) as stub:
            health = await account(stub, ChannelName.INSTAGRAM).health()
            [done] = await account(stub, ChannelName.INSTAGRAM).connect()
        assert (health.state, health.name) == (state, "@shop")
        assert "comments" in done
        assert stub.asked[-1].method == "POST"


async def test_twilio_is_told_where_to_call_for_a_number() -> None:
    answers: dict[str, Says | str] = {f"/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers": number_at_twilio()}
    with provider(answers) as stub:
        done = await account(stub, ChannelName.SMS).connect()
    assert "https://desk.example/webhooks/twilio/default" in done[-1]
    assert b"SmsUrl=https%3A%2F%2Fdesk.example" in stub.asked[-1].body
    assert stub.asked[-1].path.endswith("/PN1.json")


@pytest.mark.parametrize(
    ("number", "missing"),
    [
        (number_at_twilio(), ()),
        (number_at_twilio("https://elsewhere.example"), ("frontdesk channels add twilio",)),
        (Says(200, {"incoming_phone_numbers": []}), (f"TWILIO_FROM: the account has no number {NUMBER}",)),
    ],
)
async def test_an_account_of_twilio_tells_what_its_number_lacks(
    number: Says, missing: tuple[str, ...]
) -> None:
    path = f"/2010-04-01/Accounts/{SID}"
    answers: dict[str, Says | str] = {
        f"{path}/IncomingPhoneNumbers": number,
        f"{path}.json": Says(200, {"friendly_name": "Shop", "status": "active"}),
    }
    with provider(answers) as stub:
        health = await account(stub, ChannelName.SMS).health()
        whatsapp = await account(stub, ChannelName.WHATSAPP, "twilio").health()
    assert (health.missing, health.name) == (missing, f"Shop {NUMBER}")
    assert whatsapp.state is HealthState.OK


async def test_a_wrong_token_and_a_suspended_account_are_trouble() -> None:
    refused, suspended = (
        twilio_error(20003, 401),
        Says(200, {"status": "suspended", "incoming_phone_numbers": []}),
    )
    for says, words in ((refused, "auth token is wrong"), (suspended, "suspended")):
        with provider({"/": says}) as stub:
            health = await account(stub, ChannelName.SMS).health()
        assert not health.is_connected
        assert words in health.error


NAMES: list[tuple[ChannelName, str]] = [
    (ChannelName.WHATSAPP, "default"),
    (ChannelName.INSTAGRAM, "default"),
    (ChannelName.SMS, "default"),
]


@pytest.mark.parametrize(("name", "of"), NAMES)
async def test_a_provider_that_is_not_heard_of_is_no_fault_of_the_account(name: ChannelName, of: str) -> None:
    with provider({"/": DROP}) as stub:
        channel = account(stub, name, of)
        assert isinstance(channel, Checked)
        assert isinstance(channel, Connectable)
        asks: list[Callable[[], Any]] = [channel.health, channel.connect]
        for ask in asks:
            with pytest.raises(Unavailable):
                await ask()


@pytest.mark.parametrize("name", [ChannelName.WHATSAPP, ChannelName.SMS])
async def test_who_has_no_public_address_cannot_be_called(name: ChannelName) -> None:
    with provider({}) as stub, pytest.raises(SetupError, match="PUBLIC_URL"):
        await account(stub, name, public_url="").connect()
    assert stub.asked == []


async def test_the_templates_of_a_number_are_those_that_people_can_fill() -> None:
    body = {"type": "BODY", "text": "Order {{1}} comes {{2}}."}
    picture, link = (
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BUTTONS", "buttons": [{"url": "https://a/{{1}}"}]},
    )
    given = [("order_update", [body]), ("with_picture", [picture, body]), ("with_gap", [link, body])]
    listed = [
        {"name": name, "language": "ru", "status": "APPROVED", "components": components}
        for name, components in given
    ]
    listed.append({"name": "paused", "language": "ru", "status": "PAUSED", "components": [body]})
    answers: dict[str, Says | str] = {
        f"/{PHONE_ID}": Says(200, NUMBER_AT_META),
        "/77": Says(200, {"data": listed}),
    }
    with provider(answers) as stub:
        [template] = await account(stub, ChannelName.WHATSAPP).templates()
    assert (template.name, template.language, template.title, template.gaps) == (
        "order_update",
        "ru",
        "order update",
        2,
    )


async def test_the_templates_of_twilio_are_approved_texts() -> None:
    text = {"types": {"twilio/text": {"body": "Order {{1}}"}}, "language": "en", "friendly_name": "Order"}
    contents = [
        {"sid": "HX1", "approval_requests": {"status": "approved"}, **text},
        {"sid": "HX2", "approval_requests": {"status": "pending"}, **text},
        {"sid": "HX3", "approval_requests": {"status": "approved"}, "types": {"twilio/media": {}}},
    ]
    with provider({"/v1/ContentAndApprovals": Says(200, {"contents": contents})}) as stub:
        templates = await account(stub, ChannelName.WHATSAPP, "twilio").templates()
        assert await account(stub, ChannelName.SMS).templates() == []
    assert [(template.name, template.gaps) for template in templates] == [("HX1", 1)]
