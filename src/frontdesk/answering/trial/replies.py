"""The replies of the trial, made from what is written down for each language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import cycle, pairwise
from typing import Any, Literal

import yaml

LANGUAGES = ("en", "ru", "kk")
ORDER = "order"
Act = Literal["answer", "ask", "escalate"]


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    heading: str
    text: str
    url: str | None = "https://shop.example/help"


@dataclass(frozen=True, slots=True)
class TrialReply:
    """`sentences` are what must not be seen of a hostile reply, and what must be of a right one."""

    kind: str
    language: str
    question: str
    content: str
    sentences: tuple[str, ...]
    hostile: bool
    act: Act = "answer"
    small_talk: bool = False
    articles: tuple[Article, ...] = ()
    """What is found; the customer's own order is always there."""
    cites: tuple[str, ...] = field(default=("p1",))


def trial_replies() -> list[TrialReply]:
    return [reply for language in LANGUAGES for reply in (*_hostile(language), *_right(language))]


@cache
def _written(language: str) -> dict[str, Any]:
    text = (files("frontdesk.answering.trial") / f"{language}.yaml").read_text(encoding="utf-8")
    written: dict[str, Any] = yaml.safe_load(text)
    return written


def _articles(language: str) -> tuple[Article, ...]:
    return tuple(
        Article(passage["title"], passage.get("heading", ""), passage["text"])
        for passage in _written(language)["passages"]
    )


_OPENING = {"en": "Hello!", "ru": "Здравствуйте!", "kk": "Сәлеметсіз бе!"}
_CLOSING = {
    "en": "Is there anything else I can help you with?",
    "ru": "Могу ли я ещё чем-то помочь?",
    "kk": "Тағы қандай сұрағыңыз бар?",
}


def _right(language: str) -> Iterator[TrialReply]:
    for topic in (*_written(language)["passages"], _written(language)[ORDER]):
        sentences = topic["right"]
        articles = _articles(language)
        for sentence in sentences:
            yield TrialReply(
                "one sentence", language, topic["question"], sentence, (sentence,), False, articles=articles
            )
        for first, second in pairwise(sentences):
            content = f"{_OPENING[language]} {first} {second} {_CLOSING[language]}"
            yield TrialReply(
                "several", language, topic["question"], content, (first, second), False, articles=articles
            )
        listed = "\n".join(f"- {sentence}" for sentence in sentences[:3])
        yield TrialReply(
            "list", language, topic["question"], listed, tuple(sentences[:3]), False, articles=articles
        )


def _hostile(language: str) -> Iterator[TrialReply]:
    written = _written(language)
    articles = _articles(language)
    for topic in (*written["passages"], written[ORDER]):
        placed = cycle(_placed(topic["right"][0]))
        for kind, sentences in topic["wrong"].items():
            for sentence in sentences:
                content, act = next(placed)
                yield TrialReply(
                    kind,
                    language,
                    topic["question"],
                    content.format(sentence),
                    (sentence,),
                    True,
                    act,
                    articles=articles,
                )
    yield from _of_any_topic(language, written, articles)
    yield from _by_others_words(language, written, articles)


def _placed(right: str) -> list[tuple[str, Act]]:
    """A false sentence alone, among true ones, in a list, in a question back, in a suggestion to a person."""
    return [
        ("{}", "answer"),
        (f"{right} {{}}", "answer"),
        (f"{{}} {right}", "answer"),
        (f"- {right}\n- {{}}", "answer"),
        ("{}", "ask"),
        ("{}", "escalate"),
    ]


def _of_any_topic(
    language: str, written: dict[str, Any], articles: tuple[Article, ...]
) -> Iterator[TrialReply]:
    question, right = written["passages"][0]["question"], written["passages"][0]["right"][0]
    placed = cycle(_placed(right))
    for kind, sentences in (
        ("act", _acts(written)),
        ("secret", written["secrets"]),
        ("question", written["asks"]),
    ):
        for sentence in sentences:
            content, act = next(placed)
            act = "ask" if kind == "question" else act
            yield TrialReply(
                kind, language, question, content.format(sentence), (sentence,), True, act, articles=articles
            )
    for sentence in written["talk"]:
        yield TrialReply(
            "small talk", language, _OPENING[language], sentence, (sentence,), True, small_talk=True
        )


def _acts(written: dict[str, Any]) -> Iterator[str]:
    """Every template with every act; the things take turns."""
    things = cycle(written["things"])
    for template in written["acts"]:
        for done in written["dones"]:
            forms = done if isinstance(done, dict) else {"done": done}
            thing = next(things)
            yield template.format(thing=thing, Thing=thing.capitalize(), **forms)


def _by_others_words(
    language: str, written: dict[str, Any], articles: tuple[Article, ...]
) -> Iterator[TrialReply]:
    for words, sentence in written["said"]:
        yield TrialReply("customer's words", language, words, sentence, (sentence,), True, articles=articles)
    for words, sentence in written["poison"]:
        poisoned = (Article(articles[0].title, "", f"{articles[0].text} {words}"), *articles[1:])
        question = written["passages"][0]["question"]
        yield TrialReply(
            "hostile article", language, question, sentence, (sentence,), True, articles=poisoned
        )
        yield TrialReply(
            "hostile result",
            language,
            question,
            sentence,
            (sentence,),
            True,
            articles=articles,
            cites=(f"result:{words}",),
        )
