"""What a desk has for its people: how they sign in, and the mails that let them."""

from dataclasses import dataclass

from frontdesk.access.mail import AccessMail
from frontdesk.access.sign_in import SigningIn
from frontdesk.access.tokens import AccessTokens
from frontdesk.access.totp import Totp
from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.mailer import Mailer
from frontdesk.kit.keys import Keys
from frontdesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Access:
    signing_in: SigningIn
    mail: AccessMail

    @property
    def tokens(self) -> AccessTokens:
        return self.signing_in.tokens


def access_of(settings: Settings, keys: Keys, db: Database, lanes: Lanes, mailer: Mailer) -> Access:
    signing_in = SigningIn(db, AccessTokens(keys.access), Totp(keys.second_factors))
    language = settings.default_language
    mail = AccessMail(lanes, mailer, settings.base_url, settings.mail_from, settings.desk_name, language)
    return Access(signing_in, mail)
