"""From an identity provider's word to a session: state, the browser it belongs to, and the person it is."""

import hmac
from dataclasses import dataclass

from frontdesk.access import one_time, people
from frontdesk.access.actor import SYSTEM
from frontdesk.access.oidc import Identity, Provider
from frontdesk.access.one_time import Purpose
from frontdesk.access.people import Person, PersonFields
from frontdesk.access.secrets import hash_of, new_secret
from frontdesk.access.sign_in import Origin, SignedIn, SigningIn
from frontdesk.db.pool import Connection
from frontdesk.errors import Forbidden, Unauthorized

_STRANGER = "nobody here has your address, and none of your groups gives a role: ask an admin to invite you"


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and what its cookie keeps until it comes back."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    signing_in: SigningIn
    provider: Provider

    async def begin(self, next_page: str) -> Departure:
        """Raises `Unavailable` where the provider cannot be asked."""
        browser, state = new_secret(), new_secret()
        begun = await self.provider.begin(state)
        data = {
            "browser": hash_of(browser),
            "nonce": begun.nonce,
            "verifier": begun.verifier,
            "next": next_page,
        }
        async with self.signing_in.db.transaction() as conn:
            await one_time.keep(conn, state, Purpose.OIDC, data)
        return Departure(begun.address, browser)

    async def finish(self, state: str, browser: str, code: str, origin: Origin) -> tuple[SignedIn, str]:
        """The session, and the page to go on with.

        Raises `Unauthorized` for a state that is unknown, used, or another browser's; `Forbidden` for a
        stranger to this desk; `Unavailable`.
        """
        async with self.signing_in.db.transaction() as conn:
            begun = await one_time.use(conn, state, Purpose.OIDC)
        if not hmac.compare_digest(str(begun.data["browser"]), hash_of(browser)):
            raise Unauthorized("this sign-in began in another browser: begin again")
        identity = await self.provider.finish(code, str(begun.data["verifier"]), str(begun.data["nonce"]))
        async with self.signing_in.db.transaction() as conn:
            person = await self._person(conn, identity)
            return await self.signing_in.begin(conn, person, origin), str(begun.data["next"])

    async def _person(self, conn: Connection, identity: Identity) -> Person:
        """By the identity itself; else by an address that the provider has verified; else new, by a group's role."""
        person = await people.by_oidc_subject(conn, identity.subject)
        if person is None and identity.email_verified:
            person = await people.by_email(conn, identity.email)
        if person is None:
            if identity.role is None or not identity.email_verified:
                raise Forbidden(_STRANGER)
            fields = PersonFields(identity.email, identity.name, identity.role)
            return await people.create(conn, SYSTEM, fields, identity.subject)
        await people.link_oidc(conn, person.person_id, identity.subject)
        return await self._with_role(conn, person, identity)

    async def _with_role(self, conn: Connection, person: Person, identity: Identity) -> Person:
        """Groups decide anew with each sign-in; who is in none of them any more comes in no more."""
        if not self.provider.roles:
            return person
        if identity.role is None:
            raise Forbidden(_STRANGER)
        if identity.role is person.role:
            return person
        limits = (
            tuple(names) if names is not None else None for names in (person.categories, person.channels)
        )
        fields = PersonFields(person.email, person.name, identity.role, *limits)
        return await people.change(conn, SYSTEM, person.person_id, fields)
