"""Chunks keep headings and whole sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.words import count_words, sentences
from frontdesk.knowledge.chunks import MOST_WORDS, chunk


def test_each_section_is_a_chunk_under_its_heading_path() -> None:
    text = "Lead.\n\n## Returns\n\nFirst.\n\n### Phones\n\nSecond.\n\n## Refunds\n\nThird."
    assert [(piece.heading, piece.text) for piece in chunk(text, "Help")] == [
        ("", "Lead."),
        ("Returns", "First."),
        ("Returns › Phones", "Second."),
        ("Refunds", "Third."),
    ]


def test_the_title_is_not_repeated_as_a_heading() -> None:
    assert [piece.heading for piece in chunk("# Help\n\nText.\n\n## More\n\nText.", "Help")] == ["", "More"]


def test_a_hash_inside_code_is_no_heading() -> None:
    assert len(chunk("Run:\n```\n# not a heading\n```\nDone.")) == 1


def test_a_heading_without_text_below_it_makes_no_chunk() -> None:
    assert [piece.heading for piece in chunk("## Empty\n\n## Full\n\nText.")] == ["Full"]


def test_a_long_section_is_cut_between_sentences() -> None:
    written = [f"Sentence number {n} tells one more thing about the delivery of goods." for n in range(80)]
    pieces = chunk(" ".join(written))
    assert len(pieces) > 2
    assert all(count_words(piece.text) <= MOST_WORDS for piece in pieces)
    assert [sentence for piece in pieces for sentence in sentences(piece.text)] == written


def test_text_without_sentences_is_still_bounded() -> None:
    pieces = chunk("word " * 5000)
    assert all(count_words(piece.text) <= 2 * MOST_WORDS for piece in pieces)
    assert sum(count_words(piece.text) for piece in pieces) == 5000


def test_rows_and_items_stay_lines_where_a_table_is_split() -> None:
    rows = [f"Town: Place {n}; Courier: {n} days; Pick-up: {n + 1} days" for n in range(60)]
    pieces = chunk("\n".join(rows))
    assert len(pieces) > 2
    assert [row for piece in pieces for row in piece.text.split("\n")] == rows


def test_each_row_of_a_table_of_markdown_names_its_columns() -> None:
    text = "Terms:\n\n| Town | Courier | Pick-up |\n|---|---|---|\n| Aktau | — | 5 days |\n| Oral | 4 days | |\n\nEnd."
    [piece] = chunk(text)
    assert "Town: Aktau; Courier: —; Pick-up: 5 days\nTown: Oral; Courier: 4 days; Pick-up: —" in piece.text


@given(st.text(max_size=2000))
def test_no_word_is_lost_whatever_the_text(text: str) -> None:
    kept = "".join(piece.heading + piece.text for piece in chunk(text))
    assert all(char in kept for char in text if char.isalnum())


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 100_000 + "b",
        "г. " * 500_000,
        "# " + "a" * 100_000 + "\n" + "## b\nwords\n" * 5_000,
        "a\n" * 300_000,
        "." + '"' * 1_000_000,
    ],
    ids=["spaces in a heading", "abbreviations", "a long heading above many", "lines", "quotation marks"],
)
def test_crafted_texts_are_split_in_proportion_to_their_length(text: str) -> None:
    chunks = chunk(text)
    assert sum(len(piece.heading) + len(piece.text) for piece in chunks) <= len(text)


def test_the_names_of_columns_do_not_make_a_text_grow_without_measure() -> None:
    table = "\n".join(["|" + "n" * 5_000 + "|b|", "|-|-|", *["|x|y|"] * 1_000])
    assert sum(len(part.text) for part in chunk(table)) < 20 * len(table)
