"""Signing in: by password and second factor, by a one-time link; and going on by a refresh token."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from frontdesk.access import one_time, passkeys, passwords, people, sessions, totp, waits
from frontdesk.access.actor import SYSTEM
from frontdesk.access.one_time import Purpose
from frontdesk.access.passkeys import Challenge, Site
from frontdesk.access.people import Person
from frontdesk.access.tokens import LIFETIME, AccessTokens
from frontdesk.access.totp import Totp
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, Database
from frontdesk.errors import Conflict, Unauthorized

_WRONG = "the e-mail address or the password is wrong"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: the network address, and what its browser calls itself."""

    network: str
    agent: str


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """What a person holds from now on."""

    person: Person
    session_id: str
    access_token: str
    refresh_token: str
    csrf_token: str
    lasts: timedelta = LIFETIME
    """How long `access_token` is good."""


@dataclass(frozen=True, slots=True, repr=False)
class SecondFactor:
    """The password was right; `challenge` comes back with one of the person's second factors."""

    challenge: str
    has_totp: bool
    has_passkey: bool


@dataclass(frozen=True, slots=True)
class SigningIn:
    db: Database
    tokens: AccessTokens
    totp: Totp

    async def by_password(self, email: str, password: str, origin: Origin) -> SignedIn | SecondFactor:
        """Raises `Unauthorized` alike for an unknown account and a wrong password, `RateLimited` after many."""
        account, network = waits.of_account(email), waits.of_network(origin.network)
        async with self.db.transaction() as conn:
            await waits.begin_attempt(conn, account, network)
            person = await people.by_email(conn, email)
        right = await passwords.matches(password, person.password_hash if person else None)
        if person is None or not right or person.disabled_at is not None:
            await self._refuse(person)
            raise Unauthorized(_WRONG)
        async with self.db.transaction() as conn:
            await waits.forgive(conn, account, network)
            return await self._after_password(conn, person, origin)

    async def by_code(self, challenge: str, code: str, origin: Origin) -> SignedIn:
        """The code of an authenticator app. Raises `Unauthorized`, `RateLimited`; the challenge stays for another try."""
        async with self.db.transaction() as conn:
            waiting = await one_time.look(conn, challenge, Purpose.SECOND_FACTOR)
            assert waiting.person_id is not None
            account, network = waits.of_person(waiting.person_id), waits.of_network(origin.network)
            await waits.begin_attempt(conn, account, network)
        async with self.db.transaction() as conn:
            if not await totp.is_code(conn, self.totp, waiting.person_id, code):
                raise Unauthorized("this is not the code that your app shows now")
            await waits.forgive(conn, account, network)
            return await self._complete(conn, challenge, waiting.person_id, origin)

    async def passkey_challenge(self, challenge: str, site: Site) -> Challenge:
        """What the person's browser is asked to sign, after the password."""
        async with self.db.transaction() as conn:
            waiting = await one_time.look(conn, challenge, Purpose.SECOND_FACTOR)
            assert waiting.person_id is not None
            return await passkeys.begin_using(conn, waiting.person_id, site)

    async def by_passkey(
        self, challenge: str, token: str, credential: dict[str, Any], site: Site, origin: Origin
    ) -> SignedIn:
        """Raises `Unauthorized`; a challenge that was answered wrongly is used up."""
        async with self.db.transaction() as conn:
            waiting = await one_time.look(conn, challenge, Purpose.SECOND_FACTOR)
            assert waiting.person_id is not None
            if await passkeys.is_used(conn, waiting.person_id, token, credential, site):
                return await self._complete(conn, challenge, waiting.person_id, origin)
        raise Unauthorized("this passkey does not sign you in here")

    async def _complete(self, conn: Connection, challenge: str, person_id: str, origin: Origin) -> SignedIn:
        await one_time.use(conn, challenge, Purpose.SECOND_FACTOR)
        return await self.begin(conn, await people.get(conn, person_id), origin)

    async def by_link(self, token: str, origin: Origin) -> SignedIn:
        """A printed link that signs in by itself. Raises `Unauthorized`."""
        async with self.db.transaction() as conn:
            link = await one_time.use(conn, token, Purpose.SIGN_IN)
            assert link.person_id is not None
            return await self.begin(conn, await people.get(conn, link.person_id), origin)

    async def with_new_password(self, token: str, password: str, origin: Origin) -> SignedIn | SecondFactor:
        """An invited person's first password, or a new one for a lost one; every other session ends.

        A second factor is asked for as ever: a mailbox alone does not replace it.
        """
        purposes = (Purpose.INVITATION, Purpose.RESET)
        async with self.db.connection() as conn:
            link = await one_time.look(conn, token, *purposes)
            assert link.person_id is not None
            person = await people.get(conn, link.person_id)
        passwords.require_good(password, person.email)
        password_hash = await passwords.hashed(password)
        async with self.db.transaction() as conn:
            await one_time.use(conn, token, *purposes)
            await people.set_password(conn, person.actor, person.person_id, password_hash)
            await sessions.end_all(conn, person.person_id)
            await waits.forgive(conn, waits.of_account(person.email), waits.of_network(origin.network))
            return await self._after_password(conn, person, origin)

    async def first_admin(
        self, token: str, fields: people.PersonFields, password: str, origin: Origin
    ) -> SignedIn:
        """Whoever holds the printed link makes the first admin. Raises `Unauthorized`, `Conflict` for a second one."""
        async with self.db.connection() as conn:
            await one_time.look(conn, token, Purpose.FIRST_ADMIN)
        passwords.require_good(password, fields.email)
        password_hash = await passwords.hashed(password)
        async with self.db.transaction() as conn:
            await one_time.use(conn, token, Purpose.FIRST_ADMIN)
            if await people.has_admin(conn):
                raise Conflict("this desk has its first admin already: sign in")
            person = await people.create(conn, SYSTEM, fields)
            await people.set_password(conn, person.actor, person.person_id, password_hash)
            return await self.begin(conn, person, origin)

    async def again(self, refresh_token: str) -> SignedIn:
        """Raises `Unauthorized` where the session has ended, `Conflict` where another tab was first."""
        async with self.db.transaction() as conn:
            refreshed = await sessions.refresh(conn, refresh_token)
            if refreshed is not None:
                session_id, person_id, next_token = refreshed
                person = await people.get(conn, person_id)
                return self._signed_in(person, session_id, next_token)
        raise Unauthorized("the sign-in has ended: sign in again")

    async def begin(self, conn: Connection, person: Person, origin: Origin) -> SignedIn:
        """A session of a person who has proven to be this one. Raises `Unauthorized` for a disabled one."""
        if person.disabled_at is not None:
            raise Unauthorized(_WRONG)
        session_id, refresh_token = await sessions.begin(conn, person.person_id, origin.network, origin.agent)
        await record(conn, person.actor, AuditAction.PERSON_SIGNED_IN, ObjectKind.SESSION, session_id)
        return self._signed_in(person, session_id, refresh_token)

    async def _after_password(
        self, conn: Connection, person: Person, origin: Origin
    ) -> SignedIn | SecondFactor:
        if not (person.has_totp or person.has_passkey):
            return await self.begin(conn, person, origin)
        challenge = await one_time.issue(conn, Purpose.SECOND_FACTOR, person.person_id)
        return SecondFactor(challenge, person.has_totp, person.has_passkey)

    async def _refuse(self, person: Person | None) -> None:
        """Kept for an unknown account too: it must not be told apart by the time that this takes."""
        name = "unknown" if person is None else person.person_id
        async with self.db.transaction() as conn:
            await record(conn, SYSTEM, AuditAction.PERSON_REFUSED, ObjectKind.PERSON, name)

    def _signed_in(self, person: Person, session_id: str, refresh_token: str) -> SignedIn:
        access_token = self.tokens.issue(session_id, person.person_id)
        return SignedIn(person, session_id, access_token, refresh_token, self.tokens.csrf(session_id))
