"""Topic alerts: phrases of an operator; tickets that contain one move up."""

from frontdesk.errors import ValidationFailed
from frontdesk.kit.text import clean

MOST_PHRASES = 20
MOST_CHARACTERS = 100

# Whole words in any inflection: by their stems, and as they stand, which finds what is a stop word.
MATCHES = """
    exists (
        select from unnest(%(alerts)s::text[]) as alert,
            (select t.words
             union all
             select m.words from message m
              where m.ticket_id = t.ticket_id and m.sender_type = 'customer') as heard
        where heard.words @@ phraseto_tsquery('russian', alert)
           or heard.words @@ phraseto_tsquery('simple', alert)
    )
"""
"""True for a ticket `t` that contains one of `%(alerts)s`."""


def parse_alerts(given: str | None) -> list[str]:
    """The phrases of `topic_alerts=a,b`, each once. Raises `ValidationFailed` for too many or too long ones."""
    asked = [" ".join(clean(part).split()) for part in (given or "").split(",")]
    alerts = list(dict.fromkeys(part for part in asked if part))
    if len(alerts) > MOST_PHRASES or any(len(part) > MOST_CHARACTERS for part in alerts):
        raise ValidationFailed(f"at most {MOST_PHRASES} topic alerts of {MOST_CHARACTERS} characters each")
    return alerts
