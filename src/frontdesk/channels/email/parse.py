"""Make an event of a raw mail: a customer's message, a person's answer to an escalation, or a bounce of ours."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from frontdesk.channels.email.fold import above
from frontdesk.channels.email.proof import proof_of
from frontdesk.channels.inbound import (
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    Peer,
    RemoteMedia,
    StaffReplied,
)
from frontdesk.errors import BadRequest, DeliverySetAside, DeliveryUnreadable
from frontdesk.kit.reply_tokens import Answered, Answers, ReplyTokens
from frontdesk.kit.text import clean
from frontdesk.mail import limits
from frontdesk.mail.intake import IntakeContext, sort_out
from frontdesk.mail.message import MailAddress, MailFile, ReadMail
from frontdesk.mail.read import read_mail
from frontdesk.mail.verdict import Accepted, Bounced, Delivered, Duplicate, ReadReport, Verdict
from frontdesk.terms import ChannelName, DeliveryState, Proof

MOST_CHARACTERS = 100_000
"""Of a text, as everywhere at the desk."""
MOST_REFERENCES = 20
_LONGEST_ID = 300
MOST_BYTES = limits.RAW
"""The largest mail that is read: files of some 20 MB, as mail encodes them."""
_SMALL_PICTURE = 5 * 1024
"""Bytes: a picture within the text that is smaller is the logo of a signature."""
_HEADER = re.compile(
    rb"^(from|to|subject|date|message-id|received|return-path|delivered-to)[ \t]*:", re.I | re.M
)
_HEAD = 64 * 1024
_WHY = {
    "auto_reply": "an automatic reply",
    "complaint": "a complaint that a mail of ours is spam",
    "empty": "a mail without words and files",
    "loop": "mail of our own that came back",
    "mailing_list": "mail of a list or a newsletter",
    "spam": "spam",
    "too_large": "a mail that is too large",
}
"""What is set aside by a rule, in words for staff."""


class _Origin(TypedDict):
    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class MailReader:
    """One account's; `source` is where its mail is kept."""

    account: str
    address: str
    source: str
    tokens: ReplyTokens
    authserv_id: str = ""
    aliases: tuple[str, ...] = ()
    """Other addresses whose mail comes here."""

    def events(self, raw: bytes) -> list[InboundEvent]:
        """Raises `BadRequest` for what is no mail, `DeliverySetAside` and `DeliveryUnreadable`."""
        if not _HEADER.search(raw[:_HEAD].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]):
            raise BadRequest("this is no mail: it has no headers")
        mail = read_mail(raw)
        verdict = sort_out(mail, self._context)
        match verdict:
            case Accepted():
                return [self._answer(mail, raw, verdict.reason)]
            case Bounced():
                return self._bounce(verdict)
            case Delivered() | ReadReport() | Duplicate():
                return []
            case _:
                raise _set_aside(_WHY[verdict.kind], verdict, mail)

    @property
    def _own(self) -> frozenset[str]:
        return frozenset({self.address, *self.aliases})

    @property
    def _context(self) -> IntakeContext:
        def is_own_id(message_id: str) -> bool:
            return self.tokens.find(message_id) is not None

        return IntakeContext(own_addresses=self._own, is_own_id=is_own_id, most_bytes=MOST_BYTES)

    def _answer(self, mail: ReadMail, raw: bytes, by_program: str) -> InboundEvent:
        answered = self._answered(mail)
        if answered is None or answered.kind is Answers.CONVERSATION:
            origin = self._origin(mail, raw, *self._writer(mail, by_program))
            return self._message(mail, raw, origin, answered, by_program)
        # Of staff only the sender counts, whatever else a mail names.
        origin = self._origin(mail, raw, mail.sender, proof_of(mail, self.authserv_id))
        return self._by_staff(mail, origin, answered.id)

    def _by_staff(self, mail: ReadMail, origin: _Origin, escalation_id: str) -> StaffReplied:
        content = above(_clipped(mail.reply))
        if self.tokens.find(content) is not None:
            raise DeliverySetAside(f"an answer that quotes the desk's own e-mail, from {_sender(mail)}")
        return StaffReplied(
            **origin,
            thread=f"escalation:{escalation_id}",
            escalation_id=escalation_id,
            content=content,
            files=len(_files(mail)),
        )

    def _origin(self, mail: ReadMail, raw: bytes, writer: MailAddress, proof: Proof) -> _Origin:
        """Raises `DeliveryUnreadable` where nobody is named."""
        address = clean(writer.address).strip().lower()
        if not address:
            raise DeliveryUnreadable("the mail names no sender that could be answered")
        return _Origin(
            channel=ChannelName.EMAIL,
            account=self.account,
            external_id=named(mail.message_id or _digest(raw), address),
            peer=Peer(address, name=writer.name or None, email=address, proof=proof),
            sent_at=_moment(mail),
        )

    def _writer(self, mail: ReadMail, by_program: str) -> tuple[MailAddress, Proof]:
        """Who is answered. A form that sends by itself names its customer in Reply-To, and vouches for nothing."""
        named = mail.reply_to
        if by_program and named and named.address and named.address.lower() not in self._own:
            return named, Proof.CLAIMED
        return mail.sender, proof_of(mail, self.authserv_id)

    def _message(
        self, mail: ReadMail, raw: bytes, origin: _Origin, answered: Answered | None, by_program: str
    ) -> InboundMessage:
        digest = hashlib.sha256(raw).hexdigest()
        references = (*mail.in_reply_to, *reversed(mail.references))
        root = next(iter((*mail.references, *mail.in_reply_to, mail.message_id)), "") or digest
        subject = clean(mail.subject).strip()
        return InboundMessage(
            **origin,
            thread=hashlib.sha256(root.encode("utf-8", "replace")).hexdigest()[:32],
            conversation=answered.id if answered else None,
            refers_to=tuple(
                dict.fromkeys(named(reference, origin["peer"].address) for reference in references)
            )[:MOST_REFERENCES],
            content=_clipped(mail.reply or mail.text) or subject,
            subject=subject[:500],
            media=tuple(self._media(file, digest) for file in _files(mail)),
            headers=_quoted(mail),
            by_program=by_program,
        )

    def _media(self, file: MailFile, digest: str) -> RemoteMedia:
        return RemoteMedia(f"{self.source}:{digest}:{file.part}", file.content_type, file.filename, file.size)

    def _answered(self, mail: ReadMail) -> Answered | None:
        """By a proof of ours: in what it refers to, in the addresses it went to, or in its text."""
        recipients = (*mail.delivered_to, *(to.address for to in (*mail.to, *mail.cc)))
        references = (*mail.in_reply_to, *reversed(mail.references))
        places = (*references, *recipients, mail.text, mail.html)
        return next((seal for place in places if (seal := self.tokens.find(place)) is not None), None)

    def _bounce(self, bounce: Bounced) -> list[InboundEvent]:
        """Whoever may write a bounce; it is believed about a mail whose id bears our seal."""
        answered = self.tokens.find(bounce.original_message_id)
        if answered is None or answered.kind is not Answers.CONVERSATION:
            raise DeliverySetAside(f"a bounce that names no reply of ours: {_reason(bounce)}")
        if not bounce.permanent:
            return []
        recipient = bounce.recipient.strip().lower() or "unknown"
        return [
            DeliveryReceipt(
                channel=ChannelName.EMAIL,
                account=self.account,
                external_id=f"bounce:{bounce.original_message_id}",
                peer=Peer(recipient),
                sent_at=datetime.now(UTC),
                conversation=answered.id,
                target=bounce.original_message_id,
                state=DeliveryState.FAILED,
                error=f"the mail came back: {_reason(bounce)}",
            )
        ]


