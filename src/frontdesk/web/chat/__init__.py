"""The customer's side of the web chat: the socket, and HTTP where there is none."""

from frontdesk.web.chat.http import router as http_router
from frontdesk.web.chat.socket import PATH, chat

__all__ = ["PATH", "chat", "http_router"]
