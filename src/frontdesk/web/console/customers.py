"""What the desk holds of one customer: exported whole, or erased; for admins."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as FromPath
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from frontdesk.errors import NotFound
from frontdesk.privacy.place import Kind
from frontdesk.web.caller import Admin, DeskDep
from frontdesk.web.errors import problems, raw
from frontdesk.web.reply import Json

router = APIRouter(prefix="/customers", tags=["customers"])

CustomerName = Annotated[
    str, FromPath(description="A customer's id, e-mail address or phone number.", max_length=320)
]


class ErasureRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"dry_run": True}]})

    dry_run: bool = Field(False, description="Only say what would be erased.")


class CountedRows(BaseModel):
    rows: int
    deleted: int
    emptied: int = Field(description="Rows that stay for their figures, without words and names")


class ErasureReport(BaseModel):
    dry_run: bool
    kinds: dict[Kind, CountedRows]
    files: int = Field(description="Attachments and kept mails on disk")
    classifiers: int = Field(description="Versions that had learned from the customer's words")
    mails_sent: int = Field(description="E-mails in managers' mailboxes, which the desk cannot reach")


@router.get("/{id}/export", response_class=FileResponse, responses={**problems(), **raw("application/zip")})
async def export_customer(id: CustomerName, desk: DeskDep, caller: Admin) -> FileResponse:
    """Everything about the customer in one ZIP: JSON for each table, and their files."""
    exports = desk.privacy.exporter.folder
    exports.mkdir(exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(dir=exports))
    target = folder / "customer.zip"
    try:
        await desk.privacy.exporter.export(caller.actor, _named(id), target)
    except BaseException:
        _remove(folder)
        raise
    return FileResponse(
        target,
        media_type="application/zip",
        filename="customer.zip",
        background=BackgroundTask(_remove, folder),
    )


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink(missing_ok=True)
    folder.rmdir()


@router.post("/{id}/erase", response_model=ErasureReport, responses=problems(413, 415))
async def erase_customer(id: CustomerName, body: ErasureRequest, desk: DeskDep, caller: Admin) -> Json:
    """Everything about the customer goes; their tickets stay as empty shells, for the figures."""
    act = desk.privacy.eraser.look if body.dry_run else desk.privacy.eraser.erase
    return Json((await act(caller.actor, _named(id))).record())


def _named(name: str) -> str:
    if not name.isprintable():
        raise NotFound("there is no such customer")
    return name
