"""Rebuild `kit/triples.json`, the letters of words: `python -m frontdesk.understanding.local.train_keyboard`."""

import json
import math
import sys
from importlib.resources import as_file, files

from frontdesk.kit.words import fold
from frontdesk.understanding.local.train_letters import word_weights

_LEAST = 0.5
"""What is rarer counts as never seen."""
Followers = dict[str, dict[str, float]]


def triples() -> dict[str, Followers]:
    """For each alphabet, by two letters, how often each third one follows them in the words of the training text."""
    counts: dict[str, Followers] = {"latin": {}, "cyrillic": {}}
    for words in word_weights().values():
        for form, weight in words.items():
            alphabet = counts["latin" if form.isascii() else "cyrillic"]
            framed = f"__{fold(form)}_"
            for at in range(len(framed) - 2):
                after = alphabet.setdefault(framed[at : at + 2], {})
                after[framed[at + 2]] = after.get(framed[at + 2], 0.0) + math.log1p(weight)
    return {name: _rounded(alphabet) for name, alphabet in counts.items()}


def _rounded(alphabet: Followers) -> Followers:
    kept = {
        pair: {third: round(count) or 0.5 for third, count in sorted(after.items()) if count >= _LEAST}
        for pair, after in sorted(alphabet.items())
    }
    return {pair: after for pair, after in kept.items() if after}


def main() -> None:
    with as_file(files("frontdesk.kit").joinpath("triples.json")) as path:
        lines = (
            f'"{name}": {{\n'
            + ",\n".join(
                f"{json.dumps(pair, ensure_ascii=False)}: {json.dumps(after, ensure_ascii=False)}"
                for pair, after in alphabet.items()
            )
            + "\n}"
            for name, alphabet in triples().items()
        )
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        sys.stdout.write(f"{path}: {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
