"""How long the AI's replies may be on each channel."""

import pytest

from frontdesk.channels.style import REPLY_STYLES, reply_styles
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

LIMITS = Settings(_env_file=None, reply_limits={"sms": 20, "web_chat": 3}).reply_limits


@pytest.mark.parametrize(
    ("channel", "text", "fits"),
    [
        (ChannelName.SMS, "x" * 20, True),
        (ChannelName.SMS, "x" * 21, False),
        (ChannelName.WEB_CHAT, "Within three days.", True),
        (ChannelName.WEB_CHAT, "Within three working days.", False),
    ],
)
def test_a_limit_of_the_settings_counts_characters_in_an_sms_and_words_elsewhere(
    channel: ChannelName, text: str, fits: bool
) -> None:
    assert REPLY_STYLES[channel].allow(text)
    assert reply_styles(LIMITS)[channel].allow(text) is fits


def test_channels_that_are_not_named_keep_their_limits() -> None:
    styles = reply_styles(LIMITS)
    others = set(ChannelName) - {ChannelName.SMS, ChannelName.WEB_CHAT}
    assert {name: styles[name] for name in others} == {name: REPLY_STYLES[name] for name in others}
