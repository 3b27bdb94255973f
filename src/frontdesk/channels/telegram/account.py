"""What a bot's account is set up with."""

from typing import Annotated

from pydantic import Field, SecretStr, field_validator

from frontdesk.channels.registry import AccountSettings

BOT_API = "https://api.telegram.org"
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class TelegramAccount(AccountSettings):
    bot_token: SecretStr = Field(description="the token that @BotFather gives for a new bot (/newbot)")
    webhook_secret: SecretStr | None = Field(
        None,
        description="a secret by which Telegram proves that it calls; with PUBLIC_URL it calls, else it is asked",
        json_schema_extra={"made_here": True},
    )
    api_url: Annotated[
        str, Field(description="the address of a Bot API server of your own; not set: Telegram's")
    ] = BOT_API

    @field_validator("bot_token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        number, colon, secret = token.get_secret_value().strip().partition(":")
        if not (number.isascii() and number.isdigit() and colon and secret and set(secret) <= _SIGNS):
            raise ValueError("no bot token; it looks like 123456789:AA... of @BotFather")
        return SecretStr(f"{number}:{secret}")

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr | None) -> SecretStr | None:
        value = secret.get_secret_value() if secret else ""
        if not value:
            return None
        if not (8 <= len(value) <= 256 and set(value) <= _SIGNS):
            raise ValueError("must be 8 to 256 letters, digits, _ and -")
        return secret