def named(message_id: str, address: str) -> str:
    """What a mail is known by: its id belongs to who sent it, so that nobody takes another's."""
    short = message_id if len(message_id) <= _LONGEST_ID else _digest(message_id.encode("utf-8", "replace"))
    return f"{short} {address}"


def _set_aside(what: str, verdict: Verdict, mail: ReadMail) -> DeliverySetAside:
    return DeliverySetAside(f"{what}, from {_sender(mail) or 'nobody'} ({verdict.reason})")


def _reason(bounce: Bounced) -> str:
    return clean(" ".join(filter(None, (bounce.status, bounce.recipient, bounce.diagnostic))))[:300]


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _sender(mail: ReadMail) -> str:
    return clean(mail.sender.address).strip().lower()


def _clipped(text: str) -> str:
    return clean(text).strip()[:MOST_CHARACTERS]


def _moment(mail: ReadMail) -> datetime:
    """By the sender's clock, which may be wrong; mail does not come out of the future."""
    now = datetime.now(UTC)
    return min(mail.date, now) if mail.date else now


def _files(mail: ReadMail) -> list[MailFile]:
    """Without the logos of signatures."""
    return [
        file
        for file in mail.files
        if not (file.inline and file.content_type.startswith("image/") and file.size < _SMALL_PICTURE)
    ]


def _quoted(mail: ReadMail) -> tuple[tuple[str, str], ...]:
    """What a reply has to repeat."""
    headers = (("Message-ID", mail.message_id), ("References", " ".join(mail.references[-MOST_REFERENCES:])))
    return tuple((name, clean(value)) for name, value in headers if value)
