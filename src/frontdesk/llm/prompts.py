"""Prompts are Markdown files beside the code that uses them; the file's name is the recorded version."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Prompt:
    version: str
    """`answer.v3`: stored with each AI message."""
    text: str


@cache
def load_prompt(package: str, version: str) -> Prompt:
    """The prompt `<version>.md` of a package's `prompts` folder."""
    text = files(package).joinpath("prompts", f"{version}.md").read_text(encoding="utf-8")
    return Prompt(version, text.strip())
