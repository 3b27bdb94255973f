"""The e-mail with the link into the portal: the same for an address that the desk knows and for any other."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.engine.mailer import Mail, Mailer
from frontdesk.errors import MailDelayed, SendRefused, SendUnknown
from frontdesk.phrases import say
from frontdesk.portal import session as sessions
from frontdesk.portal.links import PortalLinks
from frontdesk.portal.session import LINK_LIFETIME, AskedLink
from frontdesk.terms import LaneKind

_AGAIN_AFTER: Final = timedelta(minutes=1)
_log = structlog.get_logger("frontdesk.portal")


@dataclass(frozen=True, slots=True)
class PortalMail:
    lanes: Lanes
    mailer: Mailer
    links: PortalLinks
    sender: str
    desk_name: str

    async def request(self, conn: Connection, email: str, locale: str) -> None:
        """Have a link mailed once the caller's transaction commits; nobody is looked up for it."""
        session_id = str(uuid.uuid4())
        await sessions.ask(conn, session_id, email, locale)
        await self.lanes.wake(conn, LaneKind.PORTAL_MAIL, session_id)

    async def send(self, run: LaneRun) -> None:
        """Lane portal_mail:<session>. A mail that cannot leave while its link is good is given up."""
        async with run.transaction() as conn:
            wanted = await sessions.asked(conn, run.subject)
        if wanted is None:
            return
        try:
            await self.mailer.send(self._mail(wanted))
        except MailDelayed as error:
            again_at = datetime.now(UTC) + _AGAIN_AFTER
            if again_at >= wanted.link_ends_at:
                _log.error("portal_mail_given_up", error=error.message)
                return
            async with run.transaction() as conn:
                await run.again(conn, again_at)
        except (SendRefused, SendUnknown) as error:
            _log.error("portal_mail_refused", error=error.message)

    def _mail(self, wanted: AskedLink) -> Mail:
        domain = self.sender.rstrip("> ").rpartition("@")[2] or "frontdesk.example"
        values = {
            "desk": self.desk_name,
            "link": self.links.enter(wanted.session_id, wanted.link_ends_at),
            "minutes": int(LINK_LIFETIME.total_seconds() // 60),
        }
        return Mail(
            f"<portal.{uuid.uuid5(uuid.NAMESPACE_OID, wanted.session_id)}@{domain}>",
            self.sender,
            wanted.email,
            say("portal.link_subject", wanted.locale, **values),
            say("portal.link", wanted.locale, **values) + "\n",
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
