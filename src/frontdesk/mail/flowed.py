"""Text of the format `flowed` (RFC 3676): lines that a program broke are joined again."""

import re

_QUOTES = re.compile(r"^>*")


def unflowed(text: str, delete_space: bool) -> str:
    lines: list[str] = []
    depth_before = -1
    flows = False
    for line in text.split("\n"):
        depth = len(_QUOTES.match(line).group())  # type: ignore[union-attr]  # it matches the empty text
        content = line[depth:].removeprefix(" ")
        is_signature = content == "-- "
        if flows and depth == depth_before and not is_signature:
            lines[-1] += content
        else:
            lines.append(f"{'>' * depth} {content}" if depth else content)
        flows = content.endswith(" ") and not is_signature
        if flows and delete_space:
            lines[-1] = lines[-1][:-1]
        depth_before = depth
    return "\n".join(lines)
