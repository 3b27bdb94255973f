"""Pages as servers and editors write them: what a visitor can read is read, and nothing else."""

import pytest

from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.extract.extracted import Extracted


def read(body: str, *, head: str = "", attributes: str = 'lang="ru"') -> Extracted:
    page = (
        f"<!doctype html><html {attributes}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    )
    return extract("page.html", page.encode())


def test_all_articles_of_a_page_are_read() -> None:
    page = "".join(f"<article><h2>Part {n}</h2><p>Text {n}.</p></article>" for n in range(3))
    text = read(f"<div>Crumbs</div>{page}").text
    assert all(f"Text {n}." in text for n in range(3))
    assert "Crumbs" not in text


def test_a_small_article_does_not_stand_for_a_long_page() -> None:
    text = read(f"<article><p>News.</p></article><div>{'Rules of return apply. ' * 20}</div>").text
    assert "Rules of return" in text


@pytest.mark.parametrize(
    ("control", "panel"),
    [
        ('<button aria-expanded="false" aria-controls="a">Q?</button>', '<div id="a" hidden>Answer.</div>'),
        (
            '<h3><a role="button" aria-controls="a">Q?</a></h3>',
            '<div id="a" style="display:none">Answer.</div>',
        ),
        ('<h3><button aria-expanded="false">Q?</button></h3>', "<div hidden><p>Answer.</p></div>"),
        (
            '<button data-bs-toggle="collapse" data-bs-target="#a">Q?</button>',
            '<div id="a" hidden>Answer.</div>',
        ),
        (
            '<button role="tab" id="t">Q?</button>',
            '<div role="tabpanel" aria-labelledby="t" hidden>Answer.</div>',
        ),
        ("<details><summary>Q?</summary>", "<p>Answer.</p></details>"),
        ("<p>Q?</p>", '<div hidden="until-found">Answer.</div>'),
    ],
)
def test_a_closed_panel_that_a_control_opens_is_text(control: str, panel: str) -> None:
    text = read(f"<h1>Help</h1>{control}{panel}<p>End.</p>").text
    assert "Q?" in text
    assert "Answer." in text


@pytest.mark.parametrize(
    "hidden",
    [
        '<button aria-controls="a" aria-haspopup="dialog">Ask</button><div id="a" role="dialog" hidden>Secret</div>',
        '<button aria-expanded="false" aria-controls="a">x</button><div id="b" hidden>Secret</div>',
        "<div hidden>Secret</div>",
        "<h2>Heading <span hidden>Secret</span></h2>",
        "<nav><button aria-controls=a>x</button><div id=a hidden>Secret</div></nav>",
        "<aside>Secret</aside>",
        "<form><p>Leave a number</p><input name=phone><label>Secret</label></form>",
    ],
)
def test_what_no_control_opens_stays_hidden(hidden: str) -> None:
    assert "Secret" not in read(f"<p>Seen text of the page.</p>{hidden}").text


def test_an_aside_of_an_article_is_text() -> None:
    assert "Except linen." in read("<article><p>14 days.</p><aside>Except linen.</aside></article>").text


def test_a_page_within_a_form_is_read() -> None:
    form = "<form><input type=hidden name=state><input name=q><h1>Delivery</h1><p>1 500 tenge.</p></form>"
    assert read(form).text == "1 500 tenge."


def test_a_form_is_the_text_of_a_page_that_has_no_other() -> None:
    assert (
        read("<form><p>Delivery takes two days.</p><input name=q></form>").text == "Delivery takes two days."
    )


def test_a_row_keeps_its_column_names_and_merged_cells() -> None:
    table = (
        "<table><caption>Tariffs</caption><tr><th>Town<th>Weight<th>Price"
        "<tr><td rowspan=2>Aktau<td>to 5 kg<td>2 000<tr><td>to 20 kg<td>3 500<tr><td>Oral<td colspan=2>none</table>"
    )
    assert read(f"<p>Below.</p>{table}").text.split("\n")[-4:] == [
        "Tariffs",
        "Town: Aktau; Weight: to 5 kg; Price: 2 000",
        "Town: Aktau; Weight: to 20 kg; Price: 3 500",
        "Town: Oral; Weight, Price: none",
    ]


def test_a_table_that_lays_out_the_page_is_no_list_of_cells() -> None:
    text = read("<table><tr><td>Left<td><h1>Delivery</h1><p>Two days.</p></table>").text
    assert "# Delivery\n\nTwo days." in text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("5 000<sup>1</sup> tenge", "5 000 tenge"),
        ('20 000<sup><a href="#n">[2]</a></sup> tenge', "20 000 tenge"),
        ("20 000² tenge", "20 000 tenge"),
        ("40 м<sup>2</sup>", "40 м²"),
        ("the 5<sup>th</sup> day", "the 5th day"),
        ("costs <s>12 000</s> 9 900", "costs 9 900"),
        ("<del>free</del><ins>1 500</ins>", "1 500"),
        ('<span style="text-decoration: line-through">12 000</span> 9 900', "9 900"),
        ("тех&shy;ни&#8203;ка<wbr>.рф", "техника.рф"),
    ],
)
def test_marks_struck_prices_and_invisible_signs_join_no_figure(written: str, text: str) -> None:
    assert read(f"<p>{written}</p>").text == text


def test_a_title_has_no_soft_hyphens() -> None:
    assert read("<p>Text.</p>", head="<title>Пере&shy;воз&shy;ка</title>").title == "Перевозка"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "utf-8"),
        ("utf-8", "cp1251"),
        ("windows-1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("x", "cp866"),
    ],
)
def test_the_bytes_say_the_encoding_before_the_page_does(declared: str, encoding: str) -> None:
    page = (
        f"<html><head><meta charset={declared}></head><body><p>Оплата картой и наличными при получении.</p>"
    )
    assert extract("a.html", page.encode(encoding)).text == "Оплата картой и наличными при получении."


@pytest.mark.parametrize(
    ("attribute", "text", "language"),
    [
        ("en-US", "Тауарды он екі айға бөліп төлеуге болады, алғашқы жарна қажет емес.", "kk"),
        ("en", "Товар можно вернуть в течение 14 дней, если он не был в употреблении.", "ru"),
        ("ru", "You can return the goods within 14 days if they have not been used.", "en"),
        ("kk", "Алматы, Астана", "kk"),
        ("ru", "Пункт выдачи находится по адресу: Алматы, улица Қабанбай батыра, и работает до семи.", "ru"),
    ],
)
def test_what_a_text_plainly_is_wins_over_the_attribute(attribute: str, text: str, language: str) -> None:
    assert read(f"<p>{text}</p>", attributes=f'lang="{attribute}"').language == language


def test_rows_beyond_what_can_be_laid_out_are_not_lost() -> None:
    rows = "".join(f"<tr><td colspan=63>row {at}<td>{at} kg</tr>" for at in range(3_300))
    text = read(f"<table>{rows}</table>").text
    assert "row 1" in text
    assert "row 3299; 3299 kg" in text
