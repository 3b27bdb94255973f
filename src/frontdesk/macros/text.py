"""The gaps of a macro's text: `{{customer.name}}` and its like, a closed set. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.errors import ValidationFailed


class Variable(StrEnum):
    CUSTOMER_NAME = "customer.name"
    TICKET_NUMBER = "ticket.number"
    ORDER_NUMBER = "order.number"
    OPERATOR_NAME = "operator.name"


_GAP = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_BRACES = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Filled:
    content: str
    missing: tuple[Variable, ...]
    """What nobody knows here: its gaps still stand in the text."""


def check(text: str) -> None:
    """Raises `ValidationFailed` for a variable that there is not, and for braces without their other end."""
    for gap in _GAP.finditer(text):
        name = gap[1].strip()
        if name not in tuple(Variable):
            raise ValidationFailed(
                f"there is no variable {{{{{name[:60]}}}}}; there are {', '.join(Variable)}"
            )
    if _BRACES.search(_GAP.sub("", text)):
        raise ValidationFailed("every {{ needs its }}")


def fill(text: str, values: Mapping[Variable, str | None]) -> Filled:
    """The text of a checked macro with what is known."""
    missing: dict[Variable, None] = {}

    def value(gap: re.Match[str]) -> str:
        variable = Variable(gap[1].strip())
        known = values.get(variable)
        if known:
            return known
        missing[variable] = None
        return f"{{{{{variable}}}}}"

    content = _GAP.sub(value, text)
    return Filled(content, tuple(missing))
