"""Pages are wrapped without changing what they mean."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from scripts.wrap_docs import WIDTH, long_lines, wrapped

SENTENCE = "A sentence of several words that says something about the desk. "
PARTS = st.sampled_from(
    [
        SENTENCE,
        "\n",
        "\n\n",
        "* ",
        "1. ",
        "- ",
        "# ",
        "`a b`",
        "[a link](https://desk.example/a)",
        "| a | b |",
    ]
)


def rendered(text: str) -> str:
    return " ".join(MarkdownIt("commonmark").enable("table").render(text).split())


def test_a_long_paragraph_is_wrapped_and_a_short_one_stays() -> None:
    short = "Two\nlines.\n\n"
    page = wrapped(short + SENTENCE * 5)
    assert page.startswith(short)
    assert all(len(line) <= WIDTH for line in page.splitlines())
    assert long_lines(page) == []


def test_the_lines_of_a_list_item_are_indented() -> None:
    first, second, *_ = wrapped(f"* {SENTENCE * 3}").splitlines()
    assert first.startswith("* A sentence")
    assert second.startswith("  ")


def test_tables_code_headings_and_html_stay() -> None:
    long = SENTENCE * 3
    page = f"# {long}\n\n| {long} |\n|---|\n\n```\n{long}\n```\n\n    {long}\n\n<p>{long}</p>\n"
    assert wrapped(page) == page
    assert long_lines(page) == []


def test_code_and_the_target_of_a_link_are_never_broken() -> None:
    page = wrapped(f"{SENTENCE} and `{'a b ' * 40}` and [more]({'x' * 120}).")
    assert f"`{'a b ' * 40}`" in page
    assert f"]({'x' * 120})" in page


def test_a_word_that_would_start_a_list_is_not_the_first_of_a_line() -> None:
    text = "word " * 19 + "word - 1. + * # end of the line"
    assert rendered(wrapped(text)) == rendered(text)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_wrapping_changes_no_rendered_page_and_is_done_once(text: str) -> None:
    page = wrapped(text)
    assert rendered(page) == rendered(text)
    assert wrapped(page) == page
    assert long_lines(page) == []
