"""Tell the manager: one e-mail for each escalation, recorded before it is tried, never sent twice blindly."""

from dataclasses import dataclass

import structlog
from prometheus_client import Counter

from frontdesk.access.actor import SYSTEM
from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.mailer import Mail, Mailer
from frontdesk.errors import NotFound, SendDelayed, SendRefused, SendUnknown
from frontdesk.escalation.gather import gather
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.mail import Letter, compose, to_mail
from frontdesk.escalation.rules import HandoverRules
from frontdesk.escalation.story import Story
from frontdesk.terms import Priority
from frontdesk.tickets import escalation
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.events import MailFailed, MailSent

_log = structlog.get_logger("frontdesk.escalation")
_mails = Counter("support_escalation_mails_total", "Escalation e-mails", ["result"])


@dataclass(frozen=True, slots=True)
class ManagerNotifier:
    changes: TicketChanges
    mailer: Mailer
    rules: HandoverRules
    links: TicketLinks
    sender: str
    desk_name: str

    async def notify_manager(self, run: LaneRun) -> None:
        """Lane mail:<escalation>. Raises `SendDelayed` where the mail server said "later"."""
        async with run.transaction() as conn:
            found = await self._escalation(conn, run)
            if found.mail_state == "sending" and self.mailer.leaves == "sent":
                await self._end(
                    conn, found, "parked", "an earlier attempt ended unseen: sent or not cannot be told"
                )
                return
            if found.mail_state not in ("queued", "sending"):
                return
            story = await gather(conn, found, self.links)
            written = compose(story, self.rules.language, self.rules.route.zone, self.desk_name)
            await escalation.start_mail(
                conn, found.escalation_id, written.subject, written.text, written.html
            )
        await self._send(run, found, self._mail(found, story, written))

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The mail server said "later" for too long: shown in the console, where the ticket waits anyway."""
        async with run.transaction() as conn:
            await self._end(conn, await self._escalation(conn, run), "parked", error)
            await run.park(conn, error)

    async def _send(self, run: LaneRun, found: Escalation, mail: Mail) -> None:
        try:
            await self.mailer.send(mail)
        except SendDelayed as error:
            async with run.transaction() as conn:
                await escalation.end_mail(conn, found.escalation_id, "queued", error.message)
            raise
        except (SendRefused, SendUnknown) as error:
            async with run.transaction() as conn:
                await self._end(conn, found, "parked", error.message)
            return
        async with run.transaction() as conn:
            await self._end(conn, found, self.mailer.leaves)

    async def _end(self, conn: Connection, found: Escalation, state: str, error: str | None = None) -> None:
        await escalation.end_mail(conn, found.escalation_id, state, error)
        event = MailFailed(found.escalation_id, error) if error else MailSent(found.escalation_id, state)
        await self.changes.note(conn, found.ticket_id, event, SYSTEM)
        _mails.labels(state).inc()
        if error:
            _log.error("escalation_mail_parked", escalation_id=found.escalation_id, error=error)

    async def _escalation(self, conn: Connection, run: LaneRun) -> Escalation:
        found = await escalation.get(conn, run.subject, ROAD)
        if found is None:
            raise NotFound("there is no such escalation")
        return found

    def _mail(self, found: Escalation, story: Story, letter: Letter) -> Mail:
        urgent = story.priority is Priority.URGENT
        return to_mail(
            letter,
            found.escalation_id,
            story.ticket_number,
            sender=self.sender,
            to=found.mail_to,
            urgent=urgent,
        )
