"""The signed links of the manager's e-mail."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from frontdesk.desk import Desk
from frontdesk.escalation.links import Action, TicketLinks
from frontdesk.web.app import create_app
from tests.journeys.conftest import OpenDesk, desk_on, settings  # noqa: F401  # fixtures
from tests.journeys.talk import look, quiet, rows, said


@pytest.fixture
async def escalated(desk_on: OpenDesk) -> AsyncIterator[tuple[Desk, str, httpx2.AsyncClient]]:  # noqa: F811
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", "HUMAN please, where is my order?"))
        await quiet(desk)
        transport = httpx2.ASGITransport(create_app(desk))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield desk, (await look(desk)).tickets[0].ticket_id, client


async def path(desk: Desk, action: Action) -> str:
    """A link as the escalation's e-mail has it now."""
    return TicketLinks("", desk.keys.links).act((await look(desk)).tickets[0], action)


async def test_following_a_link_asks_and_changes_nothing(
    escalated: tuple[Desk, str, httpx2.AsyncClient],
) -> None:
    desk, _, client = escalated
    page = await client.get(await path(desk, "resolve"))
    assert page.status_code == 200
    assert "T-000001" in page.text
    assert (await look(desk)).tickets[0].status == "escalated"


async def test_confirming_resolves_and_leads_to_the_ticket(
    escalated: tuple[Desk, str, httpx2.AsyncClient],
) -> None:
    desk, ticket_id, client = escalated
    done = await client.post(await path(desk, "resolve"))
    assert done.status_code == 303
    assert ticket_id in done.headers["location"]
    assert (await look(desk)).tickets[0].status == "resolved"
    assert (await client.post(await path(desk, "resolve"))).status_code == 303
    assert [row["type"] for row in await rows(desk, "select type from ticket_event")].count("resolved") == 1


async def test_handing_back_lets_the_ai_go_on(escalated: tuple[Desk, str, httpx2.AsyncClient]) -> None:
    desk, _, client = escalated
    assert (await client.post(await path(desk, "hand_back"))).status_code == 303
    await quiet(desk)
    assert "handed_back" in [row["type"] for row in await rows(desk, "select type from ticket_event")]
    assert (await client.post(await path(desk, "resolve"))).status_code == 303


async def test_a_link_that_was_used_does_nothing_after_a_later_takeover(
    escalated: tuple[Desk, str, httpx2.AsyncClient],
) -> None:
    desk, ticket_id, client = escalated
    used = await path(desk, "resolve")
    await client.post(used)
    await client.post(f"/api/v1/tickets/{ticket_id}/takeover")
    assert (await client.post(used)).status_code == 303
    assert (await look(desk)).tickets[0].status == "escalated"


async def test_a_link_of_an_earlier_escalation_is_too_late(
    escalated: tuple[Desk, str, httpx2.AsyncClient],
) -> None:
    desk, ticket_id, client = escalated
    of_the_first = await path(desk, "resolve")
    await client.post(f"/api/v1/tickets/{ticket_id}/handback")
    await quiet(desk)
    await desk.journey.accept(said("ann", "HUMAN again, nothing has come", 2))
    await quiet(desk)
    assert (await client.get(of_the_first)).status_code == 409
    assert (await client.post(of_the_first)).status_code == 409
    assert (await look(desk)).tickets[0].status == "escalated"


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "éé"])
async def test_a_forged_link_does_nothing(
    escalated: tuple[Desk, str, httpx2.AsyncClient], token: str
) -> None:
    desk, _, client = escalated
    forged = (await path(desk, "resolve"))[:-2] + "xx"
    for address in (f"/act/{token}", forged):
        assert (await client.get(address)).status_code == 401
        assert (await client.post(address)).status_code == 401
    assert (await look(desk)).tickets[0].status == "escalated"


async def test_a_resolved_conversation_is_told_by_mail_where_the_desk_wants_it(
    escalated: tuple[Desk, str, httpx2.AsyncClient], home: Path
) -> None:
    desk, ticket_id, client = escalated
    object.__setattr__(desk.ticket_actions, "mails_resolved", True)
    await client.post(await path(desk, "resolve"))
    await quiet(desk)
    assert len(list((home / "mail").glob("*.eml"))) == 2
    answer = await client.get(f"/api/v1/tickets/{ticket_id}/escalations")
    assert len(answer.json()["escalations"]) == 1
