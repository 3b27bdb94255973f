"""What the model is told about one case: fenced blocks of a user message, never part of its instructions."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.answering.evidence import Evidence, EvidenceKind, Findings
from frontdesk.answering.llm import memory
from frontdesk.channels.style import ReplyStyle
from frontdesk.llm.fence import fence, one_line, shorten
from frontdesk.llm.redact import Redactor
from frontdesk.terms import Proof, SenderType
from frontdesk.tickets.case import Case, Turn

LANGUAGE_NAMES = {"ru": "Russian", "kk": "Kazakh", "en": "English"}

_SPEAKERS = {
    SenderType.CUSTOMER: "customer",
    SenderType.AI: "you",
    SenderType.MANAGER: "colleague",
    SenderType.SYSTEM: "system",
}


def fenced(name: str, evidence: Evidence) -> str:
    """A piece of evidence as the model reads it, under the name to cite."""
    if evidence.kind is not EvidenceKind.PASSAGE:
        return fence(evidence.kind, evidence.text, id=name)
    source = evidence.source
    return fence(evidence.kind, evidence.text, id=name, title=source.title, heading=source.heading)


@dataclass(frozen=True, slots=True)
class ReplySetting:
    """What the reply has to fit."""

    desk_name: str
    language: str
    style: ReplyStyle
    now: datetime
    """In the desk's own time zone."""
    knows_orders: bool
    sign_in_url: str = ""
    link_hosts: tuple[str, ...] = ()
    """Domains that a link may lead to, beside those of the articles."""


def build_prompt(case: Case, setting: ReplySetting, findings: Findings, redactor: Redactor) -> str:
    """The one user message of a run: the desk's facts, what was said, what was found, what is asked."""
    remembered = memory.recall(case)
    question = shorten(case.text, memory.MAX_QUESTION_CHARACTERS)
    blocks = [_desk(case, setting)]
    if case.contact.proven_name:
        # Chosen by whoever signed up: it may try to be a rule of the desk.
        blocks.append(fence("customer", f"name: {one_line(case.contact.proven_name)}"))
    if case.earlier_summary:
        blocks.append(fence("earlier", redactor.redact(shorten(case.earlier_summary, 2_000))))
    if remembered.turns:
        lines = [_turn(turn, redactor) for turn in remembered.turns]
        if remembered.left_out:
            lines.insert(0, f"({remembered.left_out} older messages are left out)")
        blocks.append("<conversation>\n" + "\n".join(lines) + "\n</conversation>")
    passages = [(name, piece) for name, piece in findings if piece.kind is EvidenceKind.PASSAGE]
    if passages:
        shown = "\n".join(fenced(name, piece) for name, piece in passages)
        blocks.append(f"<knowledge>\n{shown}\n</knowledge>")
    blocks.extend(fenced(name, piece) for name, piece in findings if piece.kind is not EvidenceKind.PASSAGE)
    blocks.append(fence("customer_message", redactor.redact(question)))
    if case.wish:
        blocks.append(fence("wish", redactor.redact(case.wish)))
    return "\n\n".join(blocks)


def _turn(turn: Turn, redactor: Redactor) -> str:
    content = shorten(redactor.redact(turn.text), memory.MAX_TURN_CHARACTERS)
    return fence("turn", content, by=_SPEAKERS[turn.sender_type])


def _desk(case: Case, setting: ReplySetting) -> str:
    language = LANGUAGE_NAMES.get(setting.language.partition("-")[0], "the customer's language")
    signed_in = case.contact.proof.reaches(Proof.ATTESTED)
    lines = [
        f"desk: {one_line(setting.desk_name)}",
        f"now: {setting.now:%Y-%m-%d %H:%M, %A}",
        f"channel: {case.channel}",
        f"answer in: {language} ({setting.language})",
        f"length: {setting.style.in_words}",
        f"tone: {setting.style.tone}; {setting.style.manner}",
        f"customer signed in: {'yes' if signed_in else 'no'}",
        "orders: "
        + ("use the order tools" if setting.knows_orders else _no_orders(signed_in, setting.sign_in_url)),
    ]
    if unread := _unread_files(case):
        lines.append(f"files that nobody has read: {', '.join(unread)}")
    if case.contact.vip or case.contact.churn_risk >= 0.7:
        lines.append("care: a valued customer; ask no extra steps of them, offer the fastest way there is")
    return fence("desk", "\n".join(lines))


def _unread_files(case: Case) -> list[str]:
    return [
        one_line(f"{file.filename} ({file.content_type})")
        for turn in case.pending
        for file in turn.attachments
        if file.text is None
    ]


def _no_orders(signed_in: bool, sign_in_url: str) -> str:
    if signed_in:
        return "not available"
    where = f" at {sign_in_url}" if sign_in_url else " on the website"
    return f"not available until the customer signs in{where}: if it is about an order, ask them to do so"
