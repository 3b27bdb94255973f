"""Writes the OpenAPI document to standard output, without a desk or a database: `python -m frontdesk.web.openapi`."""

import json
import sys

from frontdesk.channels.channel import Channels
from frontdesk.engine.rates import MemoryRates
from frontdesk.settings import Settings
from frontdesk.web.app import build_app


def document() -> str:
    """The API as every desk serves it, in the form in which the front end keeps it; the demo's own calls are left out."""
    return (
        json.dumps(
            build_app(Settings(), Channels([]), MemoryRates(), demo=False).openapi(),
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


if __name__ == "__main__":
    sys.stdout.write(document())
