"""An invented ticket with everything that an e-mail may have to tell."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk.escalation.story import AiAttempt, Links, Person, Story, StoryFile, StoryMessage
from frontdesk.terms import ChannelName, EntityType, EscalationReason, Priority, Proof, SenderType
from frontdesk.tickets.decision import Source
from frontdesk.tickets.reading import Entity

START = datetime(2026, 11, 21, 6, 40, tzinfo=UTC)
DELAY = Source(
    "delivery-late", "Если доставка опаздывает", "Что делать", "Напишите нам.", 0.8, "https://kb.example/late"
)
ORDER = Source("order:54321", "Заказ 54321", "", "в пути", 1.0)
PHOTO = StoryFile("переписка с курьером.png", 348_211, "https://desk.example/files/1")


def _said(minute: int, sender: SenderType, content: str, **more: Any) -> StoryMessage:
    return StoryMessage(sender, content, START + timedelta(minutes=minute), **more)


STORY = Story(
    ticket_id="0d7c2f2e-6b52-4a54-9d0e-2f3f7c6f1a10",
    ticket_number="T-000123",
    subject="Холодильник не привезли третий день",
    person=Person("Ольга Пряхина", "olga@mail.example", "+77000000204", True, 3500.0, 0.8, Proof.ATTESTED),
    channel=ChannelName.WEB_CHAT,
    priority=Priority.URGENT,
    links=Links(
        "https://desk.example/console/tickets/T-000123",
        "https://desk.example/links/handback?token=aaa.bbb",
        "https://desk.example/links/resolve?token=ccc.ddd",
    ),
    category="delivery",
    reason=EscalationReason.ANGER,
    summary="Заказ 54321 (холодильник, 389 990 ₸) должен был приехать 18 ноября. Клиент ждал дома два дня,"
    " курьер не позвонил. Требует привезти сегодня или вернуть деньги.",
    entities=(
        Entity(EntityType.ORDER_NUMBER, "54321", "54321", 0, 5),
        Entity(EntityType.AMOUNT, "389990", "389 990 ₸", 0, 9, "KZT"),
        Entity(EntityType.DATE, "2026-11-18", "18 ноября", 0, 9),
    ),
    conversation=(
        _said(0, SenderType.CUSTOMER, "Здравствуйте, где холодильник? Заказ 54321.", sentiment_score=0.55),
        _said(
            1,
            SenderType.AI,
            "Здравствуйте, Ольга! Заказ 54321 в пути.\nОн должен был прийти 18 ноября, простите за задержку.",
            confidence=0.86,
            sources=(ORDER, DELAY),
        ),
        _said(9, SenderType.CUSTOMER, "Это я и сама знаю. Я два дня сидела дома!", sentiment_score=0.34),
        _said(10, SenderType.AI, "Понимаю, как это неприятно. Проверяю, где сейчас заказ.", confidence=0.61),
        _said(
            14,
            SenderType.CUSTOMER,
            "Хватит отписок! Везите сегодня или возвращайте деньги, иначе я напишу про вас везде.",
            sentiment_score=0.08,
            files=(PHOTO, StoryFile("чек.pdf", 912)),
        ),
    ),
    attempts=(
        AiAttempt("Клиент недоволен и угрожает оглаской: ответ передан человеку.", "local", 0.42, (ORDER,)),
    ),
    suggested_reply="Ольга, простите нас: мы подвели вас с доставкой.\n\n"
    "Я лично связался с курьерской службой: холодильник привезут сегодня до 20:00, подъём бесплатно.",
)  # fmt: skip


def story(**changes: Any) -> Story:
    return dataclasses.replace(STORY, **changes)
