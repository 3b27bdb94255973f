"""Small sources to measure."""

from textwrap import dedent

from scripts.structure.sources import Sources


def sources(**texts: str) -> Sources:
    """The program's modules by their dotted names within `frontdesk`, `__` for a dot."""
    return Sources(
        {
            f"src/frontdesk/{name.replace('__', '/')}.py".replace("/init.py", "/__init__.py"): dedent(text)
            for name, text in texts.items()
        }
    )
