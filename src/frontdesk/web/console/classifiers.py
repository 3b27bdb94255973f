"""What local intelligence learned: versions of the classifiers, and the corrections that they learn from."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from frontdesk.errors import Conflict, NotFound
from frontdesk.kit.times import stamp
from frontdesk.terms import LaneKind
from frontdesk.understanding.learning import corrections, versions
from frontdesk.understanding.learning.corrections import FEWEST, FIELDS
from frontdesk.understanding.learning.versions import Version
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(prefix="/classifiers", tags=["local intelligence"])

TaskName = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$", examples=["category"])]


class ClassifierVersion(BaseModel):
    number: int
    state: str = Field(examples=["promoted"])
    made_from: str
    examples: int
    labels: list[str]
    measured: dict[str, Any]
    created_at: datetime


class Task(BaseModel):
    """A version of 0 is what ships with the package."""

    task: str
    in_use: int | None = Field(description="null: nothing is promoted")
    back_to: int | None = Field(
        description="What rolling back would put in use; null: there is nothing before"
    )
    corrections: int
    new_corrections: int = Field(description="Those since it last learned from corrections")
    needed: int | None = Field(
        description="So many corrections it needs to learn; null: people do not correct it"
    )
    versions: list[ClassifierVersion]


class Tasks(BaseModel):
    tasks: list[Task]


class Wanted(BaseModel):
    number: int = Field(ge=1, le=2_000_000_000)


class Started(BaseModel):
    status: str = "started"


@router.get("", response_model=Tasks, responses=problems())
async def list_classifiers(desk: DeskDep, caller: Staff) -> Json:
    """Every task with its versions, newest first."""
    async with desk.db.connection() as conn:
        all_versions = await versions.listed(conn)
        counts: dict[str, tuple[int, int]] = {
            field: await corrections.counted(conn, field) for field in FIELDS
        }
    names = [*FIELDS, *sorted({version.task for version in all_versions} - set(FIELDS))]
    return Json(
        {
            "tasks": [
                _task(name, [v for v in all_versions if v.task == name], counts.get(name, (0, 0)))
                for name in names
            ]
        }
    )


@router.post("/{task}/train", status_code=202, response_model=Started, responses=problems(409))
async def learn_now(task: TaskName, desk: DeskDep, caller: Staff) -> Json:
    """Learn from the corrections now, in the background; the new version is listed when it is done."""
    field = next((name for name in FIELDS if name == task), None)
    if field is None:
        raise NotFound(f"people correct {' and '.join(FIELDS)} only")
    async with desk.db.transaction() as conn:
        total, _ = await corrections.counted(conn, field)
        if total <= FEWEST:
            raise Conflict(f"{total} corrections are too few to learn from")
        await desk.lanes.wake(conn, LaneKind.LEARN, task)
    return Json({"status": "started"}, status_code=202)


@router.post("/{task}/promote", response_model=ClassifierVersion, responses=problems(413, 415))
async def promote_version(task: TaskName, body: Wanted, desk: DeskDep, caller: Staff) -> Json:
    """Put a version in use."""
    async with desk.db.transaction() as conn:
        return Json(_version(await versions.promote(conn, task, body.number, caller.actor)))


@router.post("/{task}/rollback", response_model=Tasks, responses=problems(409))
async def roll_back(task: TaskName, desk: DeskDep, caller: Staff) -> Json:
    """Put the version in use again that was before."""
    async with desk.db.transaction() as conn:
        await versions.rollback(conn, task, caller.actor, shipped=task in FIELDS)
    return await list_classifiers(desk, caller)


def _task(name: str, all_versions: list[Version], counts: tuple[int, int]) -> dict[str, Any]:
    used = next((version for version in all_versions if version.state == "promoted"), None)
    shipped = 0 if name in FIELDS else None
    return {
        "task": name,
        "in_use": used.number if used else shipped,
        "back_to": _before(used, all_versions, shipped) if used else None,
        "corrections": counts[0],
        "new_corrections": counts[1],
        "needed": FEWEST + 1 if name in FIELDS else None,
        "versions": [_version(version) for version in all_versions],
    }


def _before(used: Version, all_versions: list[Version], shipped: int | None) -> int | None:
    """The version that `versions.rollback` would come to."""
    since = used.promoted_at
    earlier = [
        (version.promoted_at, version.number)
        for version in all_versions
        if version.promoted_at and since and version.promoted_at < since
    ]
    return max(earlier)[1] if earlier else shipped


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "state": version.state,
        "made_from": version.made_from,
        "examples": version.examples,
        "labels": version.labels,
        "measured": version.measured,
        "created_at": stamp(version.created_at),
    }
