import base64
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontdesk.understanding.local.reader import LocalReader

READER = LocalReader()
PIECES = st.sampled_from(
    [
        "заказ ",
        "№",
        "54321",
        "₸",
        "<b>",
        "\x00",
        "\ud800",
        "😡",
        "!!",
        "қ",
        "İ",
        "ǅ",
        "31.02.2026",
        "@",
        ".",
        "\n",
        "-",
        "45 000 тг",
        "&nbsp;",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=40).map("".join)))
@example("İstanbul order 54321")
@example("order \ud800 54321")
def test_any_text_gets_a_reading_within_bounds(text: str) -> None:
    reading = READER.analyse(text)
    for value in (reading.sentiment_score, reading.risk, reading.confidence):
        assert 0.0 <= value <= 1.0
    for entity in reading.entities:
        assert text[entity.start : entity.end] == entity.text
    assert len(reading.summary) <= 160


NONSENSE = {
    "empty": "",
    "spaces": " \n\t ",
    "emoji": "😀🎉🔥",
    "base64": base64.b64encode(bytes(range(256)) * 20).decode(),
    "tags": "<div><br/></div>",
    "punctuation": "?!?!...",
    "NUL": "\x00" * 50,
    "surrogates": "\ud800\udfff" * 10,
    "lines of base64": "\n".join(base64.b64encode(bytes([n, 7 * n, 11]) * 11).decode() for n in range(20)),
    "mixed scripts": "заkаz ордер өтқ 请问 مرحبا δοκιμή テスト",
    "keys hit at random": "фыва олдж йцук ячсм asdf qwer zxcv",
    "invented letters": "ъыщ жпрт шкцы ывафп лдоржэ",
    "a megabyte of marks": "\u0301" * 1_000_000,
    "direction marks": "\u202e\u202d\u200b" * 10,
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_read_with_low_confidence(text: str) -> None:
    reading = READER.analyse(text)
    assert reading.confidence < 0.4
    assert reading.escalate is False


@pytest.mark.parametrize(
    "piece",
    [
        "где мой заказ ",
        "1",
        "1 ",
        "<b>",
        "a@",
        " ",
        "order ",
        "no 1 ",
        "!",
        "ә",
        "talk give need want ",
        "12-3, ",
        "заказ (",
        "$1-",
        "1.03.",
        "Samsung A ",
    ],
)
def test_a_megabyte_is_read_in_bounded_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    READER.warm()
    started = time.process_time()
    READER.analyse(text)
    # A run takes about 0.05 s; the bound only tells it from work that grows with the text.
    assert time.process_time() - started < 1.0


def test_html_is_read_for_its_text() -> None:
    html = "<html><style>p{color:red}</style><p>Сколько стоит <b>доставка</b> в Шымкент?</p></html>"
    assert READER.analyse(html).category == READER.analyse("Сколько стоит доставка в Шымкент?").category
