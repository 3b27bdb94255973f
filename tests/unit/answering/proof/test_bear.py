"""What a passage bears, in ru, kk and en: free wording of what it says, and nothing else."""

import pytest

from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.proof.bear import faults
from frontdesk.answering.proof.clause import read_sentence
from frontdesk.answering.proof.window import windows_of
from frontdesk.tickets.decision import Source

EN = (
    "You can return an item that does not suit you within 14 days after receiving it, provided that it is unused and"
    " complete with its packaging. Open “My orders”, press “Return” and choose the item. Then bring it to a store or a"
    " pick-up point free of charge, or call a courier for 1 990 ₸. If the item is faulty the courier is free. You need"
    " the complete item and the order number. A receipt is welcome but not required: we find the purchase by your phone"
    " number. We check the item for up to 2 working days and return the full price within 5 working days after the"
    " check. Returns above 200 000 ₸ are additionally approved by a manager."
)
RU = (
    "Вернуть неподошедший товар можно в течение 14 дней после получения, если он не был в использовании и сохранил"
    " комплект и упаковку. Откройте «Мои заказы», нажмите «Вернуть» и выберите товар. Затем принесите его в магазин или"
    " пункт выдачи бесплатно, либо вызовите курьера за 1 990 ₸. Если товар с дефектом, курьер бесплатный. Нужны товар в"
    " полной комплектации и номер заказа. Чек желателен, но не обязателен: покупку мы найдём по номеру телефона. Мы"
    " проверяем товар до 2 рабочих дней и возвращаем полную цену в течение 5 рабочих дней после проверки. Возвраты на"
    " сумму выше 200 000 ₸ дополнительно подтверждает менеджер."
)
KK = (
    "Жарамаған тауарды алғаннан кейін 14 күн ішінде қайтаруға болады, ол қолданылмаған, жиынтығы мен қаптамасы сақталған"
    " болуы керек. «Тапсырыстарым» бөлімін ашып, «Қайтару» түймесін басыңыз да, тауарды таңдаңыз. Содан кейін оны дүкенге"
    " немесе беру пунктіне тегін әкеліңіз не 1 990 ₸ төлеп курьер шақырыңыз. Тауар ақаулы болса, курьер тегін. Чек"
    " болғаны дұрыс, бірақ міндетті емес: сатып алуды телефон нөмірі арқылы табамыз. Тауарды 2 жұмыс күніне дейін"
    " тексереміз, содан кейін 5 жұмыс күні ішінде толық бағасын қайтарамыз. Сомасы 200 000 ₸-ден асатын қайтаруды"
    " менеджер қосымша растайды."
)
PASSAGES = {
    "en": (EN, "Returning goods within 14 days"),
    "ru": (RU, "Возврат товара за 14 дней"),
    "kk": (KK, "Тауарды 14 күн ішінде қайтару"),
}


def missing(sentence: str, language: str) -> list[str]:
    text, title = PASSAGES[language]
    evidence = Evidence("x", EvidenceKind.PASSAGE, text, Source("x", title, "", "", 1.0))
    claim = read_sentence(sentence)
    return min((faults(claim, window) for window in windows_of("p1", evidence)), key=len)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You can return unused goods within 14 days if the packaging is complete."),
        ("en", "You don't need a receipt."),
        ("en", "The receipt isn't required."),
        ("en", "A courier costs 1,990 KZT."),
        ("en", "The courier is free if the item is faulty."),
        ("en", "You get your money back within five business days after the check."),
        ("en", "A manager also approves returns over 200,000 tenge."),
        ("en", "Returning in a store is free."),
        ("ru", "Неиспользованный товар можно вернуть в течение 14 дней."),
        ("ru", "Чек не нужен."),
        ("ru", "Сдать товар в магазине можно бесплатно."),
        ("ru", "Вызов курьера стоит 1990 тенге."),
        ("ru", "За бракованным товаром курьер приедет бесплатно."),
        ("ru", "Деньги вернём в течение пяти рабочих дней после проверки."),
        ("ru", "Возвраты дороже 200 000 ₸ подтверждает менеджер."),
        ("kk", "Қолданылмаған тауарды 14 күн ішінде қайтара аласыз."),
        ("kk", "Чек қажет емес."),
        ("kk", "Ақауы бар тауарға курьер тегін."),
        ("kk", "Курьер 1990 теңге тұрады."),
        ("kk", "Тексеруден кейін ақшаны бес жұмыс күнінде қайтарамыз."),
        ("kk", "Дүкенге тегін апаруға болады."),
    ],
)
def test_free_wording_of_what_the_passage_says_is_borne(language: str, sentence: str) -> None:
    assert missing(sentence, language) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You can return goods within 14 days."),
        ("en", "You can return used goods within 14 days."),
        ("en", "You can return unused goods within 30 days."),
        ("en", "You cannot return unused goods within 14 days."),
        ("en", "A receipt is required."),
        ("en", "Returning in a store costs 1 990 ₸."),
        ("en", "The courier is free."),
        ("en", "We refund within 5 days after the check."),
        ("en", "We refund within 2 working days after the check."),
        ("en", "You get a discount of 5%."),
        ("en", "A manager approves returns up to 200 000 ₸."),
        ("en", "It costs 5 ₸."),
        ("en", "You may return gift cards within 14 days if unused."),
        ("ru", "Вернуть товар можно в течение 14 дней."),
        ("ru", "Вернуть использованный товар можно за 14 дней."),
        ("ru", "Чек обязателен."),
        ("ru", "Сдача в магазин стоит 1 990 ₸."),
        ("ru", "Курьер бесплатный."),
        ("ru", "Деньги вернём за 5 дней."),
        ("ru", "Вернём деньги сегодня."),
        ("ru", "Курьер стоит 1,99 ₸."),
        ("kk", "Қолданылған тауарды 14 күн ішінде қайтаруға болады."),
        ("kk", "Чек міндетті."),
        ("kk", "Курьер тегін."),
        ("kk", "Дүкенге қайтару 1 990 ₸ тұрады."),
        ("kk", "30 күн ішінде қайтаруға болады."),
        ("kk", "Ақшаны бүгін қайтарамыз."),
    ],
)
def test_another_figure_condition_denial_or_matter_is_not(language: str, sentence: str) -> None:
    assert missing(sentence, language)
