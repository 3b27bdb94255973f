"""The demo's tickets, as its API lists them."""

from typing import Any

from playwright.sync_api import BrowserContext


def tickets(context: BrowserContext, demo: str, **query: str) -> list[dict[str, Any]]:
    answer = context.request.get(f"{demo}/api/v1/tickets", params={"limit": "50", **query})
    return list(answer.json()["tickets"])
