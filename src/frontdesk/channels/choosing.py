"""What stands on a button that opens a list of choices, by language."""

CHOOSE = {"ru": "Выбрать", "kk": "Таңдау", "en": "Choose"}
