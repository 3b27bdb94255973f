"""Files over 300 lines and functions over 40, and whether `excuses.toml` has a sentence for each, and no more.

Python, TypeScript and CSS are measured; functions in Python alone, from `def` to their last line. A file that
says in its first lines that it was generated is left out.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping

from scripts.structure.measure import Measure, Place
from scripts.structure.modules import Module
from scripts.structure.sources import Sources

FILE_LINES = 300
FUNCTION_LINES = 40
EXCUSES_PATH = "scripts/structure/excuses.toml"
_MEASURED = (".py", ".ts", ".tsx", ".css")
_GENERATED = re.compile(r"auto-?generated|generated (by|from)|do not edit", re.IGNORECASE)


def long_files(sources: Sources) -> list[Place]:
    excuses = _excuses(sources)
    return [
        Place(path, 1, _note(text.count("\n"), excuses.get(path)))
        for path, text in sorted(sources.files.items())
        if path.endswith(_MEASURED) and text.count("\n") > FILE_LINES and not _is_generated(text)
    ]


def long_functions(sources: Sources) -> list[Place]:
    excuses = _excuses(sources)
    return [
        Place(module.path, node.lineno, f"{name}: " + _note(lines, excuses.get(f"{module.path}:{name}")))
        for module, name, node, lines in _long_functions(sources)
    ]


def unexcused(sources: Sources) -> list[Place]:
    """What is too long without a sentence of excuse, and excuses that nothing needs any more."""
    excuses = _excuses(sources)
    needed = {place.path: place for place in long_files(sources)} | {
        f"{module.path}:{name}": Place(module.path, node.lineno, f"{name} has {lines} lines")
        for module, name, node, lines in _long_functions(sources)
    }
    missing = [
        Place(place.path, place.line, f"needs a sentence in {EXCUSES_PATH}: {place.note}")
        for key, place in needed.items()
        if not _is_sentence(excuses.get(key, ""))
    ]
    idle = [Place(EXCUSES_PATH, 1, f"{key}: no longer needed") for key in excuses if key not in needed]
    return missing + idle


def _long_functions(sources: Sources) -> Iterator[tuple[Module, str, ast.stmt, int]]:
    for module in sources.python:
        if _is_generated(sources.files[module.path]):
            continue
        for name, node in _functions(module.tree, ""):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield module, name, node, lines


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.stmt]]:
    """Every function with its name as in `Class.method` or `outer.inner`."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield prefix + name, node
                yield from _functions(node, f"{prefix}{name}.")
            case ast.ClassDef(name=name):
                yield from _functions(node, f"{prefix}{name}.")
            case _:
                yield from _functions(node, prefix)


def _excuses(sources: Sources) -> Mapping[str, str]:
    return {key: str(value) for key, value in tomllib.loads(sources.files.get(EXCUSES_PATH, "")).items()}


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and len(text.split()) > 3


def _is_generated(text: str) -> bool:
    return _GENERATED.search("\n".join(text.split("\n", 3)[:3])) is not None


def _note(lines: int, excuse: str | None) -> str:
    return f"{lines} lines" + (f": {excuse}" if excuse else "")


FILES = Measure("long-files", f"files over {FILE_LINES} lines", long_files)
FUNCTIONS = Measure("long-functions", f"functions over {FUNCTION_LINES} lines", long_functions)
EXCUSES = Measure("excuses", "excuses missing, or needed no more", unexcused, aim=0)
