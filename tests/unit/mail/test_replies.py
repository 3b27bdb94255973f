"""What the sender newly wrote, in the forms that mail programs give it."""

import pytest

from frontdesk.mail.reply.extract import reply_in
from tests.unit.mail.replies_file import Example, examples


@pytest.mark.parametrize(
    "example",
    [example for language in ("ru", "kk", "en") for example in examples(language)],
    ids=lambda example: example.name,
)
def test_the_reply_is_exactly_what_was_newly_written(example: Example) -> None:
    assert reply_in(example.body, example.subject).rstrip() == example.reply
