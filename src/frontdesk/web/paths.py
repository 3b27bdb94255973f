"""What several layers must know about paths."""

import re

UPLOADS = re.compile(
    r"/api/v1/(?:kb/upload|chat/sessions/[^/]+/messages|portal/tickets(?:/[^/]+/messages)?)/?"
)
"""Where files are taken: forms, and larger bodies."""
WEBHOOKS = "/webhooks"
"""Under which providers call."""
