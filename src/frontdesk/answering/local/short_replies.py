"""What is said to a short reply: it is acknowledged or asked about, and never gets the last answer once more."""

from dataclasses import replace

from frontdesk.answering.local.reply import ReplyBuilder
from frontdesk.phrases import LANGUAGES, say
from frontdesk.terms import EscalationReason, SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import ShortReply

_ASKS = {"refusal": "reply.refusal", "not_helped": "reply.not_helped", "again": "reply.again"}


def to_short_reply(builder: ReplyBuilder, kind: ShortReply) -> Decision:
    """By what was said before; a second answer that did not help is a person's matter."""
    builder = replace(builder, regret=False)
    if kind == "number":
        return builder.ask([builder.phrase("reply.number")], 0.7, Rationale(RationaleCode.VAGUE))
    before = said_before(builder.case)
    if before is None:
        return builder.ask([builder.phrase("reply.about")], 0.7, Rationale(RationaleCode.VAGUE))
    if kind == "not_helped" and _failed_before(builder.case):
        why = Rationale(RationaleCode.FAILED_OFTEN)
        return builder.escalate(EscalationReason.REPEATED_FAILURE, 0.9, why)
    if kind == "agreement":
        key = (
            "reply.waiting"
            if before == Act.ASK and not _asked_whether_it_helped(builder.case)
            else "reply.agreement"
        )
        return builder.answer([builder.phrase(key)], 0.95, Rationale(RationaleCode.SMALL_TALK))
    key = "ask.more" if before == Act.ASK and kind == "refusal" else _ASKS[kind]
    return builder.ask([builder.phrase(key)], 0.7, Rationale(RationaleCode.VAGUE))


def said_before(case: Case) -> str | None:
    """What the desk did last in this conversation; a person's words are answers."""
    for turn in reversed(case.turns):
        if turn.sender_type is not SenderType.CUSTOMER:
            return turn.decision or Act.ANSWER
    return Act.ANSWER if case.earlier_summary else None


def _asked_whether_it_helped(case: Case) -> bool:
    last = next((turn.content for turn in reversed(case.turns) if turn.sender_type is SenderType.AI), "")
    return any(say("ask.helped_only", language) in last for language in LANGUAGES)


def _failed_before(case: Case) -> bool:
    """Whether the desk has asked before in this episode what did not help."""
    asked = [say("reply.not_helped", language) for language in LANGUAGES]
    return any(
        turn.sender_type is SenderType.AI and any(question in turn.content for question in asked)
        for turn in case.turns
    )
