"""An account of Telegram at a stub of its Bot API."""

from pathlib import Path

from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.telegram.account import TelegramAccount
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.terms import ChannelName
from tests.emulators.bot_api import TOKEN, WEBHOOK_SECRET

STYLE = REPLY_STYLES[ChannelName.TELEGRAM]
UNUSED = FolderBlobs(Path("unused"))


def account(root: str) -> TelegramAccount:
    return TelegramAccount.model_validate(
        {"bot_token": TOKEN, "webhook_secret": WEBHOOK_SECRET, "api_url": root}
    )
