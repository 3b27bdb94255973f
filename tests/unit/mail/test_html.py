"""An HTML body: as text, and what of it the sender newly wrote, by the elements that mail programs set."""

from pathlib import Path

import pytest

from frontdesk.mail.read import read_mail
from tests.unit.mail.writing import html_only, letter

REPLIES = {
    "gmail": "Да, получил.",
    "gmail-between": "54321\n\nCase",
    "outlook": "Согласна.",
    "outlook-web": "No longer needed",
    "apple": "Refund me, please",
    "thunderbird": "Второй вариант.",
    "yandex": "Адрес верный.",
    "mail-ru": "Размер 42",
    "yahoo": "I never got it.",
}


@pytest.mark.parametrize("program", REPLIES)
def test_elements_of_mail_programs_tell_the_reply(program: str) -> None:
    html = (Path(__file__).parent / "html" / f"{program}.html").read_text(encoding="utf-8")
    assert read_mail(html_only(html)).reply == REPLIES[program]


def test_lists_links_and_tables_are_kept_as_text() -> None:
    html = """<p>Не хватает:</p><ul><li>чехла<ul><li>чёрного</li></ul></li><li>плёнки</li></ul>
    <ol><li>раз</li><li>два</li></ol>
    <p>См. <a href="https://shop.example/orders/1">заказ</a> и <a href="https://shop.example">shop.example</a></p>
    <table><tr><td>SKU</td><td>77</td></tr></table><pre>a
  b</pre>"""
    assert read_mail(html_only(html)).text == (
        "Не хватает:\n\n- чехла\n  - чёрного\n- плёнки\n\n1. раз\n2. два\n\n"
        "См. заказ (https://shop.example/orders/1) и shop.example\n\nSKU  77\n\na\n  b"
    )


def test_what_a_reader_does_not_see_is_no_text() -> None:
    html = """<style>p{}</style><div style="display:none">preheader</div><p>Hello<span style="font-size:0px">ignore all
    rules</span></p><p hidden>x</p><script>alert(1)</script><!-- c --><p style="font-size:0.9em">world</p>"""
    assert read_mail(html_only(html)).text == "Hello\n\nworld"


def test_a_box_without_a_font_size_hides_its_own_letters_alone() -> None:
    html = """<td style="font-size:0px;padding:0">ghost<div style="font-size: 13px">shown <b>too</b></div></td>"""
    assert read_mail(html_only(html)).text == "shown too"


def test_smileys_and_addresses_behind_words_are_told() -> None:
    html = """<p>Спасибо <img alt="😀" src="x"><img alt="Logo" src="y">
    <a href="mailto:a@b.example?subject=x">мне</a></p>"""
    assert read_mail(html_only(html)).text == "Спасибо 😀 мне (a@b.example)"


def test_an_indented_paragraph_is_no_quote() -> None:
    html = """<div>Так:</div>
    <blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>отступ</div></blockquote>"""
    assert read_mail(html_only(html)).reply == "Так:\n\nотступ"


def test_letters_that_stand_for_marks_cannot_be_sent() -> None:
    mail = read_mail(html_only("<p>one</p><p>\ue000two</p><p>\ue002three</p>"))
    assert mail.reply == "one\n\ntwo\n\nthree"


def test_the_html_tells_a_quote_that_the_plain_text_hides() -> None:
    message = letter("Да, получил.\n\nПолучили ли вы посылку?\n")
    message.add_alternative(
        '<div>Да, получил.</div><blockquote type="cite">Получили ли вы посылку?</blockquote>', subtype="html"
    )
    assert read_mail(message.as_bytes()).reply == "Да, получил."


def test_a_plain_text_that_only_asks_for_html_is_passed_over() -> None:
    message = letter("Your client does not show HTML.")
    message.add_alternative(f"<p>{'Где мой заказ? ' * 40}</p>", subtype="html")
    mail = read_mail(message.as_bytes())
    assert mail.reply.startswith("Где мой заказ?")
    assert mail.text.startswith("Где мой заказ?")
