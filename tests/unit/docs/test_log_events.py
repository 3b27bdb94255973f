"""The table of log events has every event that the source logs, with its level, and no other."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "reference" / "metrics-and-logs.md"
LEVELS = {method: method for method in ("debug", "info", "warning", "error")} | {"exception": "error"}
"""A logger's methods, and the levels of their lines."""

_ROW = re.compile(r"^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \| ([a-z, ]+) \|", re.MULTILINE)


def documented() -> dict[str, set[str]]:
    """The levels of each event in the table; a row of several events is of one level, or of the levels of all."""
    table = PAGE.read_text(encoding="utf-8").partition("| event | level |")[2]
    return {
        event: set(levels.split(", "))
        for events, levels in _ROW.findall(table)
        for event in re.findall(r"`(\w+)`", events)
    }


def trees() -> Iterator[ast.AST]:
    for file in sorted((ROOT / "src").rglob("*.py")):
        yield ast.parse(file.read_text(encoding="utf-8"))


def logged() -> dict[str, set[str]]:
    """The levels of each event in the source."""
    levels: dict[str, set[str]] = defaultdict(set)
    for tree in trees():
        for event, its_levels in events_of(tree):
            levels[event] |= its_levels
    return levels


def events_of(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """What is logged by `_log.info("...")`, by a method chosen before, or by a `BestEffort` under a given name."""
    chosen = dict(chosen_methods(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("_log"), attr=method), args=[ast.Constant(str(event)), *_]
            ):
                yield event, {LEVELS[method]}
            case ast.Call(func=ast.Name("BestEffort"), args=[ast.Constant(str(event)), *_]):
                yield event, {"warning"}
            case ast.Call(func=ast.Name(name), args=[ast.Constant(str(event)), *_]) if name in chosen:
                yield event, chosen[name]


def chosen_methods(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Names that stand for one of two methods of a logger."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(name)],
                value=ast.IfExp(
                    body=ast.Attribute(value=ast.Name("_log"), attr=method),
                    orelse=ast.Attribute(value=ast.Name("_log"), attr=other),
                ),
            ):
                yield name, {LEVELS[method], LEVELS[other]}


def test_every_logger_goes_by_the_name_that_is_looked_for() -> None:
    names = {
        ast.unparse(node.targets[0])
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("structlog.get_logger(")
    }
    assert names == {"_log"}


def test_the_table_has_every_event_and_nothing_else() -> None:
    assert sorted(documented()) == sorted(logged())


def test_the_table_has_the_levels() -> None:
    listed = documented()
    assert {event: levels for event, levels in logged().items() if not levels <= listed[event]} == {}
