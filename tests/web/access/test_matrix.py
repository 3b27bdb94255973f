"""Every route x every kind of caller: who gets in, by the desk's one table; and no route is missing from it."""

from collections.abc import Iterator

import httpx2
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, WebSocketRoute

from frontdesk.access.actor import EVERY_PERMISSION, Permission
from frontdesk.access.roles import Role
from frontdesk.web import chat
from frontdesk.web.permissions import RULES, SOCKET, Need, Rule, rules_of
from tests.web.access.conftest import Staff
from tests.web.conftest import API

PEOPLE = {"viewer", "manager", "admin"}
SCOPED = "key of this scope"
READ, WRITE = Permission.TICKETS_READ, Permission.TICKETS_WRITE
ADMITTED: dict[Need | frozenset[Permission], set[str]] = {
    Need.SIGNED_IN: {*PEOPLE, SCOPED, "key of every other scope"},
    Need.PERSON: PEOPLE,
    frozenset({READ}): {*PEOPLE, SCOPED},
    frozenset({Permission.ANALYTICS_READ}): {*PEOPLE, SCOPED},
    frozenset({WRITE}): {"manager", "admin", SCOPED},
    frozenset({READ, WRITE}): {"manager", "admin", SCOPED},
    frozenset({Permission.KB_WRITE}): {"manager", "admin", SCOPED},
    frozenset({Permission.ADMIN}): {"admin", SCOPED},
}
UNKNOWN = {"nobody", "visitor", "wrong key"}
CALLERS = [*UNKNOWN, *PEOPLE, SCOPED, "key of every other scope"]
GUARDED = [
    rule
    for rule in RULES
    if rule.need is not Need.NOTHING and rule.method != SOCKET and rule.path != "/metrics"
]


def _expected(rule: Rule, caller: str) -> int | None:
    """401, 403, or None: let in."""
    if caller in UNKNOWN:
        return 401
    return None if caller in ADMITTED[rule.need] else 403


class Callers:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._clients: dict[object, httpx2.AsyncClient] = {}

    async def client(self, caller: str, need: Need | frozenset[Permission]) -> httpx2.AsyncClient:
        scope = need if isinstance(need, frozenset) else frozenset({READ})
        name = (caller, scope) if "scope" in caller else caller
        if name not in self._clients:
            self._clients[name] = await self._made(caller, scope)
        return self._clients[name]

    async def _made(self, caller: str, scope: frozenset[Permission]) -> httpx2.AsyncClient:
        match caller:
            case "nobody":
                return self._staff.client()
            case "wrong key":
                return self._staff.client(Authorization="Bearer fdk_0123456789ab_" + "x" * 43)
            case "visitor":
                opened = await self._staff.client().post(f"{API}/sessions")
                return self._staff.client(Authorization=f"Bearer {opened.json()['token']}")
            case "key of this scope":
                return await self._staff.program(*scope)
            case "key of every other scope":
                return await self._staff.program(*(EVERY_PERMISSION - scope))
            case _:
                return (await self._staff.browser(Role(caller))).http


async def test_who_is_let_in_where(staff: Staff) -> None:
    callers = Callers(staff)
    wrong = []
    for rule in GUARDED:
        for caller in CALLERS:
            client = await callers.client(caller, rule.need)
            path = rule.path.replace("{", "").replace("}", "")
            answer = await client.request(rule.method, path, json={} if rule.method != "GET" else None)
            expected = _expected(rule, caller)
            got = answer.status_code
            if got != expected if expected else got in (401, 403) or got == 500:
                wrong.append((rule.method, rule.path, caller, expected, got))
    assert wrong == []


def test_every_route_has_a_rule_and_every_rule_a_route(app: FastAPI) -> None:
    there = set(_routes(app.router.routes)) | {(SOCKET, chat.PATH)}
    ruled = {(rule.method, rule.path.replace("{rest:path}", "")) for rule in RULES}
    assert there - ruled == set()
    assert ruled - there == set()


def _routes(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        included = getattr(route, "include_context", None)
        if included is not None:
            yield from _routes(included.included_router.routes, prefix + included.prefix)
            continue
        path = prefix + str(getattr(route, "path", ""))
        if isinstance(route, WebSocketRoute):
            yield SOCKET, path
        else:  # pages and their files have no methods of their own
            methods = getattr(route, "methods", None) or {"GET"}
            yield from ((method, path) for method in methods if method != "HEAD")


@pytest.mark.parametrize("path", [f"{API}/nowhere", "/admin", f"{API}/tickets/x/y/z", "/.env"])
async def test_what_is_not_there_is_told_to_staff_alone(staff: Staff, path: str) -> None:
    assert (await staff.client().get(path)).status_code == 401
    assert (await (await staff.program(Permission.TICKETS_READ)).get(path)).status_code == 404


def test_the_table_has_one_rule_for_a_method_of_a_path() -> None:
    for rule in RULES:
        example = rule.path.replace("{rest:path}", "").replace("{", "").replace("}", "")
        assert rules_of(example)[rule.method] == rule
