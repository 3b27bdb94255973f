"""Every fixed sentence that a customer may read, in ru, kk and en.

`phrases.json` holds the texts; a key's three texts take the same values.
"""

from frontdesk.phrases.dates import say_date, say_duration, say_on
from frontdesk.phrases.say import LANGUAGES, keys, say, supported_language

__all__ = ["LANGUAGES", "keys", "say", "say_date", "say_duration", "say_on", "supported_language"]
