"""Accounts come from the settings, and a channel is what is found."""

from pathlib import Path

import pytest

from frontdesk.channels.channel import Channels
from frontdesk.channels.registry import AccountSettings, ChannelDeps, accounts, build_channels
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.errors import SetupError
from frontdesk.settings import Settings, load
from frontdesk.terms import ChannelName

TOY = ("tests.contracts.toy_channel",)


class Two(AccountSettings):
    token: str
    limit: int = 3


def settings(**given: object) -> Settings:
    return Settings.model_validate({"_env_file": None, **given})


def built(config: Settings, tmp_path: Path) -> Channels:
    return build_channels(config, ChannelDeps(REPLY_STYLES, FolderBlobs(tmp_path), None))


def test_the_variables_of_a_provider_describe_its_default_account() -> None:
    known = accounts(settings(variables={"TWO_TOKEN": "t", "TWO_LIMIT": "7", "THREE_TOKEN": "x"}), "two", Two)
    assert known == {"default": Two(token="t", limit=7)}


def test_other_accounts_stand_in_one_setting() -> None:
    config = settings(channel_accounts={"two": {"shop": {"token": "a"}, "wholesale": {"token": "b"}}})
    assert {name: account.token for name, account in accounts(config, "two", Two).items()} == {
        "shop": "a",
        "wholesale": "b",
    }


def test_nothing_set_is_no_account() -> None:
    assert accounts(settings(variables={"TWO_TOKEN": ""}), "two", Two) == {}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"variables": {"TWO_LIMIT": "7"}}, "TWO_TOKEN"),
        ({"variables": {"TWO_TOKEN": "t", "TWO_LIMIT": "many"}}, "TWO_LIMIT"),
        ({"channel_accounts": {"two": {"shop": {"tokn": "a"}}}}, "two/shop/TOKEN"),
        (
            {"channel_accounts": {"two": {"default": {"token": "a"}}}, "variables": {"TWO_TOKEN": "t"}},
            "two/default",
        ),
    ],
)
def test_what_is_wrong_is_named_without_its_value(given: dict[str, object], named: str) -> None:
    with pytest.raises(SetupError) as refused:
        accounts(settings(**given), "two", Two)
    assert named in refused.value.message
    assert "many" not in refused.value.message


def test_the_channels_of_the_house_are_found_by_themselves(tmp_path: Path) -> None:
    known = {(channel.name, channel.account) for channel in built(settings(), tmp_path)}
    assert {(ChannelName.WEB_CHAT, "default"), (ChannelName.WEB_FORM, "default")} <= known
    assert {(name, "api") for name in ChannelName} <= known


def test_a_channel_of_ones_own_needs_its_module_and_its_account(tmp_path: Path) -> None:
    config = settings(channel_modules=TOY, variables={"TOY_SECRET": "s"})
    assert built(config, tmp_path).webhook("toy/default").webhook == "toy/default"
    assert len(list(built(settings(channel_modules=TOY), tmp_path))) == len(list(built(settings(), tmp_path)))


def test_a_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"shop\.fax"):
        built(settings(channel_modules=("shop.fax",)), tmp_path)


def test_the_environment_is_read_once_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("two_token", "a-secret")
    config = load(_env_file=None)
    assert accounts(config, "two", Two)["default"].token == "a-secret"
    assert "a-secret" not in repr(config) + config.model_dump_json()
