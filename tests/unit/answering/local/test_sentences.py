from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answering.local.sentences import answer_sentences
from frontdesk.channels.style import ReplyStyle
from frontdesk.knowledge.passage import Passage
from frontdesk.terms import DocumentId

ROOM = ReplyStyle(100, None, "")
LEAD = "Доставка бесплатна для заказов от 30 000 ₸; если сумма меньше, курьер стоит 1 990 ₸."
EXPRESS = "Экспресс-доставка в Алматы стоит 2 990 ₸."
LIST = f"- {EXPRESS}\n- Подъём на этаж бесплатный.\n- В Астане курьер приезжает вечером."
BANK = "При рассрочке банк закрывает договор."
REFUND = "Деньги возвращаются в течение 5 рабочих дней после проверки."


def passage(text: str, lead: str = "", heading: str = "Подробнее", title: str = "Статья") -> Passage:
    return Passage(DocumentId("d"), "d", title, heading, text, "", "ru", 0.9, lead=lead)


def test_the_articles_opening_stands_before_what_a_section_adds() -> None:
    quotes = answer_sentences(passage(LIST, LEAD), "Сколько стоит доставка в Алматы?", ROOM)
    assert [(quote.text, quote.heading) for quote in quotes] == [(LEAD, ""), (EXPRESS, "Подробнее")]


def test_the_opening_answers_alone_where_the_section_says_less() -> None:
    quotes = answer_sentences(
        passage(f"- {BANK}\n- Чек хранится пять лет.", REFUND), "Сколько дней идёт возврат денег?", ROOM
    )
    assert [quote.text for quote in quotes] == [REFUND]


def test_a_list_line_that_its_sentence_announces_is_not_torn_from_it() -> None:
    text = "Вернуть нельзя:\n- наушники со вскрытой упаковкой,\n- подарочные карты."
    [quote] = answer_sentences(passage(text), "можно вернуть наушники?", ROOM)
    assert quote.text.startswith("Вернуть нельзя:")


def test_what_the_customer_adds_counts_more_than_what_they_asked_before() -> None:
    cities = (
        "- Доставка в Шымкент занимает 2–3 дня.\n- Доставка в Актобе занимает 4–5 дней.\n- Сёла ждут дольше."
    )
    [quote] = answer_sentences(passage(cities), "а в Актобе?", ROOM, "Сколько идёт доставка в Шымкент?")
    assert quote.text == "Доставка в Актобе занимает 4–5 дней."


def test_a_small_room_gets_the_one_sentence_that_fits() -> None:
    quotes = answer_sentences(
        passage(LIST, LEAD), "Сколько стоит доставка в Алматы?", ReplyStyle(None, 60, "")
    )
    assert [quote.text for quote in quotes] == [EXPRESS]


def test_nothing_is_said_where_nothing_fits() -> None:
    assert answer_sentences(passage(LIST, LEAD), "доставка", ReplyStyle(2, None, "")) == []


_SENTENCE = st.lists(
    st.sampled_from(["доставка", "стоит", "курьер", "день", "вечер", "город", "5", "₸"]),
    min_size=1,
    max_size=9,
)
_TEXT = st.lists(_SENTENCE.map(lambda parts: " ".join(parts).capitalize() + "."), min_size=1, max_size=9)


@given(_TEXT, _TEXT, st.integers(1, 40), st.sampled_from([" ", "\n", "\n\n- "]))
def test_every_quote_stands_in_the_article_and_all_fit_the_room(
    lead: list[str], text: list[str], most: int, between: str
) -> None:
    article = passage(between.join(text), between.join(lead))
    quotes = answer_sentences(article, "сколько стоит доставка вечером", ReplyStyle(most, None, ""))
    assert sum(len(quoted.text.split()) for quoted in quotes) <= most
    for quoted in quotes:
        assert quoted.text in (article.text if quoted.heading else article.lead)


DEPOSIT = "Ставка вклада 14,5 % годовых, минимальная сумма 50 000 ₸."
EARLY = "Снимать часть вклада нельзя, пополнять можно первые 9 месяцев."


def whole(text: str, heading: str, *siblings: tuple[str, str], language: str = "ru") -> Passage:
    lead = "" if not heading else next((part for under, part in siblings if not under), "")
    return Passage(
        DocumentId("d"), "d", "Статья", heading, text, "", language, 0.9, lead=lead, siblings=siblings
    )


def test_another_section_answers_where_the_search_found_the_opening() -> None:
    article = whole(DEPOSIT, "", ("Досрочное снятие", EARLY))
    quotes = answer_sentences(article, "можно снять часть вклада?", ROOM)
    assert (EARLY, "Досрочное снятие") in [(quoted.text, quoted.heading) for quoted in quotes]


def test_another_section_answers_where_the_search_found_a_wrong_one() -> None:
    article = whole("Сейф открыт с 10:00.", "Сейф", ("", DEPOSIT), ("Досрочное снятие", EARLY))
    reply = " ".join(quoted.text for quoted in answer_sentences(article, "можно пополнять вклад?", ROOM))
    assert EARLY in reply
    assert "Сейф" not in reply


def test_a_question_of_yes_or_no_gets_the_line_that_allows_or_forbids() -> None:
    text = "Notes of all countries lie in the drawer. Damaged notes are not accepted."
    article = whole("Rates change every day.", "", ("Amounts", text), language="en")
    reply = " ".join(quoted.text for quoted in answer_sentences(article, "do you take damaged notes?", ROOM))
    assert "Damaged notes are not accepted." in reply


def test_a_row_of_a_table_is_found_by_its_first_cell() -> None:
    rows = (
        "Doctor: Cardiologist; First visit: 14 000 ₸; Second visit: 7 000 ₸\n"
        "Doctor: Dentist; First visit: 5 500 ₸; Second visit: 2 750 ₸"
    )
    article = whole(
        "A visit to a specialist costs 12 000 ₸; a second visit is half price.", "", ("By doctor", rows),
        language="en",
    )  # fmt: skip
    reply = " ".join(q.text for q in answer_sentences(article, "dentist second visit price", ROOM))
    assert "2 750 ₸" in reply
    assert "14 000 ₸" not in reply


def test_an_exception_stays_with_its_rule() -> None:
    rule, exception = "Товар можно вернуть за 14 дней.", "Кроме наушников со вскрытой упаковкой."
    article = whole(f"{rule} {exception}", "", ("Деньги", "Деньги за товар вернутся на карту за 5 дней."))
    reply = " ".join(quoted.text for quoted in answer_sentences(article, "можно вернуть товар?", ROOM))
    assert f"{rule} {exception}" in reply


def test_a_line_that_limits_brings_the_rule_before_it() -> None:
    text = "Доставка бесплатная от 30 000 ₸. Однако подъём холодильника оплачивается отдельно."
    [quoted] = answer_sentences(passage(text), "подъём холодильника оплачивается?", ROOM)
    assert quoted.text == text
