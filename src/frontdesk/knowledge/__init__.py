"""The knowledge base: stores documents, finds passages."""

from frontdesk.knowledge.base import MAIN, Knowledge

__all__ = ["MAIN", "Knowledge"]
