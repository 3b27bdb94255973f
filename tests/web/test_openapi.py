"""schemathesis against the running server: every documented call, with good and with bad values."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from frontdesk.web.permissions import Need, rules_of
from tests.web.conftest import Submit

EXAMPLES = 10
_REJECTED = [400, 401, 403, 404, 405, 409, 413, 415, 422]
"""413: the contract's answer to a text of more than 100,000 characters."""
_UNLIKE_JSON = [positive_data_acceptance, negative_data_rejection]
"""A file of random bytes is a valid form by its schema and rightly no PDF; form fields have no types."""


async def test_the_whole_api_keeps_its_word(server: str, submit: Submit) -> None:
    await submit()  # T-000001 is the documented example: the happy paths are met too
    await asyncio.to_thread(_explore, server)


def _explore(server: str) -> None:
    config = SchemathesisConfig.from_dict(
        {"checks": {"negative_data_rejection": {"expected-statuses": _REJECTED}}}
    )
    schema = schemathesis.openapi.from_url(f"{server}/openapi.json", config=config)
    failures: list[str] = []
    for operation in schema.get_all_operations():
        for mode in GenerationMode:
            assert not isinstance(operation, Err), operation
            failures += _explore_one(operation.ok(), mode)
    assert not failures, "\n\n".join(failures)


def _explore_one(operation: Any, mode: GenerationMode) -> list[str]:
    excluded: list[Any] = _UNLIKE_JSON if "multipart" in str(operation.definition.raw) else []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def explore(case: Case[Any]) -> None:
        if mode is GenerationMode.POSITIVE:
            _make_sense(case)
        case.call_and_validate(excluded_checks=excluded, timeout=30)

    try:
        explore()
    except Unsatisfiable:
        return []  # a call without values has no wrong ones
    except (Exception, FailureGroup) as error:  # every operation is to be told of, not the first that fails
        return [
            f"{operation.label} ({mode.name}): {type(error).__name__} {error} {getattr(error, 'exceptions', '')}"
        ]
    return []


def _make_sense(case: Case[Any]) -> None:
    """What no schema can tell: a key is used once, a cursor comes from a page, a ticket is put off until a time to
    come, and a macro says something."""
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if case.query:
        case.query.pop("cursor", None)
    if isinstance(case.body, dict) and "until" in case.body:
        case.body["until"] = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    if isinstance(case.body, dict) and "/macros" in case.operation.path:
        case.body["texts"] = {"en": "Hello {{customer.name}}"}


async def test_a_stranger_gets_nothing_of_the_staffs_and_breaks_nothing(server: str, submit: Submit) -> None:
    await submit()
    await asyncio.to_thread(_explore_as_stranger, server)


def _explore_as_stranger(server: str) -> None:
    schema = schemathesis.openapi.from_url(f"{server}/openapi.json")
    for operation in schema.get_all_operations():
        assert not isinstance(operation, Err), operation
        _explore_without_credentials(operation.ok())


def _explore_without_credentials(operation: Any) -> None:
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    @settings(
        max_examples=5,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def explore(case: Case[Any]) -> None:
        answer = case.call(headers={"X-Forwarded-For": "203.0.113.9"}, timeout=30)
        if rules_of(operation.path)[operation.method.upper()].need is Need.NOTHING:
            assert answer.status_code < 500, operation.label
        else:
            assert answer.status_code in (401, 429), (operation.label, answer.status_code)

    explore()


async def test_every_call_documents_the_error_contract(client: httpx2.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert len(paths) > 25
    for path, methods in paths.items():
        for method, operation in methods.items():
            refused = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
            assert {"404", "422", "500", "503"} <= set(refused), f"{method} {path}"
            assert operation["tags"], f"{method} {path}"
            for code, answer in refused.items():
                schema = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
                assert schema == "ErrorBody" or (path, code) == ("/ready", "503"), f"{method} {path} {code}"
