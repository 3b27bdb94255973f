"""What the desk tells of itself, to the console and the widget."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from frontdesk import __version__
from frontdesk.desk import Desk
from frontdesk.phrases import supported_language
from frontdesk.phrases.say import Language as Spoken
from frontdesk.web.caller import DeskDep, Visitor
from frontdesk.web.console.vocabulary import Language, words
from frontdesk.web.errors import problems
from frontdesk.web.public.health import ai_mode
from frontdesk.web.reply import Json

router = APIRouter(tags=["operation"])

_LOCAL_SECONDS, _MODEL_SECONDS = 2, 10


class Ai(BaseModel):
    mode: Literal["local", "llm"]
    providers: list[str]


class About(BaseModel):
    name: str
    version: str
    default_language: str
    demo: bool
    ai: Ai
    mail: Literal["smtp", "folder"]
    single_sign_on: str | None = Field(description="What its button says; null where there is none.")
    value_currency: str = Field(description="Of customers' lifetime values.")
    warnings: list[str]
    expected_answer_seconds: int
    expected_person_seconds: int


@router.get("/desk", response_model=About, responses=problems())
async def about_this_desk(desk: DeskDep, caller: Visitor, lang: Language = None) -> Json:
    """Name, version and mode of this desk, with what its operator should know."""
    settings = desk.settings
    mode = ai_mode(desk)
    content = {
        "name": settings.desk_name,
        "single_sign_on": settings.oidc_name if desk.access.single_sign_on else None,
        "version": __version__,
        "default_language": settings.default_language,
        "demo": desk.demo,
        "ai": {"mode": mode, "providers": list(settings.providers)},
        "mail": "smtp" if settings.smtp_host else "folder",
        "value_currency": settings.value_currency.upper(),
        "warnings": _warnings(desk, supported_language(lang, settings.default_language)),
        "expected_person_seconds": desk.settings.person_answers_within * 60,
        "expected_answer_seconds": _LOCAL_SECONDS if mode == "local" else _MODEL_SECONDS,
    }
    return Json(content)


def _warnings(desk: Desk, language: Spoken) -> list[str]:
    keys = ["loopback_operator"] if desk.settings.loopback_operator else []
    if ai_mode(desk) == "local":
        keys.append("local_only")
    if not desk.settings.smtp_host:
        keys.append("mail_to_folder")
    return [words()["warnings"][key][language] for key in keys]
