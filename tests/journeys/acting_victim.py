"""A worker process whose AI proposes to give points; it is killed like any other victim."""

import os

from tests.contracts import toy_tool
from tests.journeys import victim
from tests.journeys.proposing import ProposingAnswerer


def run(shop: str, lease: float, *words: str) -> None:
    """The process's whole life. `shop` is the address of the toy's shop, `lease` in seconds."""
    os.environ.update(TOY_SHOP=shop, TOOL_MODULES=toy_tool.__name__)
    victim.run(*words, answerer=ProposingAnswerer(seconds=0.02), lease=lease)
