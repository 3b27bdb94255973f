"""What a desk has for its people: how they sign in, and the mails that let them."""

from dataclasses import dataclass

from frontdesk.access import one_time, people
from frontdesk.access.actor import SYSTEM
from frontdesk.access.mail import AccessMail, link_to
from frontdesk.access.oidc import provider_of
from frontdesk.access.one_time import Purpose
from frontdesk.access.people import PersonFields
from frontdesk.access.roles import Role
from frontdesk.access.sign_in import SigningIn
from frontdesk.access.single_sign_on import SingleSignOn
from frontdesk.access.tokens import AccessTokens
from frontdesk.access.totp import Totp
from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.mailer import Mailer
from frontdesk.kit.keys import Keys
from frontdesk.settings import Settings

DEMO_ADMIN = "admin@frontdesk.example"


@dataclass(frozen=True, slots=True)
class Access:
    signing_in: SigningIn
    mail: AccessMail
    single_sign_on: SingleSignOn | None

    @property
    def tokens(self) -> AccessTokens:
        return self.signing_in.tokens


def access_of(settings: Settings, keys: Keys, db: Database, lanes: Lanes, mailer: Mailer) -> Access:
    signing_in = SigningIn(db, AccessTokens(keys.access), Totp(keys.second_factors))
    language = settings.default_language
    mail = AccessMail(lanes, mailer, settings.base_url, settings.mail_from, settings.desk_name, language)
    provider = provider_of(settings)
    return Access(signing_in, mail, None if provider is None else SingleSignOn(signing_in, provider))


async def first_admin_link(access: Access, db: Database) -> str | None:
    """A link that makes the desk's first admin, for whoever reads this process's terminal; None where there is one."""
    async with db.transaction() as conn:
        if await people.has_admin(conn):
            return None
        token = await one_time.issue(conn, Purpose.FIRST_ADMIN)
    return link_to(access.mail.base_url, Purpose.FIRST_ADMIN, token)


async def demo_link(access: Access, db: Database, name: str) -> str:
    """A link that signs the reader in as the demo's admin, who is made where nobody is."""
    async with db.transaction() as conn:
        admin = await people.by_email(conn, DEMO_ADMIN)
        if admin is None:
            admin = await people.create(conn, SYSTEM, PersonFields(DEMO_ADMIN, name, Role.ADMIN))
        token = await one_time.issue(conn, Purpose.SIGN_IN, admin.person_id)
    return link_to(access.mail.base_url, Purpose.SIGN_IN, token)
