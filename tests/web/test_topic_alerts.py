"""Topic alerts that an operator keeps."""

import httpx2
import pytest

from tests.web.conftest import API, Submit, settled


async def saved(client: httpx2.AsyncClient, *phrases: str) -> list[tuple[str, int]]:
    answer = await client.put(f"{API}/topic-alerts", json={"phrases": list(phrases)})
    assert answer.status_code == 200, answer.text
    return [(alert["phrase"], alert["matches"]) for alert in answer.json()["alerts"]]


async def test_saved_alerts_lift_tickets_and_are_overridden_by_those_asked_for(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    plain = (await submit("Where is it?"))["ticket_id"]
    fraud = (await submit("I want a chargeback of both payments"))["ticket_id"]
    await settled(client)
    assert await saved(client, "chargeback", "parcels") == [("chargeback", 1), ("parcels", 0)]

    page = (await client.get(f"{API}/tickets")).json()
    assert (page["topic_alerts_active"], page["matches"]) == (["chargeback", "parcels"], 1)
    assert [ticket["ticket_id"] for ticket in page["tickets"]] == [fraud, plain]
    lifted = (await client.get(f"{API}/tickets/{fraud}")).json()
    assert lifted["matches_topic_alert"] is True
    assert (await client.get(f"{API}/tickets/{plain}")).json()["matches_topic_alert"] is False

    for given, active in (("", []), ("where", ["where"])):
        page = (await client.get(f"{API}/tickets", params={"topic_alerts": given})).json()
        assert page["topic_alerts_active"] == active
    await client.patch(f"{API}/tickets/{fraud}", json={"status": "resolved"})
    assert await saved(client, " ChargeBack ", "ChargeBack") == [("ChargeBack", 0)]
    assert await saved(client) == []


@pytest.mark.parametrize("phrases", [["x" * 101], [f"word {n}" for n in range(21)], "fraud", [1]])
async def test_too_many_and_too_long_ones_are_refused(client: httpx2.AsyncClient, phrases: object) -> None:
    answer = await client.put(f"{API}/topic-alerts", json={"phrases": phrases})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "validation_error")
