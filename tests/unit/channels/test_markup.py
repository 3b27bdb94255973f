"""Markdown as chat apps write it."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.markup import PLAIN, WHATSAPP, Marks, render

HTML = Marks(
    {"strong": ("<b>", "</b>"), "em": ("<i>", "</i>"), "heading": ("<b>", "</b>")},
    html.escape,
    lambda words, address: f'<a href="{html.escape(address)}">{words}</a>',
)


@pytest.mark.parametrize(
    ("markdown", "whatsapp", "plain"),
    [
        ("**Order** is *here*", "*Order* is _here_", "Order is here"),
        ("~~old~~ `code`", "~old~ `code`", "old code"),
        ("# Delivery\n\nTwo days.", "*Delivery*\n\nTwo days.", "Delivery\n\nTwo days."),
        ("- one\n- two\n  more", "- one\n- two\n  more", "- one\n- two\n  more"),
        ("3. three\n4. four", "3. three\n4. four", "3. three\n4. four"),
        (
            "[our page](https://shop.example/a_b)",
            "our page (https://shop.example/a_b)",
            "our page (https://shop.example/a_b)",
        ),
        ("<https://shop.example>", "https://shop.example", "https://shop.example"),
        ("> quoted\n> twice", "> quoted\n> twice", "quoted\ntwice"),
        ("```\nx = 1\n```", "```x = 1```", "x = 1"),
        ("a\nb\n\nc", "a\nb\n\nc", "a\nb\n\nc"),
        ("**Тапсырыс**: 54321", "*Тапсырыс*: 54321", "Тапсырыс: 54321"),
        ("<b>tags</b> are text", "<b>tags</b> are text", "<b>tags</b> are text"),
        ("- a\n  - b", "- a\n  - b", "- a\n  - b"),
    ],
)
def test_marks_are_the_channels_own_and_the_words_stay(markdown: str, whatsapp: str, plain: str) -> None:
    assert render(markdown, WHATSAPP) == whatsapp
    assert render(markdown, PLAIN) == plain


def test_what_a_channel_escapes_is_escaped_once() -> None:
    assert render("**a < b** & [c](https://d.example/?e=1&f=2)", HTML) == (
        '<b>a &lt; b</b> &amp; <a href="https://d.example/?e=1&amp;f=2">c</a>'
    )


@given(st.text(max_size=300))
def test_any_text_can_be_written_and_is_never_nothing(text: str) -> None:
    assert bool(render(text, WHATSAPP)) == bool(text)


@given(st.text(alphabet="abc дәй.,!?", min_size=1, max_size=80))
def test_words_without_marks_stay_as_they_are(text: str) -> None:
    assert render(text, WHATSAPP).split() == text.split()
