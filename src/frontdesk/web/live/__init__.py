"""Live views: what happens is shown as it happens, over one socket."""

from frontdesk.web.live.console import router

__all__ = ["router"]
