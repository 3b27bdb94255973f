"""HTML: the visible text with headings, without navigation.

libxml2 parses it and builds no tree, so time and memory grow with the length of the file, not with its nesting.
"""

import re

from frontdesk.kit.encoding import decode
from frontdesk.kit.markup import feed
from frontdesk.knowledge import language
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.html_page import Page
from frontdesk.knowledge.extract.html_panels import Panels
from frontdesk.knowledge.extract.letters import visible

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*+=\s*+["']?\s*+([\w-]+)""", re.IGNORECASE)


def read(data: bytes) -> Extracted:
    declared = _CHARSET.search(data[:4096])
    text, notes = decode(data, declared[1].decode("ascii") if declared else None)
    page = Page(Panels.of(text))
    feed(text, page)
    title, body = visible(page.title), visible(page.text)
    first = re.match(r"\A#\s+(.+)\n*", body)
    if first and (not title or first[1] in title):
        title, body = first[1], body[first.end() :] or first[1]
    # Many pages carry the language of their template: what the text plainly is says more.
    written = language.plain(f"{title}\n{body}") or page.language
    return Extracted(title, body, language=written, warnings=notes)
