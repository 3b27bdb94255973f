"""Sentence vectors: the port, and the models that implement it."""

from frontdesk.llm.embedding.opening import former_embedder, open_embedder
from frontdesk.llm.embedding.port import Embedder, Matrix, Role

__all__ = ["Embedder", "Matrix", "Role", "former_embedder", "open_embedder"]
