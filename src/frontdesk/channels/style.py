"""How replies on each channel are written (contracts: Replies and drafts by channel)."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.kit.words import count_words
from frontdesk.terms import ChannelName


@dataclass(frozen=True, slots=True)
class ReplyStyle:
    """Binds AI replies and drafts alike; what a person writes may be longer."""

    max_words: int | None
    max_characters: int | None
    tone: str
    manner: str = ""
    """What a model is told beside the tone."""
    letter: bool = False
    """With a greeting and a signature."""

    @property
    def in_words(self) -> str:
        """The limit as a model is told it."""
        if self.max_characters is not None:
            return f"at most {self.max_characters} characters"
        return f"at most {self.max_words} words" if self.max_words is not None else "as short as it can be"

    def allow(self, text: str) -> bool:
        return (self.max_words is None or count_words(text) <= self.max_words) and (
            self.max_characters is None or len(text) <= self.max_characters
        )

    def limited_to(self, most: int) -> "ReplyStyle":
        """The same with another limit, counted in what this style counts: characters, or else words."""
        if self.max_characters is not None:
            return dataclasses.replace(self, max_characters=most)
        return dataclasses.replace(self, max_words=most)


ReplyStyles = Mapping[ChannelName, ReplyStyle]

_CHAT = ReplyStyle(100, None, "friendly", "short paragraphs")
_LETTER = ReplyStyle(200, None, "professional", "a clear structure", letter=True)

REPLY_STYLES: ReplyStyles = {
    ChannelName.SMS: ReplyStyle(None, 160, "casual", "abbreviations, straight to the point"),
    ChannelName.EMAIL: _LETTER,
    ChannelName.WEB_FORM: _LETTER,
    ChannelName.WEB_CHAT: _CHAT,
    ChannelName.TELEGRAM: _CHAT,
    ChannelName.WHATSAPP: _CHAT,
    ChannelName.INSTAGRAM: _CHAT,
    ChannelName.PHONE: ReplyStyle(75, None, "conversational", "natural speech, empathy"),
}


def reply_styles(limits: Mapping[ChannelName, int]) -> ReplyStyles:
    """The contract's styles with the limits that the settings change."""
    return {
        name: style.limited_to(limits[name]) if name in limits else style
        for name, style in REPLY_STYLES.items()
    }
