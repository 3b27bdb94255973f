"""Lists of patterns that are kept as text, so that who knows the languages can mend them."""

import re
from importlib.resources import files


class Patterns:
    """One file: `[name]`, then alternatives, a line each or several; `{name}` stands for the list of that name."""

    def __init__(self, file: str) -> None:
        text = (files("frontdesk.answering.proof") / file).read_text(encoding="utf-8")
        self._lists: dict[str, list[str]] = {}
        name = ""
        for line in text.splitlines():
            if mark := re.fullmatch(r"\[(\w+)\]", line):
                name = mark[1]
                self._lists[name] = []
            elif line and not line.startswith("#"):
                self._lists[name].append(line)

    def any_of(self, *names: str) -> re.Pattern[str]:
        return re.compile("|".join(self._whole(name) for name in names))

    def word(self, name: str) -> re.Pattern[str]:
        """Any of the list as a whole word."""
        return re.compile(rf"\b(?:{self._whole(name)})\b")

    def _whole(self, name: str) -> str:
        joined = "|".join(self._lists[name])
        return re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{self._whole(match[1])})", joined)
