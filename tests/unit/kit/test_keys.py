"""One secret, a key for each purpose."""

import pytest

from frontdesk.errors import SetupError
from frontdesk.kit.keys import Keys

SECRET = b"a-secret-of-a-desk-0123456789"


def test_no_two_purposes_share_a_key_and_none_is_the_secret() -> None:
    keys = Keys(SECRET)
    made = [keys.links, keys.sessions, keys.identity().encode(), keys.identity("shop-2").encode(), SECRET]
    assert len(set(made)) == len(made)


def test_the_same_secret_gives_the_same_keys_and_another_gives_others() -> None:
    assert Keys(SECRET).links == Keys(SECRET).links
    assert Keys(SECRET).links != Keys(SECRET + b"0").links


@pytest.mark.parametrize("secret", [b"", b" " * 40, b"short"])
def test_a_secret_that_is_none_is_refused(secret: bytes) -> None:
    with pytest.raises(SetupError, match="SECRET_KEY"):
        Keys(secret)


def test_the_secret_is_not_shown() -> None:
    assert "secret" not in repr(Keys(SECRET)).lower()
