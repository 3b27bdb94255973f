"""Derives a key for each purpose from the desk's secret; one key does not reveal another.

Derivation is HMAC-SHA256 as a pseudorandom function over the purpose (NIST SP 800-108, one block).
"""

import hashlib
import hmac
from dataclasses import dataclass

from frontdesk.errors import SetupError

SHORTEST = 16
"""Characters of the secret."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Raises `SetupError` for a secret shorter than `SHORTEST`."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret.strip()) < SHORTEST:
            raise SetupError(
                f"the key that signs sessions and links has less than {SHORTEST} characters: set SECRET_KEY, or"
                " remove the file secret.key of the home to have another one made (sessions and links end)"
            )

    @property
    def links(self) -> bytes:
        """Signs the links of managers' e-mails."""
        return self._derived("links")

    @property
    def portal(self) -> bytes:
        """Signs the links that customers enter the portal by."""
        return self._derived("portal")

    @property
    def mail(self) -> bytes:
        """Seals what mails prove by that they answer one of ours."""
        return self._derived("mail")

    @property
    def sessions(self) -> bytes:
        """Derives the tokens of chat sessions."""
        return self._derived("sessions")

    @property
    def audit(self) -> bytes:
        """Signs the head of the audit log, and makes the digests of personal values in it."""
        return self._derived("audit")

    @property
    def access(self) -> bytes:
        """Signs the short-lived tokens of people who have signed in."""
        return self._derived("access")

    @property
    def second_factors(self) -> bytes:
        """Encrypts the secrets of people's authenticator apps."""
        return self._derived("second-factors")

    def identity(self, account: str = "default") -> str:
        """The key of a widget account's identity hashes, in hex."""
        return self._derived(f"identity:{account}").hex()

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self.secret, f"frontdesk/1/{purpose}".encode(), hashlib.sha256).digest()
