"""A file in two languages is two articles; a foreign sentence in an article is not."""

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.knowledge.tongues import apart

RUSSIAN = "Домбру даём напрокат за 2 000 тенге в сутки. Залог возвращаем сразу после сдачи инструмента, без вычетов."
KAZAKH = "Домбыраны тәулігіне 2 000 теңгеге жалға беріп тұрамыз. Кепілақы ол аспап қайтарылған соң бірден беріледі."
ENGLISH = "You can rent a dombra for 2 000 tenge a day. The deposit is returned at once when you bring it back to us."


def test_halves_go_by_language_with_their_headings_and_titles() -> None:
    text = f"## Прокат\n\n{RUSSIAN}\n\n- 1 500\n\n## Жалға\n\n{KAZAKH}\n{KAZAKH}"
    kazakh, russian = apart("Домбыра жалға беру / Прокат домбры", text)
    assert (kazakh.language, kazakh.title) == ("kk", "Домбыра жалға беру")
    assert kazakh.text == f"## Жалға\n\n{KAZAKH}\n{KAZAKH}"
    assert (russian.language, russian.title) == ("ru", "Прокат домбры")
    assert russian.text == f"## Прокат\n\n{RUSSIAN}\n\n- 1 500"


def test_languages_may_take_turns() -> None:
    parts = apart("Rent", f"{RUSSIAN}\n\n{ENGLISH}\n\n{RUSSIAN}\n\n{ENGLISH}")
    assert {part.language for part in parts} == {"ru", "en"}
    assert all(part.title == "Rent" for part in parts)


def test_a_text_in_one_language_stays_whole() -> None:
    assert apart("Прокат", RUSSIAN) == []
    assert (
        apart("Прокат", f"{RUSSIAN}\n\nSamsung Galaxy S24 Ultra 256 GB, iPhone 15 Pro Max\n\n{RUSSIAN}") == []
    )
    assert apart("Прокат", f"{RUSSIAN}\n\nАдрес: Алматы, Қабанбай батыр көшесі, 12") == []


def test_a_short_foreign_sentence_is_no_article() -> None:
    assert (
        apart("Прокат", "\n\n".join([RUSSIAN] * 6 + ["Тауарды он төрт күн ішінде қайтаруға болады."])) == []
    )


@given(st.lists(st.sampled_from([RUSSIAN, KAZAKH, ENGLISH, "# a", "", "12", "- b"]), max_size=12))
def test_no_line_is_lost(lines: list[str]) -> None:
    parts = apart("Title", "\n".join(lines))
    kept = [line for part in parts for line in part.lines]
    assert not parts or sorted(kept) == sorted(lines)
