"""A person decides in the console about what the AI proposes, in three languages, against the running demo."""

import json
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from frontdesk.tickets.action import ProposedAction
from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.database import Database

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

APPROVE = {"ru": "Одобрить", "kk": "Мақұлдау", "en": "Approve"}
REJECT = {"ru": "Отклонить", "kk": "Қабылдамау", "en": "Reject"}
REJECTED = {"ru": "Отклонено", "kk": "Қабылданбады", "en": "Rejected"}
ENDED = {
    "ru": "Не выполнено|Неизвестно, выполнено ли",
    "kk": "Орындалмады|Орындалғаны белгісіз",
    "en": "Not done|Unknown whether it was done",
}
SUMMARY = "give 500 points to the customer"


@pytest.fixture
def ticket_id(context: BrowserContext, demo: str) -> str:
    given = {"subject": "Points", "body": "How long does delivery take?", "channel": "web_form"}
    ticket_id = str(context.request.post(f"{demo}/api/v1/tickets", data=given).json()["ticket_id"])
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{ticket_id}")
    expect(page.get_by_role("log")).to_be_visible()
    page.close()
    return ticket_id


def propose(database: Database, ticket_id: str) -> str:
    """As the AI would, had it asked for the toy tool; its id."""
    action_id = str(uuid.uuid4())
    proposed = ProposedAction("give_points", json.dumps({"points": "500"}, separators=(",", ":")), SUMMARY)
    database.conn.execute(
        "insert into action (action_id, ticket_id, seq, tool, input, summary, state, idempotency_key, digest)"
        " values (%s, %s, 1, %s, %s::jsonb, %s, 'waiting_approval', %s, %s)",
        (action_id, ticket_id, proposed.tool, proposed.input, SUMMARY, action_id, proposed.digest),
    )
    return action_id


def state_of(database: Database, action_id: str) -> str:
    return str(database.value("select state from action where action_id = %s", action_id))


@pytest.fixture
def readers(browser: Browser, demo: str, ticket_id: str) -> Iterator[dict[str, Page]]:
    """The ticket's page in each language."""
    contexts = {}
    for language in APPROVE:
        # The rules of axe are put into the page from outside, which its own policy forbids.
        contexts[language] = browser.new_context(
            viewport={"width": 1440, "height": 900}, bypass_csp=True, reduced_motion="reduce"
        )
        contexts[language].set_default_timeout(PATIENCE)
        contexts[language].add_init_script(f"localStorage.setItem('fd.language', '{language}')")
    yield {language: context.new_page() for language, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("language", list(APPROVE))
def test_a_proposal_is_approved_after_a_second_look_and_its_end_is_seen(
    readers: dict[str, Page], demo: str, database: Database, axe: AxeRun, ticket_id: str, language: str
) -> None:
    action_id = propose(database, ticket_id)
    page = readers[language]
    page.goto(f"{demo}/console/tickets/{ticket_id}")
    expect(page.get_by_text(SUMMARY).first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name=APPROVE[language]).click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text(SUMMARY)
    assert axe(page) == []
    assert state_of(database, action_id) == "waiting_approval"
    dialog.get_by_role("button", name=APPROVE[language]).click()
    expect(dialog).to_have_count(0)
    ends = page.get_by_text(ENDED[language].split("|")[0], exact=True).or_(
        page.get_by_text(ENDED[language].split("|")[1], exact=True)
    )
    expect(ends.first).to_be_visible()
    assert state_of(database, action_id) in ("failed", "unknown")


@pytest.mark.parametrize("language", list(APPROVE))
def test_a_proposal_is_rejected_by_keyboard_and_others_see_it_at_once(
    readers: dict[str, Page], demo: str, database: Database, ticket_id: str, language: str
) -> None:
    action_id = propose(database, ticket_id)
    for page in readers.values():
        page.goto(f"{demo}/console/tickets/{ticket_id}")
        expect(page.get_by_text(SUMMARY).first).to_be_visible()
    page = readers[language]
    reject = page.get_by_role("button", name=REJECT[language])
    reject.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(reject).to_be_focused()
    assert state_of(database, action_id) == "waiting_approval"
    reject.press("Enter")
    page.get_by_role("alertdialog").get_by_role("button", name=REJECT[language]).press("Enter")
    for reader, other in readers.items():
        expect(other.get_by_text(REJECTED[reader], exact=True).first).to_be_visible()
        expect(other.get_by_role("button", name=APPROVE[reader])).to_have_count(0)
    assert state_of(database, action_id) == "rejected"
