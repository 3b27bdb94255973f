"""Where the desk's own mail begins below an answer: nothing of an escalation's e-mail goes to a customer. Pure."""

_BEGINS = "##-"
_ENDS = "-##"
_MOST_LINES = 4
"""That a mail program writes above what it quotes."""


def answer_above(words: str) -> str:
    """The line that an e-mail to staff begins with."""
    return f"{_BEGINS} {words} {_ENDS}"


def above(text: str) -> str:
    """What stands above that line, without what introduces the quote. All of the text where there is none."""
    before, line, _ = text.partition(_BEGINS)
    if not line:
        return text
    lines = before.rstrip(" \t>").rstrip().split("\n")
    for _ in range(_MOST_LINES):
        if lines and _introduces(lines[-1].strip()):
            lines.pop()
    return "\n".join(lines).strip()


def _introduces(line: str) -> bool:
    return not line.strip("> ") or line.startswith(">") or line.endswith(":") or "@" in line
