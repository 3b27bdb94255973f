"""What a mail account is set up with."""

from typing import Literal

from pydantic import Field, SecretStr, field_validator

from frontdesk.channels.registry import AccountSettings
from frontdesk.engine.mailer import ADDRESS

SHORTEST_SECRET = 16


class EmailAccount(AccountSettings):
    address: str = Field("", description="the address that customers write to; not set: that of MAIL_FROM")
    aliases: str = Field("", description="other addresses whose mail comes there too, by commas")
    webhook_secret: SecretStr | None = Field(
        None,
        description="a secret by which a mail relay signs what it hands over at /webhooks/email/<account>",
        json_schema_extra={"made_here": True},
    )
    imap_host: str = Field(
        "",
        description="the server of a mailbox that is asked for mail",
        json_schema_extra={"variable": "IMAP_HOST"},
    )
    imap_port: int = Field(
        993, ge=1, le=65535, description="its port", json_schema_extra={"variable": "IMAP_PORT"}
    )
    imap_username: str = Field(
        "",
        description="the name of the login; not set: the address",
        json_schema_extra={"variable": "IMAP_USERNAME"},
    )
    imap_password: SecretStr = Field(
        SecretStr(""), description="its password", json_schema_extra={"variable": "IMAP_PASSWORD"}
    )
    imap_tls: Literal["tls", "starttls", "none"] = Field(
        "tls", description="tls, starttls or none", json_schema_extra={"variable": "IMAP_TLS"}
    )
    imap_folder: str = Field(
        "INBOX", description="the folder that is read", json_schema_extra={"variable": "IMAP_FOLDER"}
    )
    imap_backlog_days: int = Field(
        0,
        ge=0,
        le=365,
        description="mail of so many days before the first connection is answered too",
        json_schema_extra={"variable": "IMAP_BACKLOG_DAYS"},
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
    def named_aliases(self) -> tuple[str, ...]:
        return tuple(alias.strip().lower() for alias in self.aliases.split(",") if alias.strip())

    @property
    def is_read(self) -> bool:
        """Whether what comes to the address comes in here."""
        return self.webhook_secret is not None or bool(self.imap_host)
