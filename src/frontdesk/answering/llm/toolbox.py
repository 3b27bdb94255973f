"""The registry's tools as a model is offered them."""

from typing import Any

from pydantic_ai import ModelRetry, RunContext, Tool
from pydantic_ai.tools import GenerateToolJsonSchema, ToolDefinition

from frontdesk.answering.llm.context import fenced
from frontdesk.answering.llm.run import AgentRun
from frontdesk.answering.tools.registry import AnyTool, Registry
from frontdesk.answering.tools.tool import EffectTool, LookupTool
from frontdesk.errors import ToolDelayed, ToolInputInvalid, ToolRefused

_NOT_DONE = (
    "This is put forward and not done. It is done after your reply, or once a person approves it;"
    " the customer is told then. Do not say that it is done or will be."
)


def toolbox(registry: Registry) -> list[Tool[AgentRun]]:
    """Each tool for the model; only those that this run's customer may use are shown."""
    return [_offered(registry, tool) for tool in registry.tools]


def _offered(registry: Registry, tool: AnyTool) -> Tool[AgentRun]:
    async def call(ctx: RunContext[AgentRun], **arguments: object) -> str:
        try:
            return await _use(registry, tool, ctx.deps, arguments)
        except ToolInputInvalid as error:
            raise ModelRetry(error.message) from None
        except (ToolRefused, ToolDelayed) as error:
            return error.message

    async def only_where_permitted(
        ctx: RunContext[AgentRun], definition: ToolDefinition
    ) -> ToolDefinition | None:
        return definition if tool.permits(ctx.deps.caller) else None

    schema = tool.input.model_json_schema(schema_generator=GenerateToolJsonSchema)
    offered = Tool[AgentRun].from_schema(call, tool.name, tool.description, schema, takes_ctx=True)
    offered.prepare = only_where_permitted
    return offered


async def _use(registry: Registry, tool: AnyTool, run: AgentRun, arguments: dict[str, Any]) -> str:
    given = {name: _restored(value, run) for name, value in arguments.items()}
    if isinstance(tool, EffectTool):
        name = run.put_forward(await registry.propose(tool, given, run.caller))
        return f"{fenced(name, run.findings[name])}\n{_NOT_DONE}"
    if not isinstance(tool, LookupTool):
        raise TypeError(f"{tool.name} is no kind of tool that a model can use")
    names = run.findings.add_all(await registry.look_up(tool, given, run.caller))
    return "\n".join(fenced(name, piece) for name, piece in names.items()) or tool.nothing


def _restored(value: object, run: AgentRun) -> object:
    """With what was hidden from the model put back: a tool needs the real phone, not `[phone_1]`."""
    if isinstance(value, str):
        return run.redactor.restore(value)
    if isinstance(value, list):
        return [_restored(item, run) for item in value]
    if isinstance(value, dict):
        return {key: _restored(item, run) for key, item in value.items()}
    return value
