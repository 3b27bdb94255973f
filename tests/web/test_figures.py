"""Figures, vocabulary, health."""

import asyncio

import httpx2

from frontdesk.desk import Desk
from tests.web.conftest import API, Submit, settled


async def test_an_empty_desk_has_figures_too(client: httpx2.AsyncClient) -> None:
    summary = (await client.get(f"{API}/analytics/summary")).json()
    assert (summary["total_tickets"], summary["by_status"]) == (0, {})
    assert summary["resolution"]["escalation_rate"] is None


async def test_the_summary_counts_what_happened(client: httpx2.AsyncClient, submit: Submit) -> None:
    answered, _ = await submit(), await submit("HUMAN please", channel="email")
    await settled(client)
    await client.patch(f"{API}/tickets/{answered['ticket_id']}", json={"status": "resolved"})
    summary = (await client.get(f"{API}/analytics/summary")).json()
    assert summary["total_tickets"] == 2
    assert summary["by_status"] == {"resolved": 1, "escalated": 1}
    assert summary["by_channel"] == {"web_form": 1, "email": 1}
    assert summary["by_category"] == {"delivery": 2}
    assert summary["resolution"]["escalation_rate"] == 0.5
    assert summary["resolution"]["resolved_without_person"] == 1
    assert summary["response_time"]["answered"] == 2
    assert 0 < summary["response_time"]["first_response_seconds_p50"] < 10


async def test_the_vocabulary_speaks_three_languages(client: httpx2.AsyncClient) -> None:
    seen = set()
    for lang in ("ru", "kk", "en"):
        categories = (await client.get(f"{API}/categories", params={"lang": lang})).json()
        sentiments = (await client.get(f"{API}/sentiments", params={"lang": lang})).json()
        assert len(categories) == 10
        assert [card["name"] for card in sentiments] == ["negative", "neutral", "positive"]
        seen |= {card["description"] for card in [*categories, *sentiments]}
    assert len(seen) == 39


async def test_the_desk_says_what_it_is(client: httpx2.AsyncClient) -> None:
    about = (await client.get(f"{API}/desk", params={"lang": "en"})).json()
    assert about["ai"] == {"mode": "local", "providers": ["local"]}
    assert about["mail"] == "folder"
    assert any(warning.startswith("Signing in is off") for warning in about["warnings"])


async def test_ready_tells_of_a_database_that_is_away(client: httpx2.AsyncClient, desk: Desk) -> None:
    ready = await client.get("/ready")
    checks = ready.json()["checks"]
    assert (ready.status_code, ready.json()["status"], checks["database"]) == (200, "ready", "ok")
    assert (checks["broker"], checks["redis"]) == ("not_configured", "not_configured")
    assert checks["channels"]["web_chat/default"] == "ok"
    await desk.db.close()
    async with asyncio.timeout(5):
        away = await client.get("/ready")
    assert (away.status_code, away.json()["checks"]["database"]) == (503, "away")
    failing = await client.get(f"{API}/tickets")
    assert (failing.status_code, failing.json()["error"]["code"]) == (503, "unavailable")
    assert failing.headers["retry-after"] == "1"
    assert (await client.get("/health")).status_code == 200


async def test_metrics_count_requests_by_route(client: httpx2.AsyncClient) -> None:
    await client.get(f"{API}/tickets/T-999999")
    metrics = (await client.get("/metrics")).text
    assert 'support_http_requests_total{method="GET",route="/api/v1/tickets/{id}",status="404"}' in metrics
