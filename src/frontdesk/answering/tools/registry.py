"""The registry: every tool by its name, and the one way to use them: permission, input, time-out, retries."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError

from frontdesk.answering.deps import Deps
from frontdesk.answering.evidence import Evidence
from frontdesk.answering.tools.tool import EffectTool, InputT, LookupTool, Tool, ToolCaller
from frontdesk.errors import SetupError, ToolDelayed, ToolInputInvalid, ToolRefused
from frontdesk.tickets.action import ProposedAction

AnyTool = Tool[Any]
AnswerT = TypeVar("AnswerT")

BUILT_IN = ("frontdesk.answering.tools.knowledge", "frontdesk.answering.tools.orders")
MOST_RETRIES = 6
"""A lane gives up after eight attempts: the tool's own limit comes first."""
_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_WHO = re.compile(r"(?:customer|client|user|contact|account)(?:_?(?:id|key|name|number))?", re.IGNORECASE)
"""No input may say for whom a tool works."""

_log = structlog.get_logger("frontdesk.tools")


class Registry:
    """Raises `SetupError` where a tool breaks the contract."""

    def __init__(self, tools: Iterable[AnyTool]) -> None:
        self._by_name: dict[str, AnyTool] = {}
        for tool in tools:
            _check(tool)
            if tool.name in self._by_name:
                raise SetupError(f"two tools are named {tool.name}")
            self._by_name[tool.name] = tool

    @property
    def tools(self) -> tuple[AnyTool, ...]:
        return tuple(self._by_name.values())

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._by_name)

    def get(self, name: str) -> AnyTool | None:
        return self._by_name.get(name)

    async def look_up(
        self, tool: LookupTool[InputT], given: Mapping[str, object], caller: ToolCaller
    ) -> Sequence[Evidence]:
        """What the tool knows.

        Raises `ToolInputInvalid`, `ToolRefused`, or `ToolDelayed` where no attempt answered in time.
        """
        asked = _asked(tool, given, caller)
        return await _patiently(tool, lambda: tool.run(asked, caller))

    async def propose(
        self, tool: EffectTool[InputT], given: Mapping[str, object], caller: ToolCaller
    ) -> ProposedAction:
        """What the tool would do; nothing is done.

        Raises `ToolInputInvalid`, `ToolRefused`, or `ToolDelayed` where no attempt answered in time.
        """
        asked = _asked(tool, given, caller)
        try:
            return await _patiently(tool, lambda: tool.propose(asked, caller))
        except ValueError as error:
            raise ToolInputInvalid(str(error)) from None


def open_registry(deps: Deps, modules: Iterable[str] = ()) -> Registry:
    """The built-in tools and those of further modules.

    A module of tools has a function `tools(deps)`. Raises `SetupError` where one cannot be had.
    """
    return Registry(tool for name in (*BUILT_IN, *modules) for tool in _tools_of(name, deps))


def _tools_of(name: str, deps: Deps) -> Iterable[AnyTool]:
    try:
        module = import_module(name)
    except ImportError as error:
        raise SetupError(f"TOOL_MODULES: {name} cannot be imported: {error}") from error
    if not callable(make := getattr(module, "tools", None)):
        raise SetupError(f"TOOL_MODULES: {name} has no function tools(deps)")
    made: Iterable[AnyTool] = make(deps)
    return made


def _check(tool: AnyTool) -> None:
    if not _NAME.fullmatch(tool.name):
        raise SetupError(f"tool {tool.name!r}: a name is two or more words joined by underscores")
    if not 0 <= tool.retries <= MOST_RETRIES:
        raise SetupError(f"tool {tool.name}: retries are 0 to {MOST_RETRIES}")
    who = [field for field in tool.input.model_fields if _WHO.fullmatch(field)]
    if who:
        raise SetupError(f"tool {tool.name}: the customer comes from the case, not from the input {who[0]!r}")


async def _patiently(tool: AnyTool, attempt: Callable[[], Awaitable[AnswerT]]) -> AnswerT:
    for left in range(tool.retries, -1, -1):
        try:
            async with asyncio.timeout(tool.timeout):
                return await attempt()
        except (ToolDelayed, TimeoutError) as error:
            _log.warning("tool_failed", tool=tool.name, error=type(error).__name__, retries_left=left)
    raise ToolDelayed(f"{tool.name} does not answer now.")


def _asked(tool: Tool[InputT], given: Mapping[str, object], caller: ToolCaller) -> InputT:
    if not tool.permits(caller):
        raise ToolRefused("This is not allowed until it is proven who writes.")
    try:
        return tool.input.model_validate(dict(given))
    except ValidationError as error:
        raise ToolInputInvalid(_in_words(error)) from None


def _in_words(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'input'}: {fault['msg']}" for fault in faults)
