"""What an account of WhatsApp's Cloud API is set up with."""

from typing import Annotated

from pydantic import Field, SecretStr

from frontdesk.channels.registry import AccountSettings

GRAPH = "https://graph.facebook.com/v26.0"


class WhatsAppAccount(AccountSettings):
    token: Annotated[SecretStr, Field(min_length=1)]
    """Of a system user, with `whatsapp_business_messaging`."""
    phone_number_id: Annotated[str, Field(pattern=r"^\d{1,32}$")]
    app_secret: Annotated[SecretStr, Field(min_length=1)]
    verify_token: Annotated[SecretStr, Field(min_length=1)]
    api_url: str = GRAPH
