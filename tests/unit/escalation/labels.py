"""The words of the e-mail, as the program reads them."""

import json
from importlib.resources import files

LANGUAGES = ("ru", "kk", "en")
LABELS = json.loads(
    files("frontdesk.escalation").joinpath("templates/labels.json").read_text(encoding="utf-8")
)
