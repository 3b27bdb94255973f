"""Every regular expression of the product, where it stands, and by which methods it is used."""

import ast
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import frontdesk

ROOT = Path(frontdesk.__file__).parent
METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
AT_START = frozenset({"match", "fullmatch"})
"""Methods that try one place; the others try every place of the text, which makes a slow pattern slower by far."""
_LEFT_OUT = ("frontdesk.__main__", "frontdesk.db.migrations.")


@dataclass
class Found:
    pattern: re.Pattern[str] | re.Pattern[bytes]
    place: str
    """File and line below the package."""
    methods: set[str] = field(default_factory=set)

    @property
    def ways(self) -> list[str]:
        """How it must be tried: in every way where it could not be told, as in a list of patterns."""
        if not self.methods:
            return ["finditer", "fullmatch"]
        ways = sorted(self.methods & AT_START)
        return ways if self.methods <= AT_START else ["finditer", *ways]


def all_patterns() -> list[Found]:
    """Compiled while the modules are imported, or written where they are used."""
    compiled = _compiled()
    for place, method, written in _inline():
        compiled.setdefault(place, Found(written, place)).methods.add(method)
    for pattern in compiled.values():
        pattern.methods |= _methods_of(pattern.place)
    return sorted(compiled.values(), key=lambda pattern: pattern.place)


def _compiled() -> dict[str, Found]:
    """Each call of `re.compile` of a module's body: also those whose text is put together."""
    by_place: dict[str, Found] = {}
    compile_ = re.compile

    def recording(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled = compile_(pattern, flags)
        frame = sys._getframe(1)
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(ROOT):
            place = f"{file.relative_to(ROOT)}:{frame.f_lineno}"
            while place in by_place and by_place[place].pattern != compiled:
                place += "+"
            by_place[place] = Found(compiled, place)
        return compiled

    re.compile = recording  # type: ignore[assignment]
    try:
        for module in pkgutil.walk_packages(frontdesk.__path__, "frontdesk."):
            if not module.name.startswith(_LEFT_OUT):
                importlib.import_module(module.name)
    finally:
        re.compile = compile_
    return by_place


def _inline() -> Iterator[tuple[str, str, re.Pattern[str] | re.Pattern[bytes]]]:
    """`re.search("...", text)` and its like."""
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_of_re(node.func) and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str | bytes):
                    assert isinstance(node.func, ast.Attribute)
                    yield f"{file}:{node.lineno}", node.func.attr, re.compile(text.value)


def _is_of_re(func: ast.expr) -> bool:
    if not isinstance(func, ast.Attribute) or func.attr not in METHODS:
        return False
    return isinstance(func.value, ast.Name) and func.value.id == "re"


def _methods_of(place: str) -> set[str]:
    file, _, line = place.rstrip("+").partition(":")
    name = _names().get((file, int(line)))
    if name is None:
        return set()
    # A private name is its own file's; a public one may be used anywhere.
    used = [methods for (where, used_name), methods in _used().items() if used_name == name]
    return _used()[file, name] if name.startswith("_") else set().union(*used)


@cache
def _names() -> dict[tuple[str, int], str]:
    """What a pattern is assigned to, by the lines of the call."""
    names = {}
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and _is_compile(node.value):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if len(targets) == 1 and isinstance(targets[0], ast.Name):
                    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                        names[file, line] = targets[0].id
    return names


def _is_compile(value: ast.expr | None) -> bool:
    if not isinstance(value, ast.Call):
        return False
    func = value.func
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    return name == "compile" or "pattern" in name


@cache
def _used() -> dict[tuple[str, str], set[str]]:
    """By a file and a name: the methods called on it. Passed on as a value it is used in every way."""
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, tree in _trees():
        called = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.add(id(node.value))
                if node.attr in METHODS:
                    used[file, node.value.id].add(node.attr)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                used[file, node.id] |= {"finditer", "fullmatch"}
    return used


@cache
def _trees() -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8")))
        for path in sorted(ROOT.rglob("*.py"))
    ]
