"""One plain text for every spelling, with every place of the original kept."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frontdesk.kit.plain import plain
from frontdesk.kit.signature import body_end

PIECES = st.sampled_from(
    [
        "заказ",
        "зaкaз",
        "нoмep",
        "iPhoneға",
        "54 321",
        "\u00a0",
        "\u2009",
        "  ",
        "\t",
        "\r\n",
        "\r",
        "\u2028",
        "\u00ad",
        "\u200b",
        "\ufeff",
        "\u0301",
        "и\u0306",
        "Ａ１",
        "²",
        "№",
        "…",
        "‑",
        "—",
        "’",
        "<b>",
        "</b>",
        "<br/>",
        "<p class='a'>",
        "<!--",
        "-->",
        "<style>",
        "&nbsp;",
        "&amp;",
        "&lt;",
        "&#8376;",
        "&amp;lt;",
        "<",
        ">",
        "&",
        ";",
        "c",
        "HP",
        "İ",
        "ﬁ",
        "٣",
        "\ud800",
        "👍\ufe0f",
        "'",
    ]
)
ANY = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("хо\u00adло\u200bдиль\u2060ник", "холодильник"),
        ("12\u2009500\u00a0тг и  3\t000", "12 500 тг и 3 000"),
        ("KZ‑2026–00917−1", "KZ-2026-00917-1"),
        ("дocтaвкa в Acтaну", "доставка в Астану"),
        ("dеlivеry", "delivery"),
        ("кiлем, тағaм, hалал", "кілем, тағам, һалал"),
        ("iPhoneға OPPOны Xiaomiді", "iPhoneға OPPOны Xiaomiді"),
        ("письмо c вложением", "письмо с вложением"),
        ("ｏｒｄｅｒ ５４３２１", "order 54321"),
        ("мои\u0306 чеˊк".replace("ˊ", "\u0308"), "мой чёк"),
        ("за\u0301мок", "замок"),
        ("№ 5, м², ½…", "№ 5, м², ½…"),
        ("don’t", "don't"),
        ("строка\r\nдругая\u2028третья", "строка\nдругая\nтретья"),
        ("12&nbsp;500&#8376; &amp;amp; &lt;b&gt;жирно&lt;/b&gt;", "12 500₸ & жирно"),
        ("взо<b>рва</b>лся<script>x</script>", "взорвался "),
        ("от Anna <anna@mail.example>, 3 < 5", "от Anna <anna@mail.example>, 3 < 5"),
    ],
)
def test_a_text_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    assert plain(typed).text == meant


@given(ANY, st.booleans())
@example("&nbsр;", True)
@example("<<<<<<<<<b>p>p>p>p>p>p>p>p>p>", True)
@example("&amp;" * 40 + "lt;b>", True)
def test_the_plain_text_of_a_plain_text_is_itself(text: str, markup: bool) -> None:
    once = plain(text, markup).text
    assert plain(once, markup).text == once


@given(ANY)
def test_each_place_leads_back_to_the_original(text: str) -> None:
    result = plain(text)
    before = 0
    for at in range(len(result.text)):
        start, end = result.span(at, at + 1)
        assert 0 <= before <= start < end <= len(text)
        before = start
        if text[start:end].isascii() and result.text[at].isalnum() and "&" not in text:
            assert text[start:end] == result.text[at] or not result.text[at].isascii()


def test_what_was_taken_out_within_a_word_stays_in_its_quote() -> None:
    text = "\u200bхо\u00adло\u00adдильник\u200b"
    start, end = plain(text).span(0, 11)
    assert text[start:end] == "хо\u00adло\u00adдильник"


@pytest.mark.parametrize(
    "text", ["<" * 50_000, "&" * 50_000, "зa" * 50_000, "<b" * 25_000 + ">", "и\u0306\u200b" * 20_000]
)
def test_a_huge_nonsense_text_costs_little_time(text: str) -> None:
    started = time.perf_counter()
    plain(text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "signature",
    [
        "С уважением,\nАсель Омарова\n+7 701 000 00 02\nТОО «Кедр»",
        "Құрметпен, Ерлан",
        "Kind regards,\nAnn",
        "Рахмет,\nДана",
        "-- \nИван Петров\nменеджер по закупкам",
        "Sent from my Galaxy S24",
        "Отправлено из мобильной Почты",
        "Менің iPhone құрылғымнан жіберілді",
        "Thanks,\nJohn\n\nGet Outlook for iOS",
    ],
)
def test_a_signature_is_no_part_of_the_message(signature: str) -> None:
    body = "Когда привезут стол?\nЖду ответа."
    text = f"{body}\n\n{signature}"
    assert text[: body_end(text)] == body


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо\nЗаказ пришёл сломанным",
        "С уважением отношусь к вам, но где заказ?",
        "Верните деньги\nС уважением,\nИван\nP.S. чайник взорвался",
        "Письмо, которое отправлено с вашей почты, не дошло",
        "Thanks a lot!",
        "Best regards,\nthe kettle burned my hand",
        "Отправлено с iPhone",
        "С уважением,\nИван, заказ 54321",
    ],
)
def test_what_says_something_is_no_signature(text: str) -> None:
    assert body_end(text) == len(text)
