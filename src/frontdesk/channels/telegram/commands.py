"""What stands in the bot's menu, and what choosing it says, in the customer's language."""

from dataclasses import dataclass

LANGUAGES = ("ru", "kk", "en")


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    says: dict[str, str]
    """What the customer says by it."""
    menu: dict[str, str]
    """What the menu explains; empty: it does not stand there."""


COMMANDS = (
    Command("start", {"ru": "Здравствуйте!", "kk": "Сәлеметсіз бе!", "en": "Hello!"}, {}),
    Command(
        "help",
        {
            "ru": "Чем вы можете помочь?",
            "kk": "Қандай көмек көрсете аласыз?",
            "en": "What can you help with?",
        },
        {"ru": "Чем мы можем помочь", "kk": "Біз немен көмектесе аламыз", "en": "What we can help with"},
    ),
    Command(
        "status",
        {"ru": "Где мой заказ?", "kk": "Тапсырысым қайда?", "en": "Where is my order?"},
        {"ru": "Где мой заказ", "kk": "Тапсырысым қайда", "en": "Where my order is"},
    ),
    Command(
        "human",
        {
            "ru": "Позовите, пожалуйста, человека.",
            "kk": "Маған оператор керек.",
            "en": "I want to talk to a person, please.",
        },
        {"ru": "Позвать человека", "kk": "Операторды шақыру", "en": "Talk to a person"},
    ),
)
_BY_NAME = {command.name: command for command in COMMANDS}


def spoken(words: str, locale: str) -> str | None:
    """What a message that is a command of the menu says; None for any other message."""
    name, _, rest = words.strip().partition(" ")
    command = _BY_NAME.get(name.removeprefix("/").partition("@")[0].lower()) if name.startswith("/") else None
    if command is None or (rest.strip() and command.name != "start"):
        return None
    language = locale.partition("-")[0].lower()
    return command.says.get(language, command.says["ru" if language in ("uk", "be", "") else "en"])


def menu(language: str) -> list[dict[str, str]]:
    """The menu as `setMyCommands` takes it."""
    return [
        {"command": command.name, "description": command.menu[language]}
        for command in COMMANDS
        if command.menu
    ]
