"""`GET /tickets?q=` and topic alerts: what is meant is found, however it was spelled."""

import unicodedata

import httpx2
import pytest

from frontdesk.customers import customer
from frontdesk.customers.customer import CustomerFacts
from frontdesk.db.pool import execute
from frontdesk.desk import Desk
from frontdesk.inbox.search import fill_words
from tests.web.conftest import API, Submit, settled


async def _found(client: httpx2.AsyncClient, query: str, **more: str) -> set[str]:
    answer = await client.get(f"{API}/tickets", params={"q": query, **more})
    assert answer.status_code == 200, answer.text
    return {entry["ticket_id"] for entry in answer.json()["tickets"]}


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("Новый пылесос громко шумит", "шумит пылесос"),
        ("Новый пылесос громко шумит", "пылесоса"),
        ("Новый пыле\u00adсос громко шу\u200bмит", "пылесос шумит"),
        ("Hoвый пылecoc громко шумит", "новый пылесос"),
        ("Щётка сломана", "щетка"),
        (unicodedata.normalize("NFD", "Майка порвана"), "майка"),
        ("Қайтару туралы өтініш", "кайтару отиниш"),
        ("кайтару туралы", "қайтару"),
        ("Ｒｏｂｏｔ ＸＴ-9 does not charge", "robot xt-9"),
        ("Перезвоните: 8 (705) 111-22-33", "+77051112233"),
        ("Мой номер 77051112233", "8 705 111 22 33"),
        ("Чистка &amp; <b>ремонт</b>", "чистка ремонт"),
        ("Заказ DL\u20114470 не пришёл", "dl-4470"),
    ],
)
async def test_words_are_found_in_any_spelling(
    client: httpx2.AsyncClient, submit: Submit, body: str, query: str
) -> None:
    ticket = await submit(body)
    assert await _found(client, query) == {ticket["ticket_id"]}
    assert await _found(client, query + " оранжевый") == set()


async def test_words_may_stand_in_subject_message_and_name(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    person = {"name": "Әлия Сынақ", "email": "aliya@mail.example", "phone": "8 705 000 00 02"}
    ticket = await submit("Когда привезут?", subject="Доставка дивана", customer=person)
    await submit("Когда привезут?", subject="Доставка шкафа")
    for query in (
        "дивана привезут",
        "алия диван",
        "87050000002",
        "aliya@mail.example",
        "Доставка +77050000002",
    ):
        assert await _found(client, query) == {ticket["ticket_id"]}, query


async def test_a_number_is_found_with_the_letter_of_either_alphabet(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    ticket = await submit()
    number = ticket["ticket_number"]
    for query in (number, number.replace("T", "Т"), number.lower(), number.removeprefix("T-")):
        assert await _found(client, query) == {ticket["ticket_id"]}, query


async def test_a_query_without_words_finds_nothing(client: httpx2.AsyncClient, submit: Submit) -> None:
    await submit()
    for query in ("%", "'", "\u200b", ":* & !"):
        assert await _found(client, query) == set()


async def test_rows_without_words_get_them(client: httpx2.AsyncClient, submit: Submit, desk: Desk) -> None:
    ticket = await submit(
        "Кувшин разбит", subject="Посуда", customer={"name": "Ержан", "email": "e@mail.example"}
    )
    await settled(client)
    async with desk.db.connection() as conn:
        for table in ("message", "ticket", "conversation"):
            await execute(conn, f"update {table} set words = null")
    assert await _found(client, "кувшин") == set()
    while await fill_words(desk.db, 1):
        pass
    for query in ("кувшин", "посуда", "ержан"):
        assert await _found(client, query) == {ticket["ticket_id"]}


async def test_a_customer_is_found_by_the_facts_that_stand(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    async with desk.db.connection() as conn:
        await customer.of_proof(conn, CustomerFacts("C-7", "Дана Бұрын", "dana@mail.example"))
    ticket = await submit(customer_id="C-7")
    async with desk.db.connection() as conn:
        await execute(conn, "update ticket set customer_id = 'C-7'")
    assert await _found(client, "дана") == {ticket["ticket_id"]}
    async with desk.db.connection() as conn:
        await customer.of_proof(conn, CustomerFacts("C-7", phone="+77050000003"))
    await fill_words(desk.db, 10)
    assert await _found(client, "дана 87050000003") == {ticket["ticket_id"]}


async def test_a_phone_is_taken_in_any_notation(client: httpx2.AsyncClient, submit: Submit) -> None:
    for typed in ("+7 705 000\u201100\u201104", "8 705 000 00 04 доб. 12", "8/705/0000004"):
        ticket = await submit(customer={"name": "Ермек", "phone": typed})
        assert ticket["customer"]["phone"] == "+77050000004"


@pytest.mark.parametrize("spelling", ["воз\u00adвраты", "вoзврaты", "в&shy;озвраты", "Возврат"])
async def test_a_topic_is_watched_in_any_spelling(
    client: httpx2.AsyncClient, submit: Submit, spelling: str
) -> None:
    await submit("Где мой заказ?")
    ticket = await submit(f"Вопрос про {spelling}")
    page = (await client.get(f"{API}/tickets", params={"topic_alerts": "возврат"})).json()
    assert [entry["ticket_id"] for entry in page["tickets"] if entry["matches_topic_alert"]] == [
        ticket["ticket_id"]
    ]
