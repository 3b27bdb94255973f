"""An e-mail as a person reads it."""

from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from frontdesk.escalation.mail import MailContent, compose
from frontdesk.escalation.story import Story
from tests.unit.escalation.stories import STORY

ALMATY = ZoneInfo("Asia/Almaty")


class Page(HTMLParser):
    """What a mail program would make of it: the visible text, the tags, the addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.names: set[str] = set()
        self._text: list[str] = []
        self._style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._style = tag == "style"
        self._text.append("\n" if tag == "br" else " ")
        self.names |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        if not self._style:
            self._text.append(data)

    @property
    def text(self) -> str:
        return "".join(self._text)


def written(about: Story = STORY, language: str = "ru") -> MailContent:
    return compose(about, language, ALMATY, "Aspan Market")
