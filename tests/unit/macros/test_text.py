"""Gaps of a macro's text: checked when it is kept, filled when it is offered."""

import pytest

from frontdesk.errors import ValidationFailed
from frontdesk.macros.text import Filled, Variable, check, fill


@pytest.mark.parametrize("text", ["", "Hello", "{{customer.name}}, {{ order.number }}", "{ one } brace"])
def test_texts_of_known_variables_are_kept(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text", ["{{customer.phone}}", "{{}}", "{{customer.name", "order }}", "{{a\nb}}", "{{{{customer.name}}}}"]
)
def test_what_nobody_could_fill_is_refused(text: str) -> None:
    with pytest.raises(ValidationFailed):
        check(text)


def test_what_is_known_is_filled_and_what_is_not_keeps_its_gap() -> None:
    values = {Variable.CUSTOMER_NAME: "Дана", Variable.ORDER_NUMBER: None}
    text = "{{customer.name}}: {{ order.number }} · {{order.number}} {{operator.name}}"
    assert fill(text, values) == Filled(
        "Дана: {{order.number}} · {{order.number}} {{operator.name}}",
        (Variable.ORDER_NUMBER, Variable.OPERATOR_NAME),
    )


def test_a_value_with_braces_is_no_gap() -> None:
    assert fill("{{customer.name}}", {Variable.CUSTOMER_NAME: "{{order.number}}"}).missing == ()
