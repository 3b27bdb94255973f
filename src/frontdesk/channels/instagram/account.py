"""What an account of Instagram is set up with."""

from typing import Annotated

from pydantic import Field, SecretStr

from frontdesk.channels.registry import AccountSettings

GRAPH = "https://graph.instagram.com/v26.0"


class InstagramAccount(AccountSettings):
    token: Annotated[SecretStr, Field(min_length=1)]
    """Of the account, with `instagram_business_manage_messages` and `instagram_business_manage_comments`."""
    account_id: Annotated[str, Field(pattern=r"^\d{1,32}$")]
    app_secret: Annotated[SecretStr, Field(min_length=1)]
    """Several by commas: the Instagram app's and the Facebook app's sign different deliveries."""
    verify_token: Annotated[SecretStr, Field(min_length=1)]
    api_url: str = GRAPH

    @property
    def app_secrets(self) -> list[str]:
        return [secret.strip() for secret in self.app_secret.get_secret_value().split(",") if secret.strip()]
