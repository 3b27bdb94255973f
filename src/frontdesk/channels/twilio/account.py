"""What an account of Twilio is set up with."""

import re

from pydantic import ConfigDict, Field, SecretStr, field_validator

from frontdesk.channels.registry import AccountSettings

_SENDER = re.compile(r"(whatsapp:)?\+\d{5,15}|MG[0-9a-fA-F]{32}|\d{3,8}|[A-Za-z0-9 ]{1,11}")
WHATSAPP = "whatsapp:"


class TwilioAccount(AccountSettings):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    account_sid: str = Field(
        pattern=r"^AC[0-9a-zA-Z]{32}$", description="AC..., on the first page of Twilio's console"
    )
    auth_token: SecretStr = Field(
        min_length=1, description="beside it: opens Twilio's API and signs what Twilio sends"
    )
    senders: str = Field(
        alias="from", description="+15551234567 or MG..., and whatsapp:+15557654321 by a comma"
    )
    api_url: str = Field("https://api.twilio.com", description="another address of Twilio's API")
    content_url: str = Field(
        "https://content.twilio.com", description="another address where buttons of WhatsApp are made"
    )

    @field_validator("senders")
    @classmethod
    def _are_senders(cls, value: str) -> str:
        named = [sender.strip() for sender in value.split(",")]
        if not all(_SENDER.fullmatch(sender) for sender in named):
            raise ValueError("it looks like +15551234567 or +15551234567,whatsapp:+15551234567")
        return ",".join(named)

    @property
    def sms_sender(self) -> str:
        """Empty where only WhatsApp is named."""
        return next((s for s in self.senders.split(",") if not s.startswith(WHATSAPP)), "")

    @property
    def whatsapp_sender(self) -> str:
        """The named one, or else the number that sends SMS, which may have WhatsApp too."""
        named = next((s for s in self.senders.split(",") if s.startswith(WHATSAPP)), "")
        return named or (WHATSAPP + self.sms_sender if self.sms_sender.startswith("+") else "")


def whatsapp_account(name: str) -> str:
    """Apart from the accounts of Meta's Cloud API, which may have the same names."""
    return "twilio" if name == "default" else f"twilio-{name}"
