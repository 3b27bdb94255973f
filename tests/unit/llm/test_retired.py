"""A retired model is accepted, and its successor named."""

import pytest
from pydantic import SecretStr

from frontdesk.cli.doctor import examine
from frontdesk.llm.retired import SUCCESSOR, retired_model
from frontdesk.settings import Settings

FORMER = "claude-sonnet-4-5-20250929"


def _settings(model: str) -> Settings:
    return Settings(_env_file=None, claude_model=model, anthropic_api_key=SecretStr("sk-ant-x"))


def test_the_default_is_not_retired() -> None:
    assert retired_model(Settings(_env_file=None)) is None


def test_the_former_default_is_told_with_its_successor() -> None:
    warning = retired_model(_settings(FORMER))
    assert warning is not None
    assert FORMER in warning
    assert SUCCESSOR in warning


@pytest.mark.parametrize(("model", "state"), [(FORMER, "warning"), (SUCCESSOR, "ok")])
async def test_doctor_warns_of_a_retired_model(model: str, state: str) -> None:
    findings = {finding.name: finding async for finding in examine(_settings(model))}
    assert findings["answers"].state == state
