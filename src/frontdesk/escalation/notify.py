"""Send one e-mail to the manager for each escalation: stored before sending, and not sent again in doubt."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from prometheus_client import Counter

from frontdesk.access.actor import SYSTEM
from frontdesk.access.scope import ROAD
from frontdesk.channels.email.answers import AnswerAddress
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.mail_schedule import GIVE_UP_AFTER, SERVER_AWAY, wait_after
from frontdesk.engine.mailer import Mail, Mailer
from frontdesk.errors import MailDelayed, NotFound, SendRefused, SendUnknown
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.load_story import load_story
from frontdesk.escalation.mail import MailContent, compose, to_mail
from frontdesk.escalation.rules import HandoverRules
from frontdesk.escalation.story import Story
from frontdesk.terms import Priority
from frontdesk.tickets import escalation
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.events import MailFailed, MailPostponed, MailSent

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
    answers: AnswerAddress | None = None
    """Where answers to the mail are read; None where nothing reads them."""

    async def notify_manager(self, run: LaneRun) -> None:
        """Lane mail:<escalation>. A mail that cannot leave waits on its own schedule, and the lane with it."""
        async with run.transaction() as conn:
            record = await self._escalation(conn, run)
            if record.mail_state not in ("queued", "sending") or await self._settled(conn, record):
                return
            timing = await escalation.mail_timing(conn, record.escalation_id, ROAD)
            if timing.not_before is not None:
                await run.again(conn, timing.not_before)
                return
            story = await load_story(conn, record, self.links)
            rules = self.rules
            content = compose(
                story,
                rules.language,
                rules.route.zone,
                self.desk_name,
                rules.value_currency,
                may_answer=self.answers is not None,
            )
            await escalation.start_mail(
                conn, record.escalation_id, content.subject, content.text, content.html
            )
        await self._send(run, record, self._mail(record, story, content))

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The lane failed often: the mail goes on by its age, and is parked only where that is over."""
        async with run.transaction() as conn:
            record = await self._escalation(conn, run)
            if record.mail_state not in ("queued", "sending") or await self._settled(conn, record):
                await run.park(conn, error)
                return
            at = await self._postpone(conn, record, MailDelayed(error, SERVER_AWAY))
            if at is None:
                await run.park(conn, error)
            else:
                await run.start_over(conn, at, error)

    async def _send(self, run: LaneRun, record: Escalation, mail: Mail) -> None:
        async def leaving() -> None:
            async with run.transaction() as conn:
                await escalation.mail_leaves(conn, record.escalation_id)

        try:
            await self.mailer.send(mail, leaving)
        except MailDelayed as error:
            async with run.transaction() as conn:
                at = await self._postpone(conn, record, error)
                if at is not None:
                    await run.again(conn, at)
            return
        except (SendRefused, SendUnknown) as error:
            async with run.transaction() as conn:
                await self._end(conn, record, "parked", error.message)
            return
        async with run.transaction() as conn:
            await self._end(conn, record, self.mailer.leaves)

    async def _settled(self, conn: Connection, record: Escalation) -> bool:
        """Park a mail whose bytes had begun to leave when its run vanished: it is never repeated blindly."""
        if record.mail_state != "sending" or self.mailer.leaves == "saved":
            return False
        unseen = "an earlier attempt ended unseen: sent or not cannot be told"
        await self._end(conn, record, "parked", unseen)
        return True

    async def _postpone(self, conn: Connection, record: Escalation, error: MailDelayed) -> datetime | None:
        """The time of the next attempt; None where the mail is too old and was parked. Staff are told once."""
        timing = await escalation.mail_timing(conn, record.escalation_id, ROAD)
        if timing.age >= GIVE_UP_AFTER:
            await self._end(conn, record, "parked", error.message)
            return None
        wait = wait_after(record.mail_attempts + 1, error.longest_wait)
        at = await escalation.postpone_mail(conn, record.escalation_id, error.message, wait)
        _log.warning("escalation_mail_delayed", escalation_id=record.escalation_id, error=error.message)
        if record.mail_next_at is None:
            event = MailPostponed(record.escalation_id, error.message)
            await self.changes.note(conn, record.ticket_id, event, SYSTEM)
        return at

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
            answers=self.answers,
        )
