"""What is known by a model's name: its languages, and the prefixes of its texts."""

import re
from dataclasses import dataclass

from frontdesk.llm.embedding.port import Role

_ALL = frozenset({"ru", "kk", "en"})
_ENGLISH = frozenset({"en"})

_MULTILINGUAL = re.compile(
    r"multilingual|nomic-embed-text-v2|arctic-embed(2|-[lm]-v2)|labse|(?<![a-z])m3(?![a-z])", re.I
)
_ENGLISH_ONLY = re.compile(
    r"(?<![a-z])(en|english)(?![a-z])|all-(minilm|mpnet|distilroberta)|multi-qa-|msmarco|mxbai-embed-large"
    r"|nomic-embed-text|arctic-embed|gte-(small|base|large)|(?<![a-z])e5-(small|base|large)"
    r"|paraphrase-(minilm|mpnet|albert|distilroberta)|gtr-t5|sentence-t5",
    re.I,
)


def languages_of(model: str) -> frozenset[str]:
    """The desk's languages that a model supports, by its name; all for an unknown name."""
    if _MULTILINGUAL.search(model):
        return _ALL
    return _ENGLISH if _ENGLISH_ONLY.search(model) else _ALL


@dataclass(frozen=True, slots=True)
class Prefixes:
    query: str = ""
    passage: str = ""

    def of_role(self, role: Role) -> str:
        return self.query if role == "query" else self.passage


_TASK = "Instruct: Given a customer's question, find the passage of a help centre that answers it\nQuery: "
_SEARCH = "Represent this sentence for searching relevant passages: "

_PREFIXES: tuple[tuple[re.Pattern[str], Prefixes], ...] = (
    # From the models' cards. The first match counts: special cases come before the rule.
    (re.compile(r"(?<![a-z])e5-.*instruct|qwen3-embedding", re.I), Prefixes(query=_TASK)),
    (re.compile(r"(?<![a-z])e5-", re.I), Prefixes("query: ", "passage: ")),
    (re.compile(r"nomic-embed-text", re.I), Prefixes("search_query: ", "search_document: ")),
    (
        re.compile(r"embedding-?gemma", re.I),
        Prefixes("task: search result | query: ", "title: none | text: "),
    ),
    (re.compile(r"arctic-embed(2|-[lm]-v2)", re.I), Prefixes("query: ")),
    (re.compile(r"bge-(small|base|large)-en|mxbai-embed-large|arctic-embed", re.I), Prefixes(_SEARCH)),
)


def prefixes_of(model: str) -> Prefixes:
    """The prefixes that a model was trained with; mostly empty."""
    return next((prefixes for pattern, prefixes in _PREFIXES if pattern.search(model)), Prefixes())
