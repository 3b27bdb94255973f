"""SQL statements in `src/frontdesk/web`: strings, f-strings and joined strings that begin like one."""

from scripts.structure.measure import Measure, Place
from scripts.structure.sources import Sources
from scripts.structure.sql import is_statement, strings

_WEB = "src/frontdesk/web/"


def find(sources: Sources) -> list[Place]:
    return sorted(
        Place(module.path, line, " ".join(text.split())[:60])
        for module in sources.python
        if module.path.startswith(_WEB)
        for line, text in strings(module.tree)
        if is_statement(text)
    )


MEASURE = Measure("web-sql", "SQL statements in web/", find, aim=0)
