"""What the desk knows: documents in, passages out."""

from frontdesk.knowledge.base import MAIN, Knowledge

__all__ = ["MAIN", "Knowledge"]
