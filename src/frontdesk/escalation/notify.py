"""Send one e-mail to the manager for each escalation: stored before sending, and not sent again in doubt."""

from dataclasses import dataclass

import structlog
from prometheus_client import Counter

from frontdesk.access.actor import SYSTEM
from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.mailer import Mail, Mailer
from frontdesk.errors import NotFound, SendDelayed, SendRefused, SendUnknown
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.load_story import load_story
from frontdesk.escalation.mail import MailContent, compose, to_mail
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
            record = await self._escalation(conn, run)
            if record.mail_state == "sending" and self.mailer.leaves == "sent":
                await self._end(
                    conn, record, "parked", "an earlier attempt ended unseen: sent or not cannot be told"
                )
                return
            if record.mail_state not in ("queued", "sending"):
                return
            story = await load_story(conn, record, self.links)
            rules = self.rules
            content = compose(story, rules.language, rules.route.zone, self.desk_name, rules.value_currency)
            await escalation.start_mail(
                conn, record.escalation_id, content.subject, content.text, content.html
            )
        await self._send(run, record, self._mail(record, story, content))

    async def give_up(self, run: LaneRun, error: str) -> None:
        """Park the e-mail after too many delays; the console shows it, and the ticket still waits for a person."""
        async with run.transaction() as conn:
            await self._end(conn, await self._escalation(conn, run), "parked", error)
            await run.park(conn, error)

    async def _send(self, run: LaneRun, record: Escalation, mail: Mail) -> None:
        try:
            await self.mailer.send(mail)
        except SendDelayed as error:
            async with run.transaction() as conn:
                await escalation.end_mail(conn, record.escalation_id, "queued", error.message)
            raise
        except (SendRefused, SendUnknown) as error:
            async with run.transaction() as conn:
                await self._end(conn, record, "parked", error.message)
            return
        async with run.transaction() as conn:
            await self._end(conn, record, self.mailer.leaves)

    async def _end(self, conn: Connection, record: Escalation, state: str, error: str | None = None) -> None:
        await escalation.end_mail(conn, record.escalation_id, state, error)
        event = MailFailed(record.escalation_id, error) if error else MailSent(record.escalation_id, state)
        await self.changes.note(conn, record.ticket_id, event, SYSTEM)
        _mails.labels(state).inc()
        if error:
            _log.error("escalation_mail_parked", escalation_id=record.escalation_id, error=error)

    async def _escalation(self, conn: Connection, run: LaneRun) -> Escalation:
        record = await escalation.get(conn, run.subject, ROAD)
        if record is None:
            raise NotFound("there is no such escalation")
        return record

    def _mail(self, record: Escalation, story: Story, content: MailContent) -> Mail:
        urgent = story.priority is Priority.URGENT
        return to_mail(
            content,
            record.escalation_id,
            story.ticket_number,
            sender=self.sender,
            to=record.mail_to,
            urgent=urgent,
        )
