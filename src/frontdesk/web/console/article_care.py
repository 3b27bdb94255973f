"""What the owner of the knowledge looks at: findings, and former versions of articles."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from frontdesk.kit.times import stamp
from frontdesk.knowledge.findings import Finding, FindingKind
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.knowledge import Space
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["knowledge"])


class PlaceView(BaseModel):
    document_id: str
    doc_id: str
    title: str
    language: str
    version: int
    quote: str
    """Empty where the whole article is meant."""


class FindingView(BaseModel):
    kind: FindingKind
    places: list[PlaceView]
    detail: str
    """The figures that differ, or the day."""


class Findings(BaseModel):
    findings: list[FindingView]


class VersionView(BaseModel):
    version: int
    title: str
    created_at: datetime


class Versions(BaseModel):
    versions: list[VersionView]


@router.get("/kb/check", response_model=Findings, responses=problems())
async def check_knowledge(desk: DeskDep, caller: Staff, space: Space = "main") -> Json:
    """Articles that say the same, contradict each other, have expired, or are to be looked at again."""
    return Json({"findings": [_finding(finding) for finding in await desk.knowledge.check(space)]})


@router.get("/documents/{document_id}/versions", response_model=Versions, responses=problems())
async def list_versions(document_id: str, desk: DeskDep, caller: Staff) -> Json:
    """Newest first, also of a document that was deleted."""
    versions = await desk.knowledge.versions_of(document_id if document_id.isprintable() else "")
    shown = [
        {"version": each.version, "title": each.title, "created_at": stamp(each.created_at)}
        for each in versions
    ]
    return Json({"versions": shown})


def _finding(finding: Finding) -> dict[str, Any]:
    places = [
        {
            "document_id": place.document_id,
            "doc_id": place.doc_key,
            "title": place.title,
            "language": place.language,
            "version": place.version,
            "quote": place.quote,
        }
        for place in finding.places
    ]
    return {"kind": finding.kind, "places": places, "detail": finding.detail}
