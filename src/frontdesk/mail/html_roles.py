"""What an element of a mail program means: a quote, its introduction, the history, a signature, nothing seen."""

import re
from collections.abc import Mapping
from enum import Enum


class Role(Enum):
    NONE = "none"
    QUOTE = "quote"
    INTRODUCTION = "introduction"
    HISTORY = "history"
    SIGNATURE = "signature"


_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?![.\d])|max-height\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(
    r"font(?:-size)?\s*:[^;]{0,40}?\b(\d{1,4}(?:\.\d{1,3})?)(?=px|pt|em|rem|%|;|\s|$)", re.IGNORECASE
)
_NO_BORDER = re.compile(r"border\s*:\s*(?:none|0)|border-left\s*:\s*(?:none|0)", re.IGNORECASE)
_TOP_RULE = re.compile(
    r"border:none;border-top:solid #(?:e1e1e1|b5c4df) 1\.0pt;padding:3\.0pt 0(?:cm|in)", re.IGNORECASE
)
"""The box above the header lines that Outlook for Windows quotes by."""
_INDENT = re.compile(r"margin\s*:[^;]*\b40px", re.IGNORECASE)

_HISTORY_IDS = frozenset({
    "appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container", "replysplit",
    "ms-outlook-mobile-body-separator-line", "reply-intro", "origbody", "isforwardcontent", "isreplycontent",
    "lineorigin",
})  # fmt: skip
_HISTORY_CLASSES = frozenset({
    "outlookmessageheader", "yahoo_quoted", "protonmail_quote", "zmail_extra", "gmail_extra_quote", "mail-quote-collapse",
    "yahoo-quoted-begin", "js-helper-quote", "ydp_quoted", "hmmessage_quote", "tutanota_quote_header",
})  # fmt: skip
_INTRODUCTION_CLASSES = frozenset({"gmail_attr", "moz-cite-prefix", "moz-email-headers-table"})
_SIGNATURE_CLASSES = frozenset({
    "gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "protonmail_signature_block", "tutanota_signature",
    "applemailsignature", "email-signature", "zmail_signature",
})  # fmt: skip
_SIGNATURE_IDS = frozenset(
    {"signature", "ms-outlook-mobile-signature", "applemailsignature", "mail-app-auto-default-signature"}
)


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a reader of the mail does not see it: previews, trackers, and what is meant for machines."""
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")[:1_000]))


def is_tiny(attributes: Mapping[str, str], inherited: bool) -> bool:
    """Whether text has no size here. Layouts set none on a box and give its parts theirs again."""
    size = _FONT_SIZE.search(attributes.get("style", "")[:1_000])
    return float(size[1]) == 0 if size else inherited


def role_of(tag: str, attributes: Mapping[str, str]) -> Role:
    if not attributes:
        return Role.QUOTE if tag == "blockquote" else Role.NONE
    classes = frozenset(attributes.get("class", "").lower().split())
    name = attributes.get("id", "").lower().removeprefix("x_").removeprefix("x_")
    style = attributes.get("style", "")[:1_000]
    if tag == "blockquote":
        return Role.NONE if _is_indent(attributes, classes, style) else Role.QUOTE
    if name in _HISTORY_IDS or classes & _HISTORY_CLASSES or (tag == "div" and _TOP_RULE.search(style)):
        return Role.HISTORY
    if classes & _INTRODUCTION_CLASSES:
        return Role.INTRODUCTION
    if name in _SIGNATURE_IDS or classes & _SIGNATURE_CLASSES or "data-signature-widget" in attributes:
        return Role.SIGNATURE
    return Role.NONE


def _is_indent(attributes: Mapping[str, str], classes: frozenset[str], style: str) -> bool:
    """Web mailers indent by block quotes too: without a border, and without saying that they cite."""
    if attributes.get("type", "").lower() == "cite" or "gmail_quote" in classes:
        return False
    return bool(_NO_BORDER.search(style) or _INDENT.search(style))
