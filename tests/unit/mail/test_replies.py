"""What the sender newly wrote, in the forms that mail programs give it."""

import pytest

from frontdesk.mail.reply.extract import reply_in
from tests.unit.mail.replies_file import Example, examples


@pytest.mark.parametrize(
    "example",
    [example for language in ("ru", "kk", "en") for example in examples(language)],
    ids=lambda example: example.name,
)
def test_the_reply_is_exactly_what_was_newly_written(example: Example) -> None:
    assert reply_in(example.body, example.subject).rstrip() == example.reply


OWN = [
    "Добрый день!\n\nНе хватает:\n- чехла\n- плёнки\n\nОтправьте, пожалуйста: ул. Абая 10, кв. 5.\nСпасибо!",
    "Сәлеметсіз бе!\n\nТапсырыс 54321 әлі келген жоқ.\n1) Қашан келеді?\n2) Ақшаны қайтаруға бола ма?",
    "Hi,\n\nOn Monday I wrote to you: no answer.\n\nFrom: now on please call me.\n\n    $ curl -I https://shop.example",
    "С уважением отношусь к вам, но жду с 4 мая 2026 г. 10:12.\n\nЗаказ:\n\nТовар | Кол-во\n------|-------\nЧехол | 2",
]
FORMS = [
    "{}",
    "{}\n\nпн, 4 мая 2026 г. в 10:12, Лавка <help@shop.example>:\n\n> Вопрос\n",
    "{}\n\n4 мая 2026 г., в 10:12, Лавка <help@shop.example> написал(а):\n\nВопрос\n",
    "{}\n\nдс, 4 мам. 2026 ж., 10:12 Дүкен <help@shop.example> жазды:\n\n> Сұрақ",
    "{}\n\nOn Mon, May 4, 2026 at 10:12 AM Shop\n<help@shop.example> wrote:\n\n> Question",
    '{}\n\n--\nИлья\n\n04.05.2026, 10:12, "Лавка" <help@shop.example>:\n\n> Вопрос',
    "{}\n\nSent from my iPhone\n\n> On 4 May 2026, at 10:12, Shop <help@shop.example> wrote:\n>\n> Question",
    "{}\n\nҚұрметпен,\nАйгүл\n\nКімнен: Дүкен <help@shop.example>\nЖіберілді: 4 мамыр 2026 ж. 10:12\nКімге: Ли\n\nСұрақ",
    "{}\n\n[cid:image001.png@01DA]\n\n-----Original Message-----\nFrom: Shop\nSent: Monday\nTo: Bob\n\nQuestion",
    "04.05.2026 10:12, Лавка пишет:\n> Вопрос\n\n{}",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("own", OWN)
def test_any_text_comes_out_of_any_form_whole(own: str, form: str) -> None:
    assert reply_in(form.format(own)) == own
