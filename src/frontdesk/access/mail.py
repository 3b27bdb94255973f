"""E-mails with a one-time link to people of the desk: an invitation, or a new password."""

from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from frontdesk.access import one_time, people
from frontdesk.access.one_time import Purpose
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.engine.mail_schedule import SERVER_DEFERS, wait_after
from frontdesk.engine.mailer import Mail, Mailer
from frontdesk.errors import MailDelayed, NotFound, SendRefused, SendUnknown
from frontdesk.kit.text import clean
from frontdesk.phrases import say
from frontdesk.terms import LaneKind

_MOST_ATTEMPTS = 20
_log = structlog.get_logger("frontdesk.access")


def link_to(base_url: str, purpose: Purpose, token: str) -> str:
    """The token stands behind `#`: browsers send it to no server, and no log has it."""
    return f"{base_url}/console/sign-in#{purpose}={token}"


@dataclass(frozen=True, slots=True)
class AccessMail:
    lanes: Lanes
    mailer: Mailer
    base_url: str
    sender: str
    desk_name: str
    language: str

    async def request(self, conn: Connection, purpose: Purpose, person_id: str) -> None:
        """Have the mail sent once the caller's transaction commits."""
        await self.lanes.wake(conn, LaneKind.ACCESS_MAIL, f"{purpose}:{person_id}")

    async def send(self, run: LaneRun) -> None:
        """Lane access_mail:<purpose>:<person>. Each attempt has a new link, since only its hash is kept."""
        name, _, person_id = run.subject.partition(":")
        purpose = Purpose(name)
        async with run.transaction() as conn:
            try:
                person = await people.get(conn, person_id)
            except NotFound:
                return
            if person.disabled_at is not None:
                return
            token = await one_time.issue(conn, purpose, person_id)
            attempts = await one_time.issued(conn, purpose, person_id)
        mail = self._mail(purpose, person.name, person.email, token)
        try:
            await self.mailer.send(mail)
        except MailDelayed as error:
            if attempts >= _MOST_ATTEMPTS:
                _log.error("access_mail_given_up", purpose=purpose, error=error.message)
                return
            async with run.transaction() as conn:
                await run.again(conn, datetime.now(UTC) + wait_after(attempts, SERVER_DEFERS))
        except (SendRefused, SendUnknown) as error:
            _log.error("access_mail_refused", purpose=purpose, error=error.message)

    def _mail(self, purpose: Purpose, name: str, email: str, token: str) -> Mail:
        domain = self.sender.rstrip("> ").rpartition("@")[2] or "frontdesk.example"
        link = link_to(self.base_url, purpose, token)
        values = {"desk": self.desk_name, "name": clean(name), "link": link}
        return Mail(
            f"<access.{one_time.public_id(token)}@{domain}>",
            self.sender,
            email,
            say(f"access.{purpose}_subject", self.language, **values),
            say(f"access.{purpose}", self.language, **values) + "\n",
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
