"""Topic alerts are each operator's own."""

from frontdesk.access.actor import Permission
from frontdesk.access.roles import Role
from tests.web.access.conftest import Staff
from tests.web.conftest import API, settled


async def test_each_operator_has_their_own_and_counts_what_they_may_read(staff: Staff) -> None:
    program = await staff.program(*Permission)
    limited = (await staff.browser(Role.MANAGER, ("billing",))).http
    given = {"subject": "A question", "body": "I want a chargeback", "channel": "web_form"}
    accepted = await program.post(f"{API}/tickets", json=given)
    recorded = await program.get(f"{API}/tickets/{accepted.json()['ticket_id']}")
    assert recorded.status_code == 200, recorded.text
    await settled(program)
    counts = []
    for client in (program, limited):
        answer = await client.put(f"{API}/topic-alerts", json={"phrases": ["chargeback"]})
        assert answer.status_code == 200, answer.text
        counts.append(answer.json()["alerts"][0]["matches"])
    assert counts == [1, 0]
    await program.put(f"{API}/topic-alerts", json={"phrases": []})
    assert len((await limited.get(f"{API}/topic-alerts")).json()["alerts"]) == 1
