"""Messages that try to make the desk do what it must not: drop its rules, show instructions or other people's data."""

import re

from frontdesk.kit.words import fold

_TRIES = re.compile(  # of a folded text
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|polic(?:y|ies)|prompts?|guidelines|restrictions)\b"
    r"|\b(?:system prompt|hidden (?:instructions|prompt)|developer mode|jailbreak)\b"
    r"|\byou are now (?:an? )?\w+|\bpretend (?:to be|you are)\b"
    r"|\bother (?:customer|client|buyer|user)s?['’]?s?['’]? (?:\w+ )?(?:data|orders?|details|address\w*|phones?|names?)\b"
    r"|(?:игнорир|забудь|отмени|обойди|наруш|отбрось)\w*.{0,40}(?:инструкц|правил|промпт|указани|ограничен)\w*"
    r"|системн\w+ (?:промпт|инструкц|сообщени)\w*|\bты теперь \w+|\bпритворись\b|\bпредставь,? что ты\b"
    r"|(?:данны|заказ|номер|адрес|телефон)\w* (?:\w+ )?других (?:клиент|покупател|пользовател|люд)\w*"
    r"|(?:нускау|ереже|шектеу)\w*.{0,25}(?:умыт|елеме|буз|таста)\w*|(?:умыт|елеме)\w*.{0,25}(?:нускау|ереже)\w*"
    r"|жуйелик (?:промпт|нускау)\w*"
    r"|баска (?:клиент|сатып алушы|тутынушы|адам)\w* (?:\w+ )?(?:малимет|тапсырыс|дерек|номир)\w*"
)
_LONGEST = 8_000


def tries_to_instruct(text: str) -> bool:
    """Whether it speaks to the machine behind the desk rather than to the shop."""
    return bool(_TRIES.search(fold(text[:_LONGEST])))
