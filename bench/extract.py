"""What it costs to read a file in a process of its own, against reading it in the desk's."""

import io
import time

from docx import Document

from bench.place import Place
from bench.report import Figure, Report, percentile
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.extract.extractor import Extractor

_PARAGRAPHS = 200
_SENTENCE = "Delivery inside the city takes two days and costs 1,990 tenge. "
_COLD_STARTS = 5


async def run(place: Place, scale: float = 1.0) -> Report:
    rounds = max(3, round(50 * scale))
    figures: list[Figure] = []
    for name, data in _files().items():
        apart, within = await _both(name, data, rounds)
        figures += [
            Figure(f"{name}, in the desk's process, p50", percentile(within, 0.5) * 1000, "ms"),
            Figure(f"{name}, in a process of its own, p50", percentile(apart, 0.5) * 1000, "ms"),
        ]
    cold = [await _cold() for _ in range(max(2, round(_COLD_STARTS * scale)))]
    figures.append(Figure("a.md with the start of the process, p50", percentile(cold, 0.5) * 1000, "ms"))
    return Report("extract", tuple(figures), f"{rounds} rounds of files of {_PARAGRAPHS} paragraphs")


async def _both(name: str, data: bytes, rounds: int) -> tuple[list[float], list[float]]:
    """The seconds of each round, apart and within, in turns; the first pair, which imports, left out."""
    extractor = Extractor()
    apart: list[float] = []
    within: list[float] = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        await extractor.extract(name, data)
        between = time.perf_counter()
        extract(name, data)
        apart.append(between - began)
        within.append(time.perf_counter() - between)
    await extractor.aclose()
    return apart[1:], within[1:]


async def _cold() -> float:
    extractor = Extractor()
    began = time.perf_counter()
    await extractor.extract("a.md", _files()["a.md"])
    seconds = time.perf_counter() - began
    await extractor.aclose()
    return seconds


def _files() -> dict[str, bytes]:
    paragraphs = [_SENTENCE * 3] * _PARAGRAPHS
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    word_file = io.BytesIO()
    document.save(word_file)
    return {
        "a.md": "\n\n".join(paragraphs).encode(),
        "a.html": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs).encode(),
        "a.docx": word_file.getvalue(),
        "a.pdf": _pdf(paragraphs),
    }


def _pdf(paragraphs: list[str]) -> bytes:
    """One page, written by hand."""
    shown = " T* ".join(f"({paragraph}) Tj" for paragraph in paragraphs)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792]"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    end = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % end)
    return out.getvalue()
