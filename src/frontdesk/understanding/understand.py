"""Read the customer's pending messages."""

from dataclasses import dataclass

from frontdesk.terms import SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.reader import Reader


@dataclass(frozen=True, slots=True)
class Understanding:
    reader: Reader

    async def read(self, case: Case) -> Reading:
        """The reading of the pending messages together. Holds no transaction."""
        earlier = tuple(
            turn.text
            for turn in case.turns
            if turn.sender_type is SenderType.CUSTOMER and turn.seq < case.pending[0].seq
        )
        text = "\n".join(turn.text for turn in case.pending)
        return await self.reader.read(
            text,
            subject=_own_subject(case, text),
            language_hint=case.language_hint,
            earlier=earlier,
            at=case.pending[-1].at,
        )


def _own_subject(case: Case, text: str) -> str:
    """The subject, or nothing where it only repeats the first words of the message, as a chat's does."""
    subject = case.subject.rstrip("…")
    return "" if case.pending[0].seq > 1 or subject in " ".join(text.split()) else case.subject
