"""The JSON of answers, as OpenAPI tells it; `shapes` makes it."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from frontdesk.access.actor import ActorKind
from frontdesk.terms import (
    ChannelName,
    DeliveryState,
    Difficulty,
    EscalationReason,
    Owner,
    Priority,
    Proof,
    SenderType,
    Sentiment,
    TicketStatus,
)
from frontdesk.tickets.action import ActionState
from frontdesk.tickets.decision import ProofKind
from frontdesk.tickets.rationale import RationaleCode


class Pagination(BaseModel):
    page: int
    limit: int
    total: int
    has_next: bool
    has_prev: bool
    next_cursor: str | None


class CustomerCard(BaseModel):
    customer_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    vip: bool
    ltv: float
    churn_risk: float


class Ticket(BaseModel):
    ticket_id: str
    ticket_number: str = Field(examples=["T-000123"])
    subject: str
    status: TicketStatus
    channel: ChannelName
    priority: Priority
    category: str | None
    intent: str | None
    sentiment: Sentiment
    sentiment_score: float
    risk: float
    difficulty: Difficulty
    confidence: float | None
    language: str | None
    tags: list[str]
    summary: str
    suggested_reply: str
    customer_id: str | None
    customer: CustomerCard
    assignee: str | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    snooze_note: str
    created_at: datetime
    updated_at: datetime
    escalated_at: datetime | None
    escalation_reason: EscalationReason | None
    last_event_id: str | None
    smart_score: float
    matches_topic_alert: bool
    ai_state: Literal["idle", "working", "silent"]
    owner: Owner
    identity_proof: Proof
    preview: str | None
    message_count: int
    previous_ticket_id: str | None


class Groups(BaseModel):
    needs_you: int = Field(description="Tickets in which a person owes the next move.")
    ai: int = Field(description="The others: the AI's turn, or the customer's.")


class TicketPage(BaseModel):
    tickets: list[Ticket]
    pagination: Pagination
    topic_alerts_active: list[str]
    matches: int = Field(description="Tickets in all pages in which a topic alert stands.")
    groups: Groups = Field(description="How many fit the filters, whatever `group` asked for.")
    snoozed: int = Field(description="Tickets that were put off, whatever the filters.")


class Accepted(BaseModel):
    event_id: str
    ticket_id: str
    ticket_number: str
    message: str
    status: Literal["pending"]


class Attachment(BaseModel):
    attachment_id: str
    filename: str
    content_type: str
    size: int
    url: str
    text: str | None = Field(None, description="What was read from the file.")
    failure: str | None = Field(None, description="Why it could not be fetched or read.")


class Source(BaseModel):
    doc_id: str
    title: str
    heading: str
    quote: str
    score: float
    url: str | None
    document_id: str | None = None
    version: int | None = None
    """Of the article: `GET /documents/{document_id}?version=` shows what was cited, also when it has changed since."""


class RationaleView(BaseModel):
    code: RationaleCode
    values: dict[str, str] = Field(examples=[{"title": "Delivery times"}])


class SentenceProof(BaseModel):
    sentence: str
    kind: ProofKind
    doc_id: str | None = Field(description="What bears it; null for what asserts nothing.")
    heading: str | None
    quote: str | None = Field(description="The words of the source that bear it.")
    document_id: str | None
    version: int | None = Field(description="Of the document, as it was read.")
    own_words: bool = Field(description="False for the source's own sentence in the place of one not borne.")


class AiDetails(BaseModel):
    provider: str | None
    model: str | None
    prompt_version: str | None
    confidence: float | None
    sources: list[Source]
    cost: str | None = Field(description="US dollars, a decimal number; null where the price is not known.")
    reasoning: str | None
    rationale: list[RationaleView] = Field(
        description="The reasoning by code, to be shown in the reader's language; empty where a model used own words."
    )
    proof: list[SentenceProof] = Field(description="Sentence by sentence, what bears the message.")
    decision: Literal["answer", "ask", "escalate"] | None
    latency_ms: int | None


class Message(BaseModel):
    message_id: str
    ticket_id: str
    seq: int
    sender_type: SenderType
    sender_name: str | None
    kind: Literal["text", "note"]
    content: str
    attachments: list[Attachment]
    channel: ChannelName
    delivery_state: DeliveryState
    payload: str | None = Field(None, description="What a pressed button had been sent with.")
    edited_at: datetime | None = None
    deleted_at: datetime | None = Field(
        None, description="The customer took it back: the AI does not see it."
    )
    reactions: dict[str, str] = Field({}, description="Emoji by the address of who reacted.")
    reading: dict[str, Any] | None = Field(description="The analysis of a customer's message.")
    ai: AiDetails | None
    created_at: datetime


class MessagePage(BaseModel):
    messages: list[Message]
    has_more: bool


class TimelineEvent(BaseModel):
    event_id: str
    ticket_id: str
    type: str
    actor: str
    actor_kind: ActorKind
    data: dict[str, Any]
    created_at: datetime


class Timeline(BaseModel):
    events: list[TimelineEvent]


class Action(BaseModel):
    action_id: str
    ticket_id: str
    tool: str
    input: dict[str, Any]
    summary: str
    state: ActionState
    digest: str
    decided_by: str | None
    attempts: int
    result: dict[str, Any] | None
    error: str | None
    created_at: datetime
    decided_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class Actions(BaseModel):
    actions: list[Action]


class Mail(BaseModel):
    state: Literal["queued", "sent", "saved", "parked"]
    to: str
    subject: str | None
    text: str | None
    html_url: str | None
    error: str | None


class Escalation(BaseModel):
    escalation_id: str
    reason: EscalationReason
    reason_text: str
    created_at: datetime
    mail: Mail


class Escalations(BaseModel):
    escalations: list[Escalation]


class ScoreComponents(BaseModel):
    churn_risk: float
    customer_value: float
    urgency: float
    age: float
    difficulty: float
    sentiment: float
    topic_alert: float
    sla: float
    safety: float


class ScoreCustomer(BaseModel):
    ltv: float
    churn_risk: float


class ScoreTicket(BaseModel):
    priority: Priority
    age_hours: float


class ScoreWeights(BaseModel):
    churn_weight: float
    value_weight: float
    urgency_weight: float
    topic_alert_boost: float


class ScoreBreakdown(BaseModel):
    total_score: float
    components: ScoreComponents
    customer: ScoreCustomer
    ticket: ScoreTicket
    weights: ScoreWeights


class BulkResult(BaseModel):
    ticket_id: str = Field(description="As it was asked for.")
    ok: bool
    ticket: Ticket | None
    error: dict[str, Any] | None


class BulkResults(BaseModel):
    results: list[BulkResult]
