"""The documentation and the code tell the same."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from pydantic import AliasChoices
from scripts.wrap_docs import long_lines, pages

from frontdesk.cli import main as cli
from frontdesk.settings import Settings

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z]+:", re.IGNORECASE)


def names() -> set[str]:
    """What is left out of the settings' own form is no setting, but what they were read from."""
    return {name.upper() for name, field in Settings.model_fields.items() if not field.exclude}


def aliases() -> set[str]:
    """Other spellings of settings."""
    choices = (field.validation_alias for field in Settings.model_fields.values())
    spellings = {
        str(name).upper() for choice in choices if isinstance(choice, AliasChoices) for name in choice.choices
    }
    return spellings - names()


def test_the_example_of_the_environment_holds_every_setting_and_nothing_else() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", text, re.MULTILINE)
    assert sorted(listed) == sorted(names())
    assert all(alias in text for alias in aliases())


def test_the_example_of_the_environment_sets_nothing() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.strip() and not line.startswith("#")] == []


def test_what_the_example_shows_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names() | aliases():
        monkeypatch.delenv(name, raising=False)
    shown = re.findall(r"^#([A-Z][A-Z0-9_]*=.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    file = tmp_path / "taken.env"
    file.write_text("\n".join(shown), encoding="utf-8")
    taken = Settings(_env_file=file)
    assert taken.providers == ("anthropic", "openai", "local")
    assert taken.category_managers["payment"] == "finance@shop.example"


def test_the_reference_holds_every_setting_and_nothing_else() -> None:
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(names())
    assert all(f"`{alias}`" in text for alias in aliases())


def test_the_reference_has_the_settings_defaults() -> None:
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \| `([^`]*)` \|", text, re.MULTILINE))
    kept = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    wrong = {
        name: default
        for name, default in written.items()
        if isinstance(kept[name], str | int | float)
        and kept[name] != ""
        and str(kept[name]).lower() != default.lower()
        and float_or_none(default) != kept[name]
    }
    assert wrong == {}


def float_or_none(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_prose_is_wrapped_at_100_columns(page: Path) -> None:
    assert long_lines(page.read_text(encoding="utf-8")) == [], "run `python -m scripts.wrap_docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not leads_somewhere(page, link)] == []


def links(page: Path) -> Iterator[str]:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    return (link for link in _LINK.findall(text) if not _ELSEWHERE.match(link))


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or anchor in anchors(target)


def anchors(page: Path) -> set[str]:
    """As code hosts make them of headings."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.*?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def floors() -> list[set[str]]:
    """The rooms of each floor, from the top, as the import contract has them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    return [set(layer.split(" | ")) for layer in contract["layers"] if layer != "__main__"]


@pytest.mark.parametrize(
    ("page", "row"),
    [
        ("contributing.md", r"^\| ((?:`\w+`(?:, )?)+) \|"),
        ("concepts/the-road.md", r"^([a-z]+(?: · [a-z]+)*)  +\S"),
    ],
)
def test_the_floors_are_those_of_the_import_contract(page: str, row: str) -> None:
    written = re.findall(row, (DOCS / page).read_text("utf-8"), re.MULTILINE)
    rooms = [name for names in written for name in re.findall(r"\w+", names)]
    ordered, known = iter(rooms), [name for floor in floors() for name in floor]
    assert sorted(rooms) == sorted(known)
    for floor in floors():
        assert {next(ordered) for _ in floor} == floor


def test_every_page_is_reached_from_the_documentations_front_page() -> None:
    front = DOCS / "README.md"
    reached = {(front.parent / link.partition("#")[0]).resolve() for link in links(front)}
    pages = {page.resolve() for page in DOCS.rglob("*.md")} - {front.resolve()}
    assert sorted(str(page) for page in pages - reached) == []


def test_every_subcommand_and_its_options_are_in_the_command_line_reference() -> None:
    text = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    parser = argparse.ArgumentParser(prog="frontdesk")
    commands = parser.add_subparsers()
    for family in cli._FAMILIES:
        family.register(commands)
    for name, command in commands.choices.items():
        assert f"## frontdesk {name}\n" in text
        section = text.partition(f"## frontdesk {name}\n")[2].partition("\n## ")[0]
        for option in options(command):
            assert option in section, f"{name} {option}"


def options(command: argparse.ArgumentParser) -> Iterator[str]:
    """Long options, and those of commands below."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below, parser in action.choices.items():
                yield below
                yield from options(parser)
        yield from (word for word in action.option_strings if word.startswith("--") and word != "--help")
