"""Two hundred ways to smuggle a script into a page, and a look at whether any of them got there."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Frame, Page

RUN = "window.__run=1"
VECTORS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<a href="javascript:{RUN}">look</a>',
    f"[look](javascript:{RUN})",
    f'![look](x" onerror="{RUN})',
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>more</details>",
    f"<math><mtext></mtext><style><img src onerror={RUN}></style></math>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}",
    f"<style>@import 'javascript:{RUN}'</style>",
    f'<object data="javascript:{RUN}"></object>',
    f'<form action="javascript:{RUN}"><button>go</button></form>',
    f'<base href="javascript:{RUN}//">',
    f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    f"[look](<javascript:{RUN}>)",
    f"[look]: javascript:{RUN}\n\n[look]",
    f"<<script>{RUN}//<</script>",
    f"[look](data:text/html,<script>{RUN}</script>)",
    f"<javascript:{RUN}>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<video><source onerror={RUN}></video>",
    f'<a href="vbscript:{RUN}">look</a>',
    f'<button formaction="javascript:{RUN}">go</button>',
    f'<template shadowrootmode="open"><img src=x onerror={RUN}></template>',
)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" if letter in "<>\":'(" else letter for letter in text)


def _full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if letter in "<>\"'" else letter for letter in text)


def _split_words(text: str) -> str:
    return text.replace("javascript", "java\tscript").replace("onerror", "on\u200berror")


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: re.sub(r"<(\w+)", lambda tag: "<" + tag[1].upper(), text).replace(
        "javascript", "JaVaScRiPt"
    ),
    _entities,
    lambda text: text.replace("<", "%3C").replace(">", "%3E"),
    _split_words,
    _full_width,
    lambda text: f"`{text}` **{text}**",
    lambda text: f"> {text}\n\n- {text}",
)
PAYLOADS = tuple(spell(vector) for vector in VECTORS for spell in SPELLINGS)

_LIVE = """() => {
  const links = ["href", "src", "action", "formaction", "data", "xlink:href"];
  const bad = (element) => [...element.attributes].some((attribute) =>
    /^on/i.test(attribute.name) || attribute.name === "srcdoc" ||
    (links.includes(attribute.name) && /^\\s*(javascript|vbscript|data:text)/i.test(attribute.value)));
  const strange = [...document.querySelectorAll("body *")].filter((element) =>
    bad(element) || (element.tagName === "SCRIPT" && element.textContent.includes("__run")) ||
    ["BASE", "OBJECT", "EMBED"].includes(element.tagName));
  return [...strange.map((element) => element.outerHTML.slice(0, 200)), ...(window.__run ? ["it ran"] : [])];
}"""


def live(page: Page) -> list[str]:
    """What of the payloads is more than text in this page and its frames."""
    return [fault for frame in page.frames for fault in _of_frame(frame)]


def _of_frame(frame: Frame) -> Iterator[str]:
    yield from frame.evaluate(_LIVE)
