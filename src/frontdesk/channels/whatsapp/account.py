"""What an account of WhatsApp's Cloud API is set up with."""

from pydantic import Field, SecretStr

from frontdesk.channels.registry import AccountSettings

GRAPH = "https://graph.facebook.com/v26.0"


class WhatsAppAccount(AccountSettings):
    token: SecretStr = Field(
        min_length=1, description="of a system user of the business, with whatsapp_business_messaging"
    )
    phone_number_id: str = Field(
        pattern=r"^\d{1,32}$", description="the number's id (not the number), in the app under API setup"
    )
    app_secret: SecretStr = Field(
        min_length=1, description="of the app, under app settings, basic: Meta signs with it"
    )
    verify_token: SecretStr = Field(
        min_length=1,
        description="anything long, which Meta repeats when it is told where to call",
        json_schema_extra={"made_here": True},
    )
    api_url: str = Field(GRAPH, description="Meta's API with its version; not set: the version tried last")
