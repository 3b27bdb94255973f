"""A Python file as a syntax tree, with what its names stand for."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Self


@dataclass(frozen=True, slots=True)
class Import:
    line: int
    target: str
    """Dotted: a module, or a name in one."""
    bound: str
    """The name that the file gets by it."""
    origin: str
    """What that name stands for: less than `target` for `import a.b`, which binds `a`."""


@dataclass(frozen=True)
class Module:
    path: str
    name: str
    """Dotted, from the import root: `frontdesk.tickets.log`, `tests.unit.kit.test_text`."""
    tree: ast.Module

    @classmethod
    def parse(cls, path: str, text: str) -> Self:
        """Raises `SyntaxError`."""
        parts = PurePosixPath(path).with_suffix("").parts
        parts = parts[1:] if parts[0] == "src" else parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        return cls(path, ".".join(parts), ast.parse(text, path))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Wherever in the file they stand."""
        return tuple(entry for node in ast.walk(self.tree) for entry in self._imports_of(node))

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """What each imported name stands for, dotted."""
        return {entry.bound: entry.origin for entry in self.imports}

    def origin(self, node: ast.AST) -> str | None:
        """The dotted name that an expression stands for: imported, or taken to be this module's own."""
        match node:
            case ast.Name(id=name):
                return self.imported.get(name, f"{self.name}.{name}")
            case ast.Attribute(value=value, attr=name):
                owner = self.origin(value)
                return None if owner is None else f"{owner}.{name}"
            case _:
                return None

    def _imports_of(self, node: ast.AST) -> Iterator[Import]:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    yield Import(node.lineno, alias.name, bound, alias.name if alias.asname else bound)
            case ast.ImportFrom(names=names):
                for alias in names:
                    target = f"{self._source_of(node)}.{alias.name}"
                    yield Import(node.lineno, target, alias.asname or alias.name, target)

    def _source_of(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        is_package = self.path.endswith("/__init__.py")
        above = self.name.split(".")[: None if is_package and node.level == 1 else is_package - node.level]
        return ".".join([*above, *([node.module] if node.module else [])])
