"""Every table of the schema, and what of it is personal; a test fails where a table or a text column is missing.

A new table that holds anything of customers is one entry here: export, report and erasure follow by themselves.
"""

from typing import Final, LiteralString

from frontdesk.privacy.place import Erasing, Kind, Nothing, Personal, Place

_OF_TICKET: LiteralString = "r.ticket_id = any(%(tickets)s)"
_OF_MESSAGE: LiteralString = "r.message_id = any(%(messages)s)"
_FIGURES: LiteralString = """
    case when r.ai is null then null else (select jsonb_object_agg(key, value) from jsonb_each(r.ai) where key in (
        'provider', 'model', 'prompt_version', 'confidence', 'cost', 'input_tokens', 'output_tokens', 'latency_ms',
        'decision')) end
"""

PLACES: Final[dict[LiteralString, Place]] = {
    "customer": Personal(
        Kind.CUSTOMER,
        "r.customer_id = any(%(customers)s)",
        Erasing.DELETED,
        ("customer_id", "name", "email", "phone", "locale", "vip", "ltv", "churn_risk", "created_at"),
        hidden=("words",),
    ),
    "shop_order": Personal(
        Kind.ORDERS,
        "r.customer_id = any(%(customers)s)",
        Erasing.DELETED,
        (
            "number", "customer_id", "status", "placed_at", "eta", "city", "total", "currency", "payment",
            "carrier", "tracking_number", "lines", "events",
        ),
    ),
    "conversation": Personal(
        Kind.CONVERSATIONS,
        "r.conversation_id = any(%(conversations)s)",
        Erasing.ELSEWHERE,  # tickets that stay move to a nameless conversation first
        (
            "conversation_id", "channel", "account", "address", "thread", "customer_id", "proof", "locale",
            "created_at", "last_inbound_at", "unreachable", "claimed",
        ),
        hidden=("words",),
    ),
    "session": Personal(
        Kind.SESSIONS,
        "r.session_id = any(%(sessions)s)",
        Erasing.DELETED,
        (
            "session_id", "conversation_id", "customer_id", "name", "email", "phone", "proof", "locale",
            "created_at", "expires_at",
        ),
        hidden=("token_hash",),
    ),
    "portal_session": Personal(
        Kind.SESSIONS,
        "r.session_id = any(%(sessions)s)",
        Erasing.DELETED,
        ("session_id", "email", "locale", "asked_at", "opened_at", "expires_at"),
        hidden=("token_hash",),
    ),
    "ticket": Personal(
        Kind.TICKETS,
        _OF_TICKET,
        Erasing.ELSEWHERE,  # by the one door of tickets
        (
            "ticket_id", "number", "conversation_id", "customer_id", "previous_id", "subject", "channel",
            "status", "owner", "priority", "category", "intent", "sentiment_score", "risk", "difficulty",
            "confidence", "language", "tags", "summary", "suggested_reply", "escalated_at", "escalation_reason",
            "resolved_at", "created_at", "updated_at", "erased_at", "snoozed_until", "snooze_note",
        ),
        hidden=("priority_set_by", "category_set_by", "assignee", "words"),
    ),
    "ticket_event": Personal(
        Kind.ENTRIES,
        _OF_TICKET,
        Erasing.ELSEWHERE,  # by the one door of tickets
        ("ticket_id", "type", "actor_kind", "message_id", "data", "created_at"),
        hidden=("actor", "actor_id"),
    ),
    "message": Personal(
        Kind.MESSAGES,
        _OF_MESSAGE,
        Erasing.EMPTIED,
        (
            "message_id", "ticket_id", "seq", "sender_type", "sender_name", "kind", "content", "channel",
            "delivery_state", "client_msg_id", "ai", "reading", "payload", "wire", "reactions", "to_assistant",
            "created_at", "edited_at", "deleted_at",
        ),
        hidden=("request_id", "words"),
        emptied={
            "sender_name": "null",
            "content": "''",
            "client_msg_id": "null",
            "event_id": "null",
            "request_id": "null",
            "ai": _FIGURES,
            "reading": "null",
            "payload": "null",
            "wire": "null",
            "reactions": "'{}'",
            "words": "''",
        },
    ),
    "attachment": Personal(
        Kind.ATTACHMENTS,
        _OF_MESSAGE,
        Erasing.DELETED,
        ("attachment_id", "message_id", "filename", "content_type", "size", "text", "failure"),
        hidden=("blob_key", "remote"),
    ),
    "outbox": Personal(
        Kind.SENDS,
        _OF_MESSAGE,
        Erasing.DELETED,
        ("message_id", "conversation_id", "state", "options", "created_at", "sent_at"),
        hidden=("external_id", "last_error"),
    ),
    "send_attempt": Personal(
        Kind.SENDS, _OF_MESSAGE, Erasing.DELETED, ("message_id", "started_at", "ended_at", "outcome", "error")
    ),
    "sent_part": Personal(
        Kind.SENDS,
        _OF_MESSAGE,
        Erasing.DELETED,
        ("channel", "account", "external_id", "message_id", "part", "state", "error", "changed_at"),
    ),
    "escalation": Personal(
        Kind.MAILS,
        _OF_TICKET,
        Erasing.EMPTIED,
        (
            "escalation_id", "ticket_id", "reason", "reason_text", "note", "created_at", "mail_state",
            "mail_subject", "mail_text", "mail_html", "mailed_at",
        ),
        hidden=("request", "mail_to", "mail_error"),
        emptied={
            "reason_text": "''",
            "note": "null",
            "mail_subject": "null",
            "mail_text": "null",
            "mail_html": "null",
            "mail_error": "null",
            "mail_state": "case when r.mail_state in ('queued', 'sending') then 'parked' else r.mail_state end",
        },
    ),
    "reply_draft": Personal(
        Kind.DRAFTS, _OF_TICKET, Erasing.DELETED, ("ticket_id", "seq", "draft", "created_at")
    ),
    "action": Personal(
        Kind.ACTIONS,
        _OF_TICKET,
        Erasing.DELETED,
        (
            "action_id", "ticket_id", "tool", "input", "summary", "state", "result", "error", "created_at",
            "decided_at", "ended_at",
        ),
        hidden=("idempotency_key", "digest", "approved_digest", "decided_by"),
    ),
    "correction": Personal(
        Kind.LEARNING,
        _OF_TICKET,
        Erasing.DELETED,
        ("ticket_id", "field", "was", "became", "text", "language", "corrected_at"),
        hidden=("corrected_by",),
    ),
    "raw_event": Personal(
        Kind.RAW_EVENTS,
        "r.event_id = any(%(raw_events)s)",
        Erasing.DELETED,
        ("event_id", "conversation_id", "ticket_id", "body", "received_at", "recorded_at"),
        hidden=("failure",),
    ),
    "raw_delivery": Personal(
        Kind.DELIVERIES,
        "r.delivery_id = any(%(deliveries)s)",
        Erasing.DELETED,
        ("delivery_id", "source", "content_type", "events", "received_at"),
        hidden=("url", "digest", "body", "failure"),  # the bytes may hold events of others
    ),
    "event_key": Personal(
        Kind.EVENT_KEYS,
        "r.event_id = any(%(event_ids)s)",
        Erasing.EMPTIED,  # a digest stays, by which a repetition is known
        ("channel", "account", "kind", "external_id", "seen_at"),
        hidden=("fingerprint",),
        emptied={
            "external_id": (
                "case when r.external_id like 'erased:%%' then r.external_id"
                " else 'erased:' || encode(sha256(convert_to(r.external_id, 'UTF8')), 'hex') end"
            ),
            "fingerprint": "null",
        },
    ),
    "idempotency": Personal(
        Kind.REQUESTS,
        "exists (select from unnest(%(needles)s::text[]) n where strpos(r.path, n) > 0 or strpos(r.caller, n) > 0"
        " or position(convert_to(n, 'UTF8') in coalesce(r.response, '')) > 0)",
        Erasing.DELETED,
        ("path", "status", "created_at"),
        hidden=("caller", "key", "fingerprint", "response"),
    ),
    "audit_entry": Personal(
        Kind.AUDIT,
        "r.object_kind = 'ticket' and r.object_id = any(%(tickets)s) and r.actor_kind in ('ai', 'system', 'rule')"
        " and r.personal is not null",
        Erasing.ELSEWHERE,  # by the function that the log's trigger knows
        ("at", "actor_kind", "action", "object_kind", "object_id", "changes"),
        hidden=("actor_id", "personal", "mark", "hash"),
    ),
    "lane": Personal(
        Kind.LANES,
        "r.key = any(%(lanes)s)",
        Erasing.ELSEWHERE,  # they are held meanwhile
        (),
        hidden=("key", "kind", "last_error", "flow"),
    ),
    "alembic_version": Nothing("the schema's revision", ("version_num",)),
    "api_key": Nothing("programs' keys", ("key_id", "name", "secret_hash", "scopes")),
    "audit_head": Nothing("hashes of the audit log", ("hash", "base_hash", "seal")),
    "chunk": Nothing("articles, which are published", ("document_id", "heading", "text", "stems")),
    "desk_fact": Nothing("what the desk remembers of itself", ("name", "value")),
    "document": Nothing(
        "articles, which are published",
        (
            "document_id", "space", "doc_key", "title", "language", "source", "source_url", "category",
            "questions", "content_hash",
        ),
    ),
    "document_version": Nothing(
        "articles as they were, which were published",
        (
            "document_id", "space", "doc_key", "title", "language", "source", "source_url", "category",
            "questions", "chunks",
        ),
    ),
    "doomed_file": Nothing("names of files that are about to be removed", ("kind", "name")),
    "embedding": Nothing("vectors of articles", ("model", "v")),
    "embedding_model": Nothing("names of models", ("model",)),
    "knowledge_space": Nothing("names of corpora", ("space",)),
    "log_cursor": Nothing("how far followers are", ("consumer",)),
    "macro": Nothing("staff's ready texts", ("macro_id", "name", "category", "texts", "actions", "created_by")),
    "model_version": Nothing(
        "classifiers; those that learned from erased words are deleted with them (`unlearn.py`)",
        ("task", "state", "made_from", "labels", "measured", "weights"),
    ),
    "one_time_token": Nothing("links for staff", ("token_hash", "purpose", "person_id", "data")),
    "passkey": Nothing("staff's second factors", ("credential_id", "person_id", "public_key", "name")),
    "person": Nothing(
        "staff, who are no customers",
        (
            "person_id", "email", "name", "role", "categories", "channels", "password_hash", "totp_key",
            "oidc_subject",
        ),
    ),
    "channel_health": Nothing("how a provider said that an account is", ("channel", "account", "state", "report")),
    "poll_cursor": Nothing("how far a channel account was read", ("source", "cursor")),
    "refresh_token": Nothing("staff's sessions", ("token_hash", "session_id")),
    "sign_in": Nothing("staff's sessions", ("session_id", "person_id", "network", "agent")),
    "sign_in_failure": Nothing("attempts to sign in as staff", ("subject",)),
    "topic_alert": Nothing("what staff watch for", ("owner", "phrase")),
    "ticket_count": Nothing("how many tickets there are of each kind", ("status", "channel", "category")),
    "used_link": Nothing("digests of links that were used", ("seal",)),
}  # fmt: skip
"""In the order in which rows are deleted: what refers to a row comes with or before it in `erase.py`."""

DELETE_ORDER: Final[tuple[LiteralString, ...]] = (
    "send_attempt",
    "sent_part",
    "outbox",
    "attachment",
    "reply_draft",
    "action",
    "correction",
    "raw_event",
    "raw_delivery",
    "idempotency",
    "session",
    "portal_session",
)
"""Before messages are emptied and tickets move."""
LAST: Final[tuple[LiteralString, ...]] = ("shop_order", "customer")
"""After nothing refers to the customer any more."""


def personal() -> dict[LiteralString, Personal]:
    return {name: place for name, place in PLACES.items() if isinstance(place, Personal)}
