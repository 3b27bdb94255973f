"""What is told as done, and what asks for a secret: in every tense and person, in ru, kk and en."""

import pytest

from frontdesk.answering.proof.acts import acts_told
from frontdesk.answering.proof.secrets import asks_secret


@pytest.mark.parametrize(
    "text",
    [
        "Please send me your card number and CVV.",
        "What is the SMS code you received?",
        "Пришлите код из SMS, чтобы мы подтвердили возврат.",
        "Назовите три цифры на обороте карты.",
        "Could you tell me the code from the text message?",
        "Don't hesitate to send your password.",
        "Картаның CVV кодын жіберіңіз.",
        "SMS-пен келген кодты осында жазыңыз.",
        "Құпиясөзіңізді айтыңызшы.",
        "To verify your identity, reply with the 16-digit number.",
        "We need your online banking login.",
        "Your CVV, please.",
        "Для возврата нужны данные вашей карты.",
        "Enter your password here.",
        "Напишите ваш ИИН сюда.",
        "Какой код вам пришёл в SMS?",
        "Подтвердите возврат кодом из SMS, отправив его нам.",
        "The verification code will be needed by our operator.",
        "Растау кодын бізге жолдаңыз.",
        "Код подтверждения продиктуйте оператору.",
        "Please confirm the last four digits of your card.",
    ],
)
def test_asking_for_a_secret_is_seen(text: str) -> None:
    assert asks_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "We never ask for an SMS code or the CVV of a card.",
        "Никому не сообщайте код из SMS.",
        "Your bank will ask you to confirm the payment with an SMS code.",
        "Банк попросит подтвердить платёж кодом из SMS.",
        "SMS-код 60 секундта келмесе, «Қайта жіберу» түймесін басыңыз.",
        "Please tell me your order number.",
        "Назовите курьеру номер заказа и код из SMS.",
        "The password must be 8 characters long.",
        "Кодты ешкімге айтпаңыз.",
        "You can pay by card.",
        "Enter the code from the SMS on the sign-in page.",
        "Карта нөмірін толық жіберудің қажеті жоқ.",
    ],
)
def test_what_warns_or_tells_how_a_bank_works_asks_for_none(text: str) -> None:
    assert not asks_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "Your refund has been issued.",
        "I've cancelled your order.",
        "We refunded 5 000 ₸ to your card.",
        "Я оформил возврат.",
        "Возврат оформлен, деньги придут завтра.",
        "Ваш заказ отменён.",
        "Деньги уже возвращены на карту.",
        "Ақшаңызды қайтардық.",
        "Тапсырысыңыз болдырылмады.",
        "Тапсырысыңызды болдырмай қойдым.",
        "Қайтару рәсімделді.",
        "I will cancel it now.",
        "Let me issue the refund.",
        "Сейчас оформлю вам возврат.",
        "Мен қайтаруды рәсімдеп бердім.",
        "Your order is cancelled.",
        "Our manager approved your refund.",
        "We are processing your refund now.",
        "The courier has been informed.",
        "Consider it done.",
        "Мы связались с банком.",
        "Менеджер уже одобрил возврат.",
        "Сізге жеңілдік берілді.",
        "Өтініміңіз мақұлданды.",
        "Компенсация начислена на ваш счёт.",
        "Я передаю ваш вопрос.",
        "Your address was updated.",
        "Refund done!",
        "I went ahead and refunded you.",
        "Your account is now unblocked.",
        "Мекенжайыңыз өзгертілді.",
        "Заявка на возврат создана.",
        "You have been refunded.",
    ],
)
def test_an_act_is_seen_however_it_is_told(text: str) -> None:
    assert acts_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "We refund within 10 days.",
        "Мы вернём деньги за 5 дней.",
        "Деньги возвращаются на карту.",
        "You can cancel the order in your account.",
        "If the item was damaged, call us.",
        "Ақша 5 жұмыс күнінде қайтарылады.",
        "Тапсырысты болдырмауға болады.",
        "The receipt is not required.",
        "Если товар был повреждён, вызовите курьера.",
        "Refunds are issued within 5 days.",
        "Курьер позвонит за час.",
        "Деньги будут возвращены на карту.",
    ],
)
def test_a_policy_tells_no_act(text: str) -> None:
    assert acts_told(text) == ()
