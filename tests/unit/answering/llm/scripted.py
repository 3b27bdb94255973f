"""Scripted models: what an LLM would send back, piece by piece, without an LLM."""

import json
import re
from collections.abc import AsyncIterator, Callable, Sequence

from pydantic_ai.messages import ModelMessage, ModelRequest, ToolReturnPart, UserPromptPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

from frontdesk.kit.words import stem, words

Step = tuple[str, dict[str, object]]
"""One call of a tool: its name and arguments; `reply` ends the run."""


def model_of(
    steps: Sequence[Step] | Callable[[list[ModelMessage], AgentInfo], Step], piece: int = 7
) -> FunctionModel:
    """A model that makes these calls one after another, or those that a function chooses."""
    at = iter(steps) if not callable(steps) else None

    async def stream(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[DeltaToolCalls]:
        name, arguments = next(at) if at is not None else steps(messages, info)  # type: ignore[operator]
        text = json.dumps(arguments, ensure_ascii=False)
        yield {0: DeltaToolCall(name=name, json_args="", tool_call_id=f"call-{len(messages)}")}
        for start in range(0, len(text), piece):
            yield {0: DeltaToolCall(json_args=text[start : start + piece])}

    return FunctionModel(stream_function=stream, model_name="scripted-1")


def reply(content: str, act: str = "answer", **fields: object) -> Step:
    draft = {
        "act": act,
        "confidence": 0.9,
        "reason": None,
        "sources": [],
        "content": content,
        "reasoning": "scripted",
    }
    return "reply", {**draft, **fields}


def prompt_of(messages: list[ModelMessage]) -> str:
    """The user message of the run."""
    for message in messages:
        for part in message.parts:
            if isinstance(part, UserPromptPart) and isinstance(part.content, str):
                return part.content
    raise AssertionError("no user message")


def returned(messages: list[ModelMessage]) -> list[str]:
    parts = [part for message in messages if isinstance(message, ModelRequest) for part in message.parts]
    return [str(part.content) for part in parts if isinstance(part, ToolReturnPart)]


def honest(messages: list[ModelMessage], info: AgentInfo) -> Step:
    """A simple-minded but honest model: copies out of passages and orders, asks, or gives up."""
    prompt = prompt_of(messages)
    asked = prompt.rpartition("<customer_message>")[2].partition("</customer_message>")[0]
    number = re.search(r"\b\d{5}\b", asked)
    if number is not None:
        return _about_order(messages, info, prompt, number.group())
    if re.match(r"\s*hello", asked, re.IGNORECASE):
        return reply("Hello! How can I help?")
    for passage in re.finditer(r'<passage id="(p\d+)"[^>]*>\n(.*?)\n</passage>', prompt, re.DOTALL):
        if len(_stems(asked) & _stems(passage[2])) >= 2:
            return reply(passage[2], sources=[passage[1]])
    return reply("", act="escalate", reason="low_confidence", confidence=0.2)


def _about_order(messages: list[ModelMessage], info: AgentInfo, prompt: str, number: str) -> Step:
    if "get_order" not in {tool.name for tool in info.function_tools}:
        return reply("Please sign in so that I can see your order.", act="ask")
    shown = "\n".join([prompt, *returned(messages)])
    facts = re.search(rf'<order id="order:{number}">\n(.*?)\n</order>', shown, re.DOTALL)
    if facts is None and not returned(messages):
        return "get_order", {"number": number}
    if facts is None:
        return reply(f"I found no order {number} in your account. Is the number right?", act="ask")
    eta = re.search(r"expected delivery: (\S+)", facts[1])
    return reply(
        f"Order {number} is on its way and expected on {eta[1] if eta else '?'}.", sources=[f"order:{number}"]
    )


def _stems(text: str) -> set[str]:
    return {stem(word.form) for word in words(text) if len(word.form) > 3}
