"""Where answers to the desk's own mails are read, and how they prove what they answer."""

from dataclasses import dataclass

from frontdesk.channels.channel import Channels
from frontdesk.channels.email.channel import Email
from frontdesk.kit.reply_tokens import Answers, ReplyTokens


@dataclass(frozen=True, slots=True)
class AnswerAddress:
    address: str
    plus_addresses: bool
    tokens: ReplyTokens

    def token(self, escalation_id: str) -> str:
        return self.tokens.token(Answers.ESCALATION, escalation_id)

    def of_escalation(self, escalation_id: str) -> str:
        sealed = self.tokens.plus_address(self.address, self.token(escalation_id))
        return sealed if sealed and self.plus_addresses else self.address


def answers_to(channels: Channels) -> AnswerAddress | None:
    """By the account `default`, else by the first one; None where no mail is read here."""
    read = [channel for channel in channels if isinstance(channel, Email) and channel.head.is_read]
    read.sort(key=lambda channel: channel.account != "default")
    if not read:
        return None
    head = read[0].head
    return AnswerAddress(head.address, head.plus_addresses, read[0].tokens)
