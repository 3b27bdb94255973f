"""The figures of the desk."""

from fastapi import APIRouter
from pydantic import BaseModel

from frontdesk.insights.summary import summary
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["figures"])


class Resolution(BaseModel):
    ai_answered: int
    escalated: int
    resolved: int
    resolved_without_person: int
    escalation_rate: float | None
    resolved_without_person_rate: float | None


class ResponseTime(BaseModel):
    answered: int
    first_response_seconds_avg: float | None
    first_response_seconds_p50: float | None
    first_response_seconds_p95: float | None
    ai_seconds_p50: float | None
    ai_seconds_p95: float | None


class Cost(BaseModel):
    total_usd: float
    per_ticket_usd: float | None
    ai_replies: int
    input_tokens: int
    output_tokens: int


class Summary(BaseModel):
    total_tickets: int
    avg_risk: float
    high_risk_count: int
    by_category: dict[str, int]
    by_sentiment: dict[str, int]
    by_status: dict[str, int]
    by_channel: dict[str, int]
    resolution: Resolution
    response_time: ResponseTime
    cost: Cost


@router.get("/analytics/summary", response_model=Summary, responses=problems())
async def analytics_summary(desk: DeskDep, caller: Staff) -> Json:
    """How many, how risky, who answered, how fast, at what price."""
    async with desk.db.reading() as conn:
        return Json(await summary(conn, caller.scope))
