"""Makes articles from files, texts and JSON lines."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from frontdesk.errors import ValidationFailed
from frontdesk.kit.text import clean, clip
from frontdesk.knowledge.analysis import LANGUAGES
from frontdesk.knowledge.days import Days, day_of
from frontdesk.knowledge.document import Article
from frontdesk.knowledge.extract import Extracted
from frontdesk.knowledge.language import detect, guess
from frontdesk.knowledge.tongues import apart

_TITLE_CHARACTERS = 300
_QUESTIONS = 50
NO_DAYS = Days()


def article_of(
    extracted: Extracted,
    *,
    doc_key: str,
    language: str | None = None,
    source: str | None = None,
    source_url: str | None = None,
    days: Days = NO_DAYS,
) -> Article:
    """An article from an extracted file; `days` go before those that the file names."""
    return article_from_text(
        doc_key, extracted.title, extracted.text,
        language=language or extracted.language, questions=extracted.questions, category=extracted.category,
        source=source, source_url=source_url, days=days.or_else(_days_of(extracted)),
    )  # fmt: skip


def _days_of(extracted: Extracted) -> Days:
    return Days(day_of(extracted.review_on or ""), day_of(extracted.expires_on or ""))


def articles_of(
    extracted: Extracted, *, doc_key: str, language: str | None = None, source: str | None = None,
    source_url: str | None = None, days: Days = NO_DAYS,
) -> list[Article]:  # fmt: skip
    """The articles of a file: one, or one for each language that it has much in, unless `language` is given.

    The longest has the key of the file, each other that key with its language: `rules.txt#kk`.
    """
    parts = [] if language else apart(extracted.title, extracted.text)
    if not parts:
        return [
            article_of(
                extracted, doc_key=doc_key, language=language, source=source, source_url=source_url, days=days
            )
        ]
    asked: dict[str, list[str]] = {part.language: [] for part in parts}
    for question in extracted.questions:
        asked.get(guess(question)[0] or "", asked[parts[0].language]).append(question)
    keys = [doc_key, *(part_key(doc_key, part.language) for part in parts[1:])]
    return [
        article_from_text(
            key, part.title, part.text,
            language=part.language, questions=asked[part.language], category=extracted.category,
            source=source, source_url=source_url, days=days.or_else(_days_of(extracted)),
        )
        for key, part in zip(keys, parts, strict=True)
    ]  # fmt: skip


def part_key(doc_key: str, language: str) -> str:
    """The key of what a file says in another language than its own."""
    return f"{doc_key}#{language}"


def article_from_text(
    doc_key: str,
    title: str,
    text: str,
    *,
    language: str | None = None,
    questions: Sequence[str] = (),
    category: str | None = None,
    source: str | None = None,
    source_url: str | None = None,
    days: Days = NO_DAYS,
) -> Article:
    """Cleaned and checked; the language is detected unless given. Raises `ValidationFailed`."""
    key, body = clean(doc_key).strip()[:500], clean(text).strip()
    if not key:
        raise ValidationFailed("the document has no id")
    if not any(character.isalnum() for character in body):
        raise ValidationFailed("the document has no text")
    name = clip(clean(title), _TITLE_CHARACTERS) or clip(body.lstrip("# \n").partition("\n")[0], 80)
    clipped = [clip(clean(question), _TITLE_CHARACTERS) for question in questions]
    return Article(
        doc_key=key,
        title=name,
        text=body,
        language=language if language in LANGUAGES else detect(f"{name}\n{body}"),
        questions=tuple(dict.fromkeys(question for question in clipped if question))[:_QUESTIONS],
        category=clip(clean(category), 100) or None if category else None,
        source=clean(source)[:1000] if source else None,
        source_url=clean(source_url)[:2000] if source_url else None,
        review_on=days.review_on,
        expires_on=days.expires_on,
    )


def articles_of_lines(lines: Iterator[str]) -> Iterator[Article]:
    """Articles of JSON lines (`doc_id, title, text`, optional `lang, questions, category, url, review_on, expires_on`).

    Raises `ValidationFailed` naming the line that is wrong.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield _article_of_record(record)
        except (ValueError, TypeError) as error:
            raise ValidationFailed(
                f"line {number} is not a JSON object with doc_id, title and text"
            ) from error
        except ValidationFailed as error:
            raise ValidationFailed(f"line {number}: {error.message}") from error


def _article_of_record(record: dict[str, Any]) -> Article:
    if not isinstance(record, dict) or "doc_id" not in record or not isinstance(record.get("text"), str):
        raise ValidationFailed("an object with doc_id, title and text is expected")
    questions = record.get("questions") or ()
    if not isinstance(questions, list | tuple):
        raise ValidationFailed("questions must be a list of texts")
    url = record.get("url") or record.get("source_url")
    return article_from_text(
        str(record["doc_id"]),
        str(record.get("title") or ""),
        record["text"],
        language=record.get("lang") or record.get("language"),
        questions=[str(question) for question in questions],
        category=str(record["category"]) if record.get("category") else None,
        source_url=str(url) if url else None,
        days=Days(_day(record, "review_on"), _day(record, "expires_on")),
    )


def _day(record: dict[str, Any], name: str) -> date | None:
    written = record.get(name)
    day = day_of(str(written)) if written else None
    if written and day is None:
        raise ValidationFailed(f"{name} is no day: write 2026-12-31")
    return day
