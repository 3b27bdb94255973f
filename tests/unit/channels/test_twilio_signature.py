"""Twilio's signature, beside Twilio's own validator."""

import dataclasses
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from frontdesk.channels.request import Request
from frontdesk.channels.twilio.signature import FORM, HEADER, form, sign, verify_signature
from frontdesk.errors import Unauthorized
from tests.emulators.twilio_stub import TOKEN, URL, request, signed, sms

THEIRS = RequestValidator(TOKEN)
ADDRESSES = [
    "https://desk.example/webhooks/twilio/default",
    "https://desk.example/webhooks/twilio/default?message_id=m-1",
    "https://desk.example:8443/webhooks/twilio/default",
    "http://127.0.0.1:8000/webhooks/twilio/default",
]
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8)


def passes(asked: Request) -> bool:
    try:
        verify_signature(asked, TOKEN)
    except Unauthorized:
        return False
    return True


def signed_by_twilio(fields: dict[str, str], url: str) -> Request:
    body = request(fields).body
    theirs = THEIRS.compute_signature(url, fields)
    return Request("POST", url, {HEADER: theirs, "Content-Type": FORM}, body)


def test_the_published_example_is_signed_alike() -> None:
    fields = {
        "CallSid": ["CA1234567890ABCDE"],
        "Caller": ["+14158675310"],
        "Digits": ["1234"],
        "From": ["+14158675310"],
        "To": ["+18005551212"],
    }
    url = "https://example.com/myapp.php?foo=1&bar=2"
    flat = {name: values[0] for name, values in fields.items()}
    assert sign("12345", url, fields) == RequestValidator("12345").compute_signature(url, flat)


@given(
    st.dictionaries(NAMES, st.text(st.characters(codec="utf-8"), max_size=20), max_size=6),
    st.sampled_from(ADDRESSES),
)
def test_what_twilio_signs_passes_and_what_we_sign_passes_at_twilio(fields: dict[str, str], url: str) -> None:
    assert passes(signed_by_twilio(fields, url))
    ours = signed(request(fields).body, url)
    assert THEIRS.validate(url, fields, ours.header(HEADER))


@pytest.mark.parametrize("signed_url", ["https://desk.example:443/webhooks/twilio/default", URL])
def test_the_port_may_be_named_or_not(signed_url: str) -> None:
    assert passes(dataclasses.replace(signed_by_twilio(sms("hi"), signed_url), url=URL))


def test_values_that_come_twice_are_signed_once_in_order() -> None:
    body = b"MediaUrl=b&MediaUrl=a&MediaUrl=b&Empty="
    assert form(body) == {"MediaUrl": ["b", "a", "b"], "Empty": [""]}
    given = sign(TOKEN, URL, form(body))
    assert given == sign(TOKEN, URL, {"MediaUrl": ["a", "b"], "Empty": [""]})


def test_a_body_that_is_no_form_is_proven_by_its_digest_in_the_address() -> None:
    body = b'{"a": 1}'
    url = f"{URL}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    headers = {HEADER: THEIRS.compute_signature(url, {}), "Content-Type": "application/json"}
    genuine = Request("POST", url, headers, body)
    assert passes(genuine)
    assert THEIRS.validate(url, body.decode(), genuine.header(HEADER))
    assert not passes(dataclasses.replace(genuine, body=body + b" "))
    assert not passes(dataclasses.replace(genuine, url=url.replace("bodySHA256", "other")))


def test_a_body_that_no_signature_covers_is_refused() -> None:
    headers = {HEADER: sign(TOKEN, URL, {}), "Content-Type": "application/json"}
    assert not passes(Request("POST", URL, headers, b'{"a": 1}'))


def test_the_address_is_signed_too() -> None:
    genuine = request(sms("hi"))
    assert not passes(dataclasses.replace(genuine, url=URL + "?message_id=other"))


def test_a_form_without_end_is_no_form() -> None:
    assert form(b"a=1&" * 10_000) == {}
    assert form(b"\xff=1") == {}
