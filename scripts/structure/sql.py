"""The strings of a Python file that are SQL."""

import ast
import re
from collections.abc import Iterator

_STATEMENT = re.compile(
    r"\s*(select\s+(\d|.*\bfrom\b|\w+\()|insert\s+into\b|update\s+\S+.*\bset\b|delete\s+from\b"
    r"|with\s+(recursive\s+)?\w+[^.]*\bas\s+(not\s+)?(materialized\s*)?\("
    r"|create\s+(temp(orary)?\s+|unlogged\s+|unique\s+|or\s+replace\s+)*(table|index|view|function|sequence)\b)",
    re.IGNORECASE | re.DOTALL,
)


def is_statement(text: str) -> bool:
    """Whether it begins like a statement; a sentence that begins with the same verb does not."""
    return _STATEMENT.match(text) is not None


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every string but docstrings, joined where it is put together; `{}` for what is computed."""
    docstrings = set(map(id, _bare_strings(tree)))
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        text = None if id(node) in docstrings else _text(node)
        if text is None:
            waiting.extend(ast.iter_child_nodes(node))
        elif isinstance(node, ast.expr):
            yield node.lineno, text


def _bare_strings(tree: ast.AST) -> Iterator[ast.expr]:
    """Strings that are a statement of their own: docstrings of modules, functions, classes and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _text(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "{}" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = _text(left), _text(right)
            return None if first is None and second is None else (first or "{}") + (second or "{}")
        case _:
            return None
