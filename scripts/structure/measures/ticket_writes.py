"""Places that change a ticket's state or write its event log without the one door, and the door itself.

The door is `frontdesk.tickets.apply`; whatever it does counts as one place. Elsewhere in the program
a place is

- SQL that updates a ticket's `status` or `owner`, or columns that are computed (`set {}`), or that
  writes `ticket_event`;
- the use of a function of `frontdesk.tickets` that runs such SQL, by itself or through other functions
  there (`ticket.change`, `ticket.stand`, `log.write`): a function of that room is a hand of the door as
  long as nobody else uses it;
- the use of the state machine (`next_state`, formerly `after`), outside `frontdesk.tickets`: who asks for
  the next state is about to set it;
- the use of `refresh_score`, which the door must not leave to its callers.

Names are followed through imports, so that an alias or another function of the same name changes
nothing. Opening a ticket (`insert into ticket`) is not a change, and migrations are not the program.
"""

import ast
import re
from collections.abc import Iterable, Iterator

from scripts.structure.measure import Measure, Place
from scripts.structure.modules import Module
from scripts.structure.sources import Sources
from scripts.structure.sql import strings

ROOM = "frontdesk.tickets"
DOOR = f"{ROOM}.apply"
_MIGRATIONS = "frontdesk.db.migrations"
_STATE_MACHINE = frozenset({f"{ROOM}.life.after", f"{ROOM}.state.after", f"{ROOM}.state.next_state"})
_SCORE = "refresh_score"

_TICKET_SET = re.compile(r"\bupdate\s+ticket\b(?:\s+(?:as\s+)?\w+)?\s+set\b(.*)", re.IGNORECASE | re.DOTALL)
_STATE_COLUMN = re.compile(r"\b(status|owner)\s*=|\{", re.IGNORECASE)
_LOG = re.compile(r"\b(insert\s+into|update|delete\s+from)\s+ticket_event\b", re.IGNORECASE)


def find(sources: Sources) -> list[Place]:
    writers = _writers(sources)
    places: list[Place] = []
    for name, module in sources.package.items():
        if _inside(name, DOOR):
            continue
        if _inside(name, ROOM):
            places += _written(sources, module, _nameless(module), writers)
        elif not _inside(name, _MIGRATIONS):
            places += _written(sources, module, [module.tree], writers | _STATE_MACHINE)
    return sorted({*places, *_door(sources, writers)})


def _door(sources: Sources, writers: frozenset[str]) -> Iterator[Place]:
    """At most one place, however many modules the door has."""
    modules = [module for name, module in sources.package.items() if _inside(name, DOOR)]
    if any(True for module in modules for _ in _written(sources, module, [module.tree], writers)):
        yield Place(min(module.path for module in modules), 1, "the door")


def _written(
    sources: Sources, module: Module, nodes: Iterable[ast.AST], writers: frozenset[str]
) -> Iterator[Place]:
    for top in nodes:
        for line, text in strings(top):
            if writes_state(text):
                yield Place(module.path, line, "SQL of its own")
        for node in ast.walk(top):
            used = _used(sources, module, node)
            if isinstance(node, ast.expr) and used and (used in writers or _is_score(used)):
                yield Place(module.path, node.lineno, "uses " + ".".join(used.split(".")[-2:]))


def _writers(sources: Sources) -> frozenset[str]:
    """Functions and constants of the room that write, or use what does, by their dotted names."""
    writers: set[str] = set()
    named = [
        (f"{name}.{own}", module, node)
        for name, module in sources.package.items()
        if _inside(name, ROOM) and not _inside(name, DOOR)
        for own, node in _named(module)
    ]
    while fresh := {
        dotted
        for dotted, module, node in named
        if dotted not in writers and any(True for _ in _written(sources, module, [node], frozenset(writers)))
    }:
        writers |= fresh
    return frozenset(writers)


def _named(module: Module) -> Iterator[tuple[str, ast.stmt]]:
    """What can be called or read by a name of the module: its functions and constants."""
    for node in module.tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node


def _nameless(module: Module) -> list[ast.stmt]:
    """The rest: classes, whose methods are called by names that no text resolves, and loose statements."""
    named = {id(node) for _, node in _named(module)}
    return [node for node in module.tree.body if id(node) not in named]


def _used(sources: Sources, module: Module, node: ast.AST) -> str | None:
    if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
        return None
    origin = module.origin(node)
    return None if origin is None else sources.resolve(origin)


def writes_state(text: str) -> bool:
    """Whether SQL sets status or owner of a ticket, or columns nobody can see here, or writes the log."""
    update = _TICKET_SET.search(text)
    columns = re.split(r"\bwhere\b", update[1], maxsplit=1, flags=re.IGNORECASE)[0] if update else ""
    return bool(_STATE_COLUMN.search(columns) or _LOG.search(text))


def _is_score(used: str) -> bool:
    return used.startswith("frontdesk.") and used.endswith(f".{_SCORE}")


def _inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


MEASURE = Measure("ticket-writes", "places that change a ticket's state", find, aim=1)
