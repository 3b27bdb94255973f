"""The front end is built against the document that the application serves today."""

from pathlib import Path

from frontdesk.web.openapi import document

KEPT = Path(__file__).parents[3] / "frontend/packages/api/openapi.json"


def test_the_front_ends_document_is_the_applications() -> None:
    assert KEPT.read_text(encoding="utf-8") == document(), "the API has changed: run `make api`"
