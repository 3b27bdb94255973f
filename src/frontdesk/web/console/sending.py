"""What can be sent to a customer now: the reply window, templates, and what could not be sent, tried again."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from frontdesk.channels.channel import Templated
from frontdesk.delivery import outbox
from frontdesk.delivery.reach import reach
from frontdesk.errors import NotFound, PermanentError, Unavailable
from frontdesk.kit.times import stamp
from frontdesk.terms import ChannelName, MessageId
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import ticket
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.lookup import ticket_id_of
from frontdesk.web.errors import problems
from frontdesk.web.fields import TicketName
from frontdesk.web.reply import Json

router = APIRouter(tags=["conversation"])

Account = Annotated[str, Path(min_length=1, max_length=200)]
MessageName = Annotated[str, Path(min_length=1, max_length=200)]


class ParkedMessage(BaseModel):
    message_id: str
    reason: str = Field(description="Why it could not be sent, in English, with the provider's code.")


class TicketReach(BaseModel):
    account: str
    open: bool = Field(description="Whether free text may be sent now.")
    window_closes_at: datetime | None = Field(
        description="Until when a person may send free text; null where the channel has no window."
    )
    hindrance: str | None = Field(description="Why nothing can be sent at all, in English.")
    templates: bool = Field(description="Whether an approved template may be sent, whatever the window.")
    parked: list[ParkedMessage]


class MessageTemplate(BaseModel):
    name: str
    language: str
    title: str
    text: str = Field(description="With its gaps as `{{1}}`, `{{2}}` ...")
    gaps: int


class TemplateList(BaseModel):
    templates: list[MessageTemplate]


class Resent(BaseModel):
    status: str


@router.get("/tickets/{id}/reach", response_model=TicketReach, responses=problems())
async def ticket_reach(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """Whether the customer can be written to now, until when, and what of ours is set aside unsent."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.connection() as conn:
        now = await ticket.get(conn, ticket_id, caller.scope)
        conversation = await conversations.get(conn, now.conversation_id)
        parked = await outbox.why_parked(conn, ticket_id, caller.scope)
    if conversation is None:
        raise NotFound("there is no such ticket")
    channel = desk.channels.find(conversation.channel, conversation.account)
    state = reach(conversation, channel.capabilities if channel else None, datetime.now(UTC))
    content = {
        "account": conversation.account,
        "open": state.is_open,
        "window_closes_at": stamp(state.window_closes_at) if state.window_closes_at else None,
        "hindrance": state.hindrance,
        "templates": state.templates,
        "parked": [{"message_id": message_id, "reason": reason} for message_id, reason in parked.items()],
    }
    return Json(content)


@router.post(
    "/tickets/{id}/messages/{message_id}/resend",
    status_code=202,
    response_model=Resent,
    responses=problems(409),
)
async def resend_message(id: TicketName, message_id: MessageName, desk: DeskDep, caller: Staff) -> Json:
    """Try a message again that was set aside: from its first part that did not go out."""
    if not message_id.isprintable():
        raise NotFound("there is no such message")
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.resend(conn, caller.actor, ticket_id, MessageId(message_id))
    return Json({"status": "queued"}, 202)


@router.get("/channels/{channel}/{account}/templates", response_model=TemplateList, responses=problems())
async def message_templates(channel: ChannelName, account: Account, desk: DeskDep, caller: Staff) -> Json:
    """The templates that the provider has approved; none where the channel has no such thing."""
    source = desk.channels.get(channel, account)
    if not isinstance(source, Templated):
        return Json({"templates": []})
    try:
        approved = await source.templates()
    except PermanentError as error:
        raise Unavailable(error.message) from None
    rows = [
        {
            "name": template.name,
            "language": template.language,
            "title": template.title,
            "text": template.text,
            "gaps": template.gaps,
        }
        for template in approved
    ]
    return Json({"templates": rows})
