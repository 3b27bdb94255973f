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
