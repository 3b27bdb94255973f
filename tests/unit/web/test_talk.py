"""What a window keeps of what came through it."""

import pytest

from frontdesk.db.pool import Database
from frontdesk.errors import ValidationFailed
from frontdesk.escalation.rules import HandoverRules
from frontdesk.settings import Settings
from frontdesk.terms import ConversationId
from frontdesk.web.chat.talk import Talk


def test_a_refused_message_leaves_nothing_in_the_window() -> None:
    route = HandoverRules.of(Settings(_env_file=None)).route
    talk = Talk(Database("postgresql://nowhere/"), ConversationId("c"), route)
    with talk.sending("kept"):
        pass
    for given in ("x" * 1_000_000, "kept", 7, None):
        with pytest.raises(ValidationFailed), talk.sending(given):
            raise ValidationFailed("nothing said")
    assert talk.sent == {"kept"}
