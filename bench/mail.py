"""`python -m bench.mail --data DIR`: how well mail is read: replies, raw messages, bounces. It needs no database.

DIR holds `replies.jsonl` (raw, visible, visible_alt, must_contain, must_not_contain), `mime_index.jsonl` (file,
subject, message_id, kind) and the messages in `mime/`.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.report import Aim, Figure, Report
from frontdesk.mail.intake import IntakeContext, sort_out
from frontdesk.mail.message import ReadMail
from frontdesk.mail.read import file_bytes, read_mail
from frontdesk.mail.reply.extract import reply_in

_LEAST = Aim(least=0.92)
_ALL = Aim(least=1.0, must=True)
_SEED = 7


def main(words: Sequence[str] | None = None) -> int:
    """1 where a message could not be read."""
    parser = argparse.ArgumentParser(prog="python -m bench.mail", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--wrong", action="store_true", help="name the replies that came out wrong")
    args = parser.parse_args(words)
    if not (args.data / "replies.jsonl").is_file():
        parser.error(f"{args.data} holds no replies.jsonl")
    reports = [_replies(args.data, args.wrong), _messages(args.data)]
    for report in reports:
        print(report.table(), flush=True)
    return 0 if all(report.kept for report in reports) else 1


def _replies(folder: Path, name_wrong: bool) -> Report:
    rows = _rows(folder / "replies.jsonl")
    random.Random(_SEED).shuffle(rows)
    right = [is_right(row) for row in rows]
    if name_wrong:
        print(*(row["id"] for row, correct in zip(rows, right, strict=True) if not correct), sep="\n")
    half = len(rows) // 2
    figures = [
        Figure("exactly right", _share(right), aim=_LEAST),
        Figure("of the half for development", _share(right[:half])),
        Figure("of the other half", _share(right[half:])),
    ]
    for language in sorted({row["lang"] for row in rows}):
        figures.append(
            Figure(
                f"in {language}",
                _share([r for row, r in zip(rows, right, strict=True) if row["lang"] == language]),
            )
        )
    return Report("replies", tuple(figures), f"{len(rows)} bodies")


def is_right(row: dict[str, Any]) -> bool:
    """Whether the reply is one of the expected, white space apart, or holds and lacks what it must."""
    reply = _bare(reply_in(row["raw"].replace("\r\n", "\n")))
    if row["visible"] is not None:
        return reply in {_bare(text) for text in (row["visible"], *row["visible_alt"])}
    holds = all(_bare(text) in reply for text in row["must_contain"])
    return holds and not any(_bare(text) in reply for text in row["must_not_contain"])


def _messages(folder: Path) -> Report:
    rows = [row for row in _rows(folder / "mime_index.jsonl") if (folder / "mime" / row["file"]).is_file()]
    raws = [(folder / "mime" / row["file"]).read_bytes() for row in rows]
    began = time.perf_counter()
    mails = [_read(raw) for raw in raws]
    spent = time.perf_counter() - began
    read = [mail is not None for mail in mails]
    pairs = [(row, mail) for row, mail in zip(rows, mails, strict=True) if mail is not None]
    kinds = [_is_kind(row["kind"], mail) for row, mail in pairs]
    subjects = [_bare(row["subject"]) == _bare(mail.subject) for row, mail in pairs if row["subject"]]
    figures = (
        Figure("read without an exception", _share(read), aim=_ALL),
        Figure("kind as the index has it", _share(kinds)),
        Figure("bounces known", _share([k for (row, _), k in zip(pairs, kinds, strict=True) if row["kind"] == "bounce"])),
        Figure("subject as the standard library reads it", _share(subjects)),
        Figure("time of a message", spent / max(len(raws), 1) * 1_000, "ms"),
    )  # fmt: skip
    return Report("messages", figures, f"{len(rows)} raw messages")


def _read(raw: bytes) -> ReadMail | None:
    try:
        mail = read_mail(raw)
        if any(len(file_bytes(raw, file.part)) != file.size for file in mail.files):
            return None
    except Exception as error:
        print(f"not read: {error!r}", file=sys.stderr)
        return None
    return mail


def _is_kind(expected: str, mail: ReadMail) -> bool:
    """`normal` is what a person or a shop wrote; `auto` any of the kinds that programs and lists send."""
    kind = sort_out(mail, IntakeContext()).kind
    kinds = {"bounce": {"bounced", "delivered"}, "auto": {"auto_reply", "mailing_list", "read_report"}}
    return kind in kinds.get(expected, {"accepted"})


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _bare(text: str) -> str:
    return "".join(text.split())


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
