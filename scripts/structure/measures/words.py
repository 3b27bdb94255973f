"""Uses of names that were replaced by the field's words, and of variables that do not say what they hold.

A use is an identifier in Python code: a definition, an import, a name, an attribute or a keyword; what
docstrings, comments and messages say is not counted. A module is used by being there and by each import of it.
A vague variable is counted where it gets its value: assignment, loop, comprehension, `with`, parameter, field.
Each name counts once a line.
"""

import ast
from collections.abc import Iterator

from scripts.structure.measure import Measure, Place
from scripts.structure.modules import Module
from scripts.structure.sources import Sources

NAMES = {
    "Happening": "a ticket event",
    "happening": "a ticket event",
    "Standing": "a ticket state",
    "standing": "a ticket state",
    "stand": "set_state",
    "lay_open": "load_case",
    "Messenger.tell": "notify_manager",
    "messenger.tell": "notify_manager",
    "Journey.tell": "notify_manager",
    "journey.tell": "notify_manager",
    "road.tell": "notify_manager",
    "Bell": "signals",
    "bell": "signals",
    "News": "signals",
    "Watch": "clock",
    "Once": "idempotency",
    "shelf": "documents",
    "objection": "rejection",
    "record_of": "records",
}
"""Old to new. `Owner.name` is a method of that class, or that attribute of what is called so."""

MODULES = {
    "frontdesk.tickets.lay_open": "load_case",
    "frontdesk.tickets.record_of": "records",
    "frontdesk.escalation.tell": "notify",
    "frontdesk.engine.bell": "signals",
    "frontdesk.watch": "clock",
    "frontdesk.web.once": "idempotency",
    "frontdesk.knowledge.shelf": "documents",
    "frontdesk.knowledge.held": "cache",
    "frontdesk.web.shapes": "serializers",
    "frontdesk.web.models": "schemas",
    "frontdesk.web.texts": "fields",
    "frontdesk.web.public.faces": "pages",
}
VARIABLES = frozenset({"one", "found", "told", "said"})


def replaced(sources: Sources) -> list[Place]:
    names = {
        Place(module.path, line, f"{name} is now {NAMES[name]}")
        for module in sources.python
        for line, name in _identifiers(module.tree)
        if name in NAMES
    }
    return sorted(names.union(_modules(sources)))


def vague(sources: Sources) -> list[Place]:
    return sorted(
        {
            Place(module.path, line, name)
            for module in sources.python
            for line, name in _bindings(module.tree)
            if name in VARIABLES
        }
    )


def _modules(sources: Sources) -> Iterator[Place]:
    for module in sources.python:
        if module.name in MODULES:
            yield Place(module.path, 1, f"{module.name} is now {MODULES[module.name]}")
        for line, name in _imported(module):
            if name in MODULES:
                yield Place(module.path, line, f"{name} is now {MODULES[name]}")


def _imported(module: Module) -> Iterator[tuple[int, str]]:
    """Each import's target, and what it is taken from."""
    for entry in module.imports:
        yield entry.line, entry.target
        yield entry.line, entry.target.rpartition(".")[0]


def _identifiers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, body=body):
                yield node.lineno, name
                for part in body:
                    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                        yield part.lineno, f"{name}.{part.name}"
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.Name(id=name):
                yield node.lineno, name
            case ast.Attribute(value=value, attr=name):
                yield node.lineno, name
                owner = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
                yield node.lineno, f"{owner}.{name}"
            case ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield node.lineno, name
            case ast.alias(name=name, asname=asname):
                yield node.lineno, asname or name


def _bindings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
                | ast.arg(arg=name)
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield node.lineno, name


REPLACED = Measure("replaced-names", "uses of replaced names", replaced, aim=0)
VAGUE = Measure("vague-variables", "variables named one, found, told, said", vague, aim=0)
