"""Names that more than one public class of the program has, at the top level of its modules.

Listed without an aim: what the API shows of a ticket may be called `Ticket` too.
"""

import ast
from collections import defaultdict

from scripts.structure.measure import Measure, Place
from scripts.structure.sources import Sources


def find(sources: Sources) -> list[Place]:
    classes: dict[str, list[Place]] = defaultdict(list)
    for module in sources.package.values():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].append(Place(module.path, node.lineno))
    return [
        Place(places[0].path, places[0].line, f"{name}: also " + ", ".join(map(str, places[1:])))
        for name, places in sorted(classes.items())
        if len(places) > 1
    ]


MEASURE = Measure("class-names", "public class names used twice", find)
