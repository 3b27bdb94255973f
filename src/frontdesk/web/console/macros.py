"""Macros: kept by managers, offered on a ticket with its own facts, and done."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from frontdesk.kit.text import clean
from frontdesk.kit.times import stamp
from frontdesk.macros import macro as macros
from frontdesk.macros.macro import Deeds, Macro, MacroFields
from frontdesk.macros.offer import Offered
from frontdesk.macros.phrases import PhraseSource
from frontdesk.macros.text import Variable
from frontdesk.terms import Category, Priority
from frontdesk.web import schemas
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.lookup import shown, ticket_id_of
from frontdesk.web.errors import problems
from frontdesk.web.fields import Assignee, GivenPriority, Name, Tag, Text, TicketName
from frontdesk.web.reply import Json

router = APIRouter(tags=["macros"])

MacroName = Annotated[str, Path(description="The macro's id.", max_length=64)]
Languages = Literal["ru", "kk", "en"]
MOST_TEXT = 5000
_EXAMPLE: JsonDict = {
    "name": "Refund is on its way",
    "category": "returns",
    "texts": {"en": "Hello {{customer.name}}, the refund for order {{order.number}} is on its way."},
    "actions": {"tags": ["refund"], "resolve": True},
}


class MacroDeeds(BaseModel):
    """What is done to the ticket once the text is sent; tags are added, `assignee` is a name or `me`."""

    model_config = ConfigDict(extra="forbid")

    tags: Annotated[list[Tag], Field(max_length=20)] = []
    assignee: Assignee | None = None
    priority: GivenPriority | None = None
    resolve: bool = False

    def deeds(self) -> Deeds:
        return Deeds(tuple(dict.fromkeys(self.tags)), self.assignee, self.priority, self.resolve)


class NewMacro(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    name: Annotated[Name, Field(max_length=100)]
    category: Category | None = None
    texts: dict[Languages, Annotated[Text, Field(max_length=MOST_TEXT)]] = {}
    actions: MacroDeeds = MacroDeeds()

    def fields(self) -> MacroFields:
        texts = {str(language): text for language, text in self.texts.items()}
        return MacroFields(self.name, self.category, texts, self.actions.deeds())


class DeedsView(BaseModel):
    tags: list[str]
    assignee: str | None
    priority: Priority | None
    resolve: bool


class MacroView(BaseModel):
    macro_id: str
    name: str
    category: str | None
    texts: dict[str, str] = Field(description="By language.")
    actions: DeedsView
    uses: int
    created_by: str
    updated_at: str


class Macros(BaseModel):
    macros: list[MacroView]
    variables: list[Variable] = Field(description="What may stand in a text between `{{` and `}}`.")


class OfferedMacro(BaseModel):
    macro_id: str
    name: str
    category: str | None
    language: str | None
    content: str = Field(
        description="With what is known of the ticket; empty where the macro only does something."
    )
    missing: list[Variable] = Field(description="Whose gaps still stand in the content.")
    actions: DeedsView


class PhraseView(BaseModel):
    text: str
    source: PhraseSource


class Phrases(BaseModel):
    phrases: list[PhraseView]


class OfferedMacros(BaseModel):
    macros: list[OfferedMacro]


@router.get("/macros", response_model=Macros, responses=problems())
async def list_macros(desk: DeskDep, caller: Staff) -> Json:
    """All of them, by name."""
    async with desk.db.reading() as conn:
        rows = await macros.every(conn)
    return Json({"macros": [_view(row) for row in rows], "variables": list(Variable)})


@router.post("/macros", status_code=201, response_model=MacroView, responses=problems(409, 413, 415))
async def add_macro(body: NewMacro, desk: DeskDep, caller: Staff) -> Json:
    """422 for an unknown variable; 409 for a name that is taken."""
    async with desk.db.transaction() as conn:
        return Json(_view(await macros.add(conn, caller.actor, body.fields())), 201)


@router.put("/macros/{macro_id}", response_model=MacroView, responses=problems(409, 413, 415))
async def change_macro(macro_id: MacroName, body: NewMacro, desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.transaction() as conn:
        return Json(_view(await macros.change(conn, caller.actor, clean(macro_id), body.fields())))


@router.delete("/macros/{macro_id}", status_code=204, response_model=None, responses=problems())
async def delete_macro(macro_id: MacroName, desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.transaction() as conn:
        await macros.delete(conn, caller.actor, clean(macro_id))
    return Json(None, 204)


@router.get("/tickets/{id}/macros", response_model=OfferedMacros, responses=problems())
async def offered_macros(
    id: TicketName,
    desk: DeskDep,
    caller: Staff,
    q: Annotated[str, Query(description="Beginnings of words of name and texts.", max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Json:
    """Those for the ticket's category and for all, in the customer's language; with `q` those of any category."""
    ticket_id = await ticket_id_of(desk, caller, id)
    rows = await desk.macro_actions.offered(caller.actor, ticket_id, clean(q), limit)
    return Json({"macros": [_offered(row) for row in rows]})


@router.get("/tickets/{id}/phrases", response_model=Phrases, responses=problems())
async def phrases(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """Sentences that may be written next, most likely first: of macros, of replies that were given to several
    customers, of articles about the matter. Asked for once; a page completes from them by itself.
    """
    ticket_id = await ticket_id_of(desk, caller, id)
    rows = await desk.phrase_actions.of(caller.actor, ticket_id)
    return Json({"phrases": [{"text": row.text, "source": row.source} for row in rows]})


@router.post("/tickets/{id}/macros/{macro_id}", response_model=schemas.Ticket, responses=problems(409))
async def do_macro(id: TicketName, macro_id: MacroName, desk: DeskDep, caller: Staff) -> Json:
    """Does what the macro does besides its text, each act as if by hand; what is so already stays."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.transaction() as conn:
        await desk.macro_actions.apply(conn, caller.actor, ticket_id, clean(macro_id))
    return Json(await shown(desk, caller, ticket_id))


def _view(row: Macro) -> dict[str, Any]:
    return {
        "macro_id": row.macro_id,
        "name": row.name,
        "category": row.category,
        "texts": row.texts,
        "actions": row.deeds.record(),
        "uses": row.uses,
        "created_by": row.created_by,
        "updated_at": stamp(row.updated_at),
    }


def _offered(row: Offered) -> dict[str, Any]:
    return {
        "macro_id": row.macro.macro_id,
        "name": row.macro.name,
        "category": row.macro.category,
        "language": row.language,
        "content": row.filled.content,
        "missing": list(row.filled.missing),
        "actions": row.macro.deeds.record(),
    }
