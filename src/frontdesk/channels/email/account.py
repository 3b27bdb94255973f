"""What a mail account is set up with."""

from pydantic import Field, SecretStr, field_validator

from frontdesk.channels.registry import AccountSettings
from frontdesk.engine.mailer import ADDRESS

SHORTEST_SECRET = 16


class EmailAccount(AccountSettings):
    address: str = Field("", description="the address that customers write to; not set: that of MAIL_FROM")
    webhook_secret: SecretStr | None = Field(
        None,
        description="a secret by which a mail relay signs what it hands over at /webhooks/email/<account>",
        json_schema_extra={"made_here": True},
    )
    plus_addresses: bool = Field(
        True, description="false where the mail server knows no addresses like desk+more@shop.example"
    )
    signature: str = Field("", description="what stands below every reply")
    answers_per_hour: int = Field(
        10,
        ge=1,
        description="after so many answers by the AI to one address within an hour a person takes over",
    )
    authserv_id: str = Field(
        "", description="the name by which your mail server signs its Authentication-Results: it is believed"
    )

    @field_validator("address")
    @classmethod
    def _address(cls, value: str) -> str:
        address = value.strip().lower()
        if address and not ADDRESS.fullmatch(address):
            raise ValueError("no address; it looks like support@shop.example")
        return address

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr | None) -> SecretStr | None:
        value = secret.get_secret_value() if secret else ""
        if not value:
            return None
        if len(value) < SHORTEST_SECRET:
            raise ValueError(f"must have {SHORTEST_SECRET} characters or more")
        return secret

    @property
    def is_read(self) -> bool:
        """Whether what comes to the address comes in here."""
        return self.webhook_secret is not None
