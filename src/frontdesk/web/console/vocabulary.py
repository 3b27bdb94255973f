"""The vocabulary in words: categories and sentiments in the language of whoever reads."""

import json
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Query
from pydantic import BaseModel

from frontdesk.phrases import supported_language
from frontdesk.terms import Category, Sentiment
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["figures"])

Language = Annotated[
    Literal["ru", "kk", "en"] | None, Query(alias="lang", description="Default: the desk's own language.")
]


class CategoryCard(BaseModel):
    name: Category
    title: str
    description: str
    manager_email: str


class SentimentCard(BaseModel):
    name: Sentiment
    title: str
    description: str
    score_from: float
    score_to: float


_RANGES = {Sentiment.NEGATIVE: (0.0, 0.4), Sentiment.NEUTRAL: (0.4, 0.6), Sentiment.POSITIVE: (0.6, 1.0)}


@router.get("/categories", response_model=list[CategoryCard], responses=problems())
async def categories(desk: DeskDep, caller: Staff, lang: Language = None) -> Json:
    """What messages are about, and whose they are."""
    language = supported_language(lang, desk.settings.default_language)
    managers = desk.settings.category_managers
    return Json(
        [
            {
                "name": name,
                **words()["categories"][name][language],
                "manager_email": managers.get(name, desk.settings.manager_email),
            }
            for name in Category
        ]
    )


@router.get("/sentiments", response_model=list[SentimentCard], responses=problems())
async def sentiments(desk: DeskDep, caller: Staff, lang: Language = None) -> Json:
    """How customers feel, by the score of their latest message."""
    language = supported_language(lang, desk.settings.default_language)
    return Json(
        [
            {"name": name, **words()["sentiments"][name][language], "score_from": low, "score_to": high}
            for name, (low, high) in _RANGES.items()
        ]
    )


@cache
def words() -> dict[str, Any]:
    text = files("frontdesk.web.console").joinpath("vocabulary.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))
