"""Topic alerts: phrases of an operator; tickets that contain one move up."""

from collections.abc import Sequence

from frontdesk.errors import ValidationFailed
from frontdesk.kit.findable import phrase
from frontdesk.kit.text import clean

MOST_PHRASES = 20
MOST_CHARACTERS = 100

_PHRASE = "phraseto_tsquery('russian', %(alert_{at})s) || phraseto_tsquery('simple', %(alert_{at})s)"
"""Whole words in any inflection: by their stems, and as they stand, which finds what is a stop word."""


def hits_of(alerts: Sequence[str], *, of_one: bool = False) -> str:
    """SQL: the ids of all tickets whose subject, or a message of whose customer, has one of the phrases.

    `of_one`: looks at the ticket `%(ticket_id)s` alone.
    """
    if not alerts:
        return "select null::text as ticket_id where false"
    only = "ticket_id = %(ticket_id)s and" if of_one else ""
    phrases = " || ".join(_PHRASE.format(at=at) for at in range(len(alerts)))
    return f"""
        select ticket_id from ticket where {only} words @@ ({phrases})
        union select ticket_id from message where {only} sender_type = 'customer' and words @@ ({phrases})
    """


def alert_params(alerts: Sequence[str]) -> dict[str, str]:
    """What `hits_of` takes."""
    return {f"alert_{at}": phrase(alert) for at, alert in enumerate(alerts)}


def parse_alerts(given: str | None) -> list[str]:
    """The phrases of `topic_alerts=a,b`, each once. Raises `ValidationFailed` for too many or too long ones."""
    asked = [" ".join(clean(part).split()) for part in (given or "").split(",")]
    alerts = list(dict.fromkeys(part for part in asked if part))
    if len(alerts) > MOST_PHRASES or any(len(part) > MOST_CHARACTERS for part in alerts):
        raise ValidationFailed(f"at most {MOST_PHRASES} topic alerts of {MOST_CHARACTERS} characters each")
    return alerts
