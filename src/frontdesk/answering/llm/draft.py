"""What a model returns, and how its reply is read while it is still being written."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic_core import from_json

from frontdesk.answering.llm.writer import StreamWriter

ModelReason = Literal[
    "asks_human",
    "anger",
    "safety",
    "fraud",
    "legal",
    "refund_above_policy",
    "policy",
    "out_of_scope",
    "low_confidence",
]


def _all_required(schema: JsonDict) -> None:
    """Servers that constrain what a model writes then keep the fields' order; validation stays lenient."""
    properties = schema["properties"]
    assert isinstance(properties, dict)
    schema["required"] = list(properties)
    for field in properties.values():
        assert isinstance(field, dict)
        field.pop("default", None)


class AgentDraft(BaseModel):
    """One decision about the customer's message."""

    model_config = ConfigDict(json_schema_extra=_all_required)

    # The order matters: what decides whether the customer may watch comes before what they would watch.
    act: Literal["answer", "ask", "escalate"] = Field(description="answer, ask back, or bring a person")
    confidence: float = Field(
        description="Probability, 0 to 1, that the decision and every statement are right"
    )
    reason: ModelReason | None = Field(None, description="Why a person is needed; only with escalate")
    sources: list[str] = Field(
        default_factory=list, description="Ids of the passages and orders that the reply rests on"
    )
    content: str = Field(description="The reply, in the customer's language")
    reasoning: str = Field("", description="For the staff, in English: one or two sentences")

    @property
    def probability(self) -> float:
        """Confidence as a probability, also where the model wrote per cent."""
        value = self.confidence / 100 if 1 < self.confidence <= 100 else self.confidence
        return min(max(value, 0.0), 1.0)


class DraftReader:
    """Follows the growing arguments of one reply call and shows its content as far as it may be shown."""

    def __init__(self, writer: StreamWriter, min_confidence: float) -> None:
        self._writer = writer
        self._min_confidence = min_confidence
        self._json = ""

    async def begin(self) -> None:
        self._json = ""
        await self._writer.begin()

    async def grow(self, piece: str) -> None:
        self._json += piece
        try:
            known = from_json(self._json, allow_partial="trailing-strings")
        except ValueError:
            # Not JSON (yet): validation of the finished reply will say so.
            return
        if isinstance(known, dict):
            await self.show(known)

    async def show(self, known: dict[str, object]) -> None:
        """Show what is known of the reply, if it is one that the customer will get."""
        content, confidence = known.get("content"), known.get("confidence")
        if known.get("act") not in ("answer", "ask") or not isinstance(content, str):
            return
        if isinstance(confidence, int | float) and confidence >= self._min_confidence:
            await self._writer.grow(content)
