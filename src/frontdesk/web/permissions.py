"""Who may ask what: every route and socket of the desk, in one table. What is not in it nobody may ask.

A row says what is needed to come in; which tickets a caller then sees, each read's scope says.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from frontdesk.access.actor import Permission


class Need(StrEnum):
    NOTHING = "nothing"
    """Open to anybody: the caller proves itself there (a token, a signature), or is told nothing."""
    SIGNED_IN = "signed_in"
    """Any person or key, whatever they may do."""
    PERSON = "person"
    """A signed-in person: what is theirs alone."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`path` as the route writes it: `{id}` stands for one part of a path, `{name:path}` for one or more parts,
    and `{rest:path}` for whatever files a page has.

    Of a set of permissions each is needed.
    """

    method: str
    path: str
    need: Need | frozenset[Permission]


_API: Final = "/api/v1"
_READ: Final = frozenset({Permission.TICKETS_READ})
_SUBMIT: Final = frozenset({Permission.TICKETS_WRITE})
_WRITE: Final = _READ | _SUBMIT
"""What is changed is shown in the answer."""
_KB: Final = frozenset({Permission.KB_WRITE})
_FIGURES: Final = frozenset({Permission.ANALYTICS_READ})
_ADMIN: Final = frozenset({Permission.ADMIN})
SOCKET: Final = "SOCKET"

RULES: Final = (
    Rule("GET", "/", Need.NOTHING),
    Rule("GET", "/health", Need.NOTHING),
    Rule("GET", "/ready", Need.NOTHING),
    Rule("GET", "/metrics", _ADMIN),
    Rule("GET", "/openapi.json", Need.SIGNED_IN),
    Rule("GET", "/docs", Need.SIGNED_IN),
    Rule("GET", "/docs/{name}", Need.SIGNED_IN),
    Rule("GET", "/redoc", Need.SIGNED_IN),
    Rule("GET", "/console{rest:path}", Need.NOTHING),
    Rule("GET", "/portal{rest:path}", Need.NOTHING),
    Rule("GET", "/shop{rest:path}", Need.NOTHING),
    Rule("GET", "/widget{rest:path}", Need.NOTHING),
    Rule("GET", "/widget.js", Need.NOTHING),
    Rule("GET", "/act/{token}", Need.NOTHING),
    Rule("POST", "/act/{token}", Need.NOTHING),
    Rule("GET", "/webhooks/{provider}/{account}", Need.NOTHING),
    Rule("POST", "/webhooks/{provider}/{account}", Need.NOTHING),
    Rule(SOCKET, "/ws", Need.NOTHING),
    Rule(SOCKET, f"{_API}/live", _READ),
    Rule("GET", f"{_API}/desk", Need.NOTHING),
    Rule("GET", f"{_API}/demo/customers", Need.NOTHING),
    Rule("POST", f"{_API}/sessions", Need.NOTHING),
    Rule("PATCH", f"{_API}/sessions/{{session_id}}", Need.NOTHING),
    Rule("GET", f"{_API}/chat/sessions/{{session_id}}/messages", Need.NOTHING),
    Rule("POST", f"{_API}/chat/sessions/{{session_id}}/messages", Need.NOTHING),
    Rule("POST", f"{_API}/portal/links", Need.NOTHING),
    Rule("GET", f"{_API}/portal/session", Need.NOTHING),
    Rule("POST", f"{_API}/portal/session", Need.NOTHING),
    Rule("DELETE", f"{_API}/portal/session", Need.NOTHING),
    Rule("GET", f"{_API}/portal/tickets", Need.NOTHING),
    Rule("POST", f"{_API}/portal/tickets", Need.NOTHING),
    Rule("GET", f"{_API}/portal/tickets/{{id}}", Need.NOTHING),
    Rule("POST", f"{_API}/portal/tickets/{{id}}/messages", Need.NOTHING),
    Rule("GET", f"{_API}/portal/attachments/{{attachment_id}}", Need.NOTHING),
    Rule("GET", f"{_API}/tickets", _READ),
    Rule("POST", f"{_API}/tickets", _SUBMIT),
    Rule("POST", f"{_API}/tickets/bulk", _WRITE),
    Rule("GET", f"{_API}/tickets/{{id}}", _READ),
    Rule("PATCH", f"{_API}/tickets/{{id}}", _WRITE),
    Rule("GET", f"{_API}/tickets/{{id}}/messages", _READ),
    Rule("POST", f"{_API}/tickets/{{id}}/messages", _WRITE),
    Rule("GET", f"{_API}/tickets/{{id}}/reach", _READ),
    Rule("POST", f"{_API}/tickets/{{id}}/messages/{{message_id}}/resend", _WRITE),
    Rule("GET", f"{_API}/channels/{{channel}}/{{account}}/templates", _READ),
    Rule("POST", f"{_API}/tickets/{{id}}/takeover", _WRITE),
    Rule("POST", f"{_API}/tickets/{{id}}/handback", _WRITE),
    Rule("POST", f"{_API}/tickets/{{id}}/snooze", _WRITE),
    Rule("DELETE", f"{_API}/tickets/{{id}}/snooze", _WRITE),
    Rule("GET", f"{_API}/tickets/{{id}}/macros", _READ),
    Rule("GET", f"{_API}/tickets/{{id}}/phrases", _READ),
    Rule("POST", f"{_API}/tickets/{{id}}/macros/{{macro_id}}", _WRITE),
    Rule("GET", f"{_API}/topic-alerts", _READ),
    Rule("PUT", f"{_API}/topic-alerts", _READ),
    Rule("GET", f"{_API}/macros", Need.SIGNED_IN),
    Rule("POST", f"{_API}/macros", _KB),
    Rule("PUT", f"{_API}/macros/{{macro_id}}", _KB),
    Rule("DELETE", f"{_API}/macros/{{macro_id}}", _KB),
    Rule("GET", f"{_API}/tickets/{{id}}/timeline", _READ),
    Rule("GET", f"{_API}/tickets/{{id}}/escalations", _READ),
    Rule("GET", f"{_API}/tickets/{{id}}/score-breakdown", _READ),
    Rule("GET", f"{_API}/tickets/{{id}}/actions", _READ),
    Rule("POST", f"{_API}/actions/{{id}}/approve", _WRITE),
    Rule("POST", f"{_API}/actions/{{id}}/reject", _WRITE),
    Rule("GET", f"{_API}/attachments/{{attachment_id}}", _READ),
    Rule("GET", f"{_API}/mails/{{escalation_id}}.html", _READ),
    Rule("GET", f"{_API}/ai/tickets/{{id}}/draft-response", _READ),
    Rule("POST", f"{_API}/ai/tickets/{{id}}/draft-response", _WRITE),
    Rule("POST", f"{_API}/ai/respond", _WRITE),
    Rule("POST", f"{_API}/notify", _WRITE),
    Rule("POST", f"{_API}/kb/upload", _KB),
    Rule("GET", f"{_API}/kb/search", Need.SIGNED_IN),
    Rule("GET", f"{_API}/kb/check", _KB),
    Rule("GET", f"{_API}/documents/{{document_id}}/versions", Need.SIGNED_IN),
    Rule("GET", f"{_API}/documents", Need.SIGNED_IN),
    Rule("GET", f"{_API}/documents/{{document_id:path}}", Need.SIGNED_IN),
    Rule("DELETE", f"{_API}/documents/{{document_id}}", _KB),
    Rule("GET", f"{_API}/classifiers", _FIGURES),
    Rule("POST", f"{_API}/classifiers/{{task}}/train", _ADMIN),
    Rule("POST", f"{_API}/classifiers/{{task}}/promote", _ADMIN),
    Rule("POST", f"{_API}/classifiers/{{task}}/rollback", _ADMIN),
    Rule("GET", f"{_API}/analytics/summary", _FIGURES),
    Rule("GET", f"{_API}/categories", Need.SIGNED_IN),
    Rule("GET", f"{_API}/sentiments", Need.SIGNED_IN),
    Rule("GET", f"{_API}/channels", Need.SIGNED_IN),
    Rule("GET", f"{_API}/channels/set-aside", _ADMIN),
    Rule("POST", f"{_API}/channels/set-aside/events/{{event_id}}/retry", _ADMIN),
    Rule("POST", f"{_API}/channels/set-aside/deliveries/{{delivery_id}}/retry", _ADMIN),
    Rule("POST", f"{_API}/auth/sign-in", Need.NOTHING),
    Rule("POST", f"{_API}/auth/code", Need.NOTHING),
    Rule("POST", f"{_API}/auth/passkey", Need.NOTHING),
    Rule("POST", f"{_API}/auth/passkey/options", Need.NOTHING),
    Rule("POST", f"{_API}/auth/link", Need.NOTHING),
    Rule("GET", f"{_API}/auth/oidc/start", Need.NOTHING),
    Rule("GET", f"{_API}/auth/oidc/callback", Need.NOTHING),
    Rule("POST", f"{_API}/auth/password", Need.NOTHING),
    Rule("POST", f"{_API}/auth/forgotten", Need.NOTHING),
    Rule("POST", f"{_API}/auth/first-admin", Need.NOTHING),
    Rule("POST", f"{_API}/auth/refresh", Need.NOTHING),
    Rule("POST", f"{_API}/auth/sign-out", Need.NOTHING),
    Rule("GET", f"{_API}/auth/me", Need.SIGNED_IN),
    Rule("POST", f"{_API}/auth/me/password", Need.PERSON),
    Rule("GET", f"{_API}/auth/me/sessions", Need.PERSON),
    Rule("DELETE", f"{_API}/auth/me/sessions/{{session_id}}", Need.PERSON),
    Rule("POST", f"{_API}/auth/me/totp", Need.PERSON),
    Rule("PUT", f"{_API}/auth/me/totp", Need.PERSON),
    Rule("DELETE", f"{_API}/auth/me/totp", Need.PERSON),
    Rule("GET", f"{_API}/audit", _ADMIN),
    Rule("GET", f"{_API}/audit/export", _ADMIN),
    Rule("GET", f"{_API}/customers/{{id}}/export", _ADMIN),
    Rule("POST", f"{_API}/customers/{{id}}/erase", _ADMIN),
    Rule("GET", f"{_API}/auth/me/passkeys", Need.PERSON),
    Rule("POST", f"{_API}/auth/me/passkeys", Need.PERSON),
    Rule("POST", f"{_API}/auth/me/passkeys/options", Need.PERSON),
    Rule("DELETE", f"{_API}/auth/me/passkeys/{{passkey_id}}", Need.PERSON),
    Rule("GET", f"{_API}/people", _ADMIN),
    Rule("POST", f"{_API}/people", _ADMIN),
    Rule("PATCH", f"{_API}/people/{{person_id}}", _ADMIN),
    Rule("POST", f"{_API}/people/{{person_id}}/invitation", _ADMIN),
    Rule("GET", f"{_API}/people/{{person_id}}/sessions", _ADMIN),
    Rule("DELETE", f"{_API}/people/{{person_id}}/sessions", _ADMIN),
    Rule("DELETE", f"{_API}/people/{{person_id}}/second-factors", _ADMIN),
    Rule("GET", f"{_API}/keys", _ADMIN),
    Rule("POST", f"{_API}/keys", _ADMIN),
    Rule("DELETE", f"{_API}/keys/{{key_id}}", _ADMIN),
)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join(map(_piece, re.split(r"(\{[^}]+\})", path))))


def _piece(piece: str) -> str:
    if piece == "{rest:path}":
        return r"(?:/.*)?"
    if piece.endswith(":path}"):
        return r".+"
    return r"[^/]+" if piece.startswith("{") else re.escape(piece)


_PATTERNS: Final = tuple((_pattern(rule.path), rule) for rule in RULES)


@lru_cache(maxsize=1024)
def rules_of(path: str) -> dict[str, Rule]:
    """The rules of a path by method; empty where the desk has nothing there."""
    by_method: dict[str, Rule] = {}
    for pattern, rule in _PATTERNS:
        if pattern.fullmatch(path):
            by_method.setdefault(rule.method, rule)
    return by_method
