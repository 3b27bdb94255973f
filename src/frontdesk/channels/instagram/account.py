"""What an account of Instagram is set up with."""

from pydantic import Field, SecretStr

from frontdesk.channels.registry import AccountSettings

GRAPH = "https://graph.instagram.com/v26.0"


class InstagramAccount(AccountSettings):
    token: SecretStr = Field(
        min_length=1,
        description="of the account, with instagram_business_manage_messages and instagram_business_manage_comments",
    )
    account_id: str = Field(pattern=r"^\d{1,32}$", description="of the professional account, such as 1784...")
    app_secret: SecretStr = Field(
        min_length=1, description="of the Instagram app; where the Facebook app signs too, both by a comma"
    )
    verify_token: SecretStr = Field(
        min_length=1,
        description="anything long, which Meta repeats when it is told where to call",
        json_schema_extra={"made_here": True},
    )
    api_url: str = Field(
        GRAPH, description="https://graph.facebook.com/v26.0 for a Page's token; not set: Instagram login"
    )

    @property
    def app_secrets(self) -> list[str]:
        return [secret.strip() for secret in self.app_secret.get_secret_value().split(",") if secret.strip()]
