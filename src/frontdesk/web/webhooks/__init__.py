"""Where providers call: public, proven by their signatures."""

from frontdesk.web.webhooks.routes import router

__all__ = ["router"]
