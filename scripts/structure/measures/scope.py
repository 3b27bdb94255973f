"""Reads of tickets that go around the scope of who reads (`frontdesk.access.scope`).

A place is a function that reads `ticket`, or a table of its messages, files, events, escalations or actions, by SQL
of its own or by a constant that holds such SQL, and that takes neither a `Scope` nor a row that was read under one
(`Ticket`, `Case`, `Message`). Where no person and no program sees what is read (the road's own work), the function
stands with a sentence in `scope_exemptions.toml`; a sentence that is not needed any more is a place too.

The scope of the road, which hides nothing, is a place of its own in the rooms that serve people.
"""

import ast
import re
import tomllib
from collections.abc import Iterator

from scripts.structure.measure import Measure, Place
from scripts.structure.modules import Module
from scripts.structure.sources import Sources
from scripts.structure.sql import strings

EXEMPTIONS = "scripts/structure/scope_exemptions.toml"
_READ = re.compile(
    r"\b(from|join)\s+(ticket|message|ticket_event|escalation|attachment|action)\b", re.IGNORECASE
)
_DELETE = re.compile(
    r"\bdelete\s+from\s+(ticket|message|ticket_event|escalation|attachment|action)\b", re.IGNORECASE
)
_UNDER_A_SCOPE = frozenset({"Scope", "Ticket", "Case", "Message"})
_FOR_PEOPLE = ("frontdesk.web", "frontdesk.actions", "frontdesk.inbox", "frontdesk.insights")
_ROAD = "frontdesk.access.scope.ROAD"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def find(sources: Sources) -> list[Place]:
    exempt = tomllib.loads(sources.files.get(EXEMPTIONS, ""))
    unscoped = dict(_unscoped(sources))
    places = [place for key, place in unscoped.items() if key not in exempt]
    places += [Place(EXEMPTIONS, 1, f"{key}: not needed any more") for key in exempt if key not in unscoped]
    return sorted([*places, *_road_for_people(sources)])


def _unscoped(sources: Sources) -> Iterator[tuple[str, Place]]:
    constants = {
        f"{name}.{target.id}"
        for name, module in sources.package.items()
        for node in module.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and _reads(node)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for name, module in sources.package.items():
        if name.startswith("frontdesk.db.migrations"):
            continue
        for owner, function in _functions(module.tree):
            uses = any(_origin(sources, module, node) in constants for node in ast.walk(function))
            if (uses or _reads(function)) and not _is_scoped(function):
                key = f"{module.path}:{owner}{function.name}"
                yield key, Place(module.path, function.lineno, f"{owner}{function.name} takes no Scope")


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, Function):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.", method) for method in node.body if isinstance(method, Function))


def _reads(node: ast.AST) -> bool:
    return any(_READ.search(_DELETE.sub("", text)) for _, text in strings(node))


def _is_scoped(function: Function) -> bool:
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    named = {
        node.id
        for parameter in parameters
        if parameter.annotation is not None
        for node in ast.walk(parameter.annotation)
        if isinstance(node, ast.Name)
    }
    return not named.isdisjoint(_UNDER_A_SCOPE)


def _road_for_people(sources: Sources) -> Iterator[Place]:
    for name, module in sources.package.items():
        if name.startswith(_FOR_PEOPLE):
            for node in ast.walk(module.tree):
                if _origin(sources, module, node) == _ROAD:
                    yield Place(module.path, getattr(node, "lineno", 1), "uses the road's scope for people")


def _origin(sources: Sources, module: Module, node: ast.AST) -> str | None:
    if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
        return None
    origin = module.origin(node)
    return None if origin is None else sources.resolve(origin)


MEASURE = Measure("scope", "reads of tickets outside the scope", find, aim=0)
