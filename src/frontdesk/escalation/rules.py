"""The desk's rules for handing tickets to people, made once from the settings."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime

from frontdesk.escalation import policy, route
from frontdesk.escalation.mail import reason_text
from frontdesk.phrases import say, say_duration, say_on
from frontdesk.settings import Settings
from frontdesk.terms import AutonomyMode, EscalationReason
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.reading import Reading


@dataclass(frozen=True, slots=True)
class HandoverRules:
    policy: policy.EscalationRules
    route: route.RoutingRules
    autonomy: dict[str, str]
    """`channel`, `category` or `channel/category` -> mode."""
    language: str
    """The desk's own, for staff."""
    value_currency: str
    """Of customers' lifetime values."""

    @classmethod
    def of(cls, settings: Settings) -> "HandoverRules":
        return cls(
            policy=policy.rules_from(settings),
            route=route.rules_from(settings),
            autonomy=dict(settings.autonomy),
            language=settings.default_language,
            value_currency=settings.value_currency.upper(),
        )

    def mode(self, case: Case, category: str | None = None) -> AutonomyMode:
        """The narrowest setting wins: channel/category, category, channel, else autopilot."""
        for key in (f"{case.channel}/{category}", str(category), str(case.channel)):
            if key in self.autonomy:
                return AutonomyMode(self.autonomy[key])
        return AutonomyMode.AUTOPILOT

    def manager(self, category: str | None) -> str:
        return route.manager(category, self.route)

    def reason_text(self, reason: EscalationReason) -> str:
        return reason_text(reason, self.language)

    def with_notice(self, case: Case, reading: Reading | None, decision: Decision) -> Decision:
        """The decision with the text for the customer: a person will answer, and when."""
        language = reading.language if reading else case.language_hint
        notice = say(f"escalation.{decision.reason}", language)
        return dataclasses.replace(decision, content=f"{notice} {self.expected_answer_time(language)}")

    def expected_answer_time(self, language: str | None) -> str:
        """When a person will answer, as a sentence for the customer."""
        now = datetime.now(UTC)
        expected = route.expected_answer(now, self.route)
        if expected.open_now:
            return say("escalation.soon", language, within=say_duration(expected.minutes, language))
        today = now.astimezone(self.route.zone).date()
        if expected.opens_at is None or expected.opens_at.date() == today:
            return say("escalation.out_of_hours", language, opens=expected.opens)
        day = say_on(expected.opens_at.date(), language, today)
        return say("escalation.out_of_hours_day", language, day=day, opens=expected.opens)
