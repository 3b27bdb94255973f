"""Lines that phones, mail programs and virus scanners add: “Sent from my iPhone”, “Отправлено из Почты Mail.ru”."""

import re

from frontdesk.mail.reply.lines import Line

_DEVICES = re.compile(
    r"iphone|ipad|\bcell(?:phone)?\b|ipod|android|blackberry|galaxy|samsung|huawei|honor|xiaomi|redmi|poco|nokia|pixel|oneplus|"
    r"oppo|realme|"
    r"vivo|tecno|infinix|lenovo|motorola|meizu|xperia|zte|htc|phone|mobile|tablet|device|handheld|watch|macbook|"
    r"mac|laptop|"
    r"outlook|gmail|yahoo|proton|spark|thunderbird|bluemail|\bblue\b|edison|mymail|aqua ?mail|typeapp|windows|"
    r"airmail|zoho|"
    r"hey\b|fastmail|tutanota|tuta\b|em client|canary|newton|superhuman|"
    r"mail|почт|телефон|смартфон|планшет|устройств|мобиль|айфон|самсунг|яндекс|приложени|құрылғы|пошта",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"^[\W_]{0,3}(?:sent|composed|typed|written) (?:from|via|with|by|using|on)\b|"
    r"^[\W_]{0,3}(?:get|download) (?:the )?(?:outlook|bluemail|mymail|aqua)\b|"
    r"^[\W_]{0,3}(?:отправлено|отправлен|послано|написано|отослано|переслано) (?:с|со|из|от|через|при помощи|"
    r"с помощью)\b|"
    r"^[\W_]{0,3}(?:получите|получить|скачать|скачайте|установите|загрузите) outlook\b|"
    r"^[\W_]{0,3}(?:von mein|envoyé de mon|enviado desde mi|gesendet von|iphone'umdan|inviato da)",
    re.IGNORECASE,
)
_KAZAKH = re.compile(
    r"(?:жіберілді|жіберілген|жіберген|жазылды|жазылған|алыңыз|жүктеп алыңыз)[.!]?$", re.IGNORECASE
)
_FROM_WHERE = re.compile(r"(?:нан|нен|дан|ден|тан|тен|арқылы|көмегімен|арналған)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:Sent from my|Отправлено с моего|Отправлено с) [A-Z][\w-]{0,20}(?: [\w-]{1,20}){0,3}\.?$"
)
"""A device that nobody has heard of, by its capital."""
_EXCUSE = re.compile(r"typo|excuse|brevity|brief|ошиб|опечат|краткост|извин|қате", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:please )?excuse (?:any )?(?:typos|brevity)|^извините за (?:краткость|опечатки|ошибки)",
    re.IGNORECASE,
)
_SCANNED = re.compile(
    r"^virus-free\.?(?:\s|$)|^вирусов нет\b|^без вирусов\b|avast\.com|avg\.com|checked for viruses|free of viruses|"
    r"проверено на вирусы|проверено антивирус|вирустар жоқ|^this (?:e-?mail|message) has been (?:scanned|checked)",
    re.IGNORECASE,
)
_GREEN = re.compile(
    r"consider the environment|before printing this|подумайте об (?:окружающей среде|экологии)|берегите (?:лес|"
    r"природу)|"
    r"прежде чем (?:рас)?печатать|қоршаған орта",
    re.IGNORECASE,
)
_MOST_WORDS = 12


def without_last(lines: list[Line]) -> list[Line]:
    """Without such lines at the end, wrapped over two lines or not; the only line of a message stays a line."""
    while lines:
        last = lines[-1].bare
        if is_added(last):
            lines = lines[:-1]
        elif len(lines) > 1 and not lines[-2].is_blank and _is_wrapped(lines[-2].bare, last):
            lines = lines[:-2]
        else:
            break
        while lines and lines[-1].is_blank:
            lines = lines[:-1]
    return lines


def without_lone(lines: list[Line]) -> list[Line]:
    """Without such paragraphs amid the text: people write on below what their phone adds."""
    kept = [
        line
        for at, line in enumerate(lines)
        if not (_stands_alone(lines, at) and line.bare[:1].isupper() and _is_device(line.bare))
    ]
    return kept if any(not line.is_blank for line in kept) else lines


def _stands_alone(lines: list[Line], at: int) -> bool:
    before, after = at == 0 or lines[at - 1].is_blank, at == len(lines) - 1 or lines[at + 1].is_blank
    return before and after and not lines[at].is_blank


def is_added(text: str) -> bool:
    if not text or len(text) > 220:
        return False
    if _SCANNED.search(text) or _GREEN.search(text) or _LEAD.match(text):
        return True
    return _is_device(text)


def _is_device(text: str) -> bool:
    bare = re.sub(r"<[^<>]{0,200}>|\(https?:[^()]{0,200}\)|https?://\S{1,200}", " ", text)
    if _NAMED.match(bare.strip()):
        return True
    words = bare.split()
    if len(words) > _MOST_WORDS or not _DEVICES.search(bare):
        return False
    is_sentence = "," in bare or ". " in bare.strip()
    if "?" in bare or (is_sentence and not _EXCUSE.search(bare)):
        return False
    return bool(_SENT.match(text) or (_KAZAKH.search(bare.strip()) and _is_kazakh_device(bare)))


def _is_kazakh_device(text: str) -> bool:
    """`iPhone құрылғысынан жіберілді`: the device first, and from where by an ablative ending."""
    first = next((word for word in text.split() if word.lower() != "менің"), "")
    return bool(_DEVICES.search(first) and _FROM_WHERE.search(text))


def _is_wrapped(first: str, second: str) -> bool:
    return bool(_SENT.match(first)) and len(second) < 60 and is_added(f"{first} {second}")
