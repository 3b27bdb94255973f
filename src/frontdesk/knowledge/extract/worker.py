"""The process that reads files for the desk: `python -m frontdesk.knowledge.extract.worker PARENT_PID`.

It has no secrets, low priority and narrow limits, and ends with the desk. It prints nothing, because errors may
quote the files. `WorkerProcess` is the desk's end.
"""

import os
import resource
import signal
import sys
from pathlib import Path
from typing import IO

from frontdesk.errors import PayloadTooLarge, RequestError, UnsupportedMediaType
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.extract.wire import Refusal, Reply, frame, read_request, reply_frame

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
_WORN = 400 * 1024 * 1024
"""Bytes that the process still holds after a file; the next one would lack them."""
_LARGEST_WRITTEN = 1024 * 1024
"""Bytes: room for compiled Python modules, the only files that the worker writes."""
_NICENESS = 5
_TIME_FOR_PAGES = 0.6
"""The share of a file's time for starting pages of a PDF; the rest is for the last of them."""
_PR_SET_PDEATHSIG = 1


def main(parent: int) -> None:
    """Answer requests from stdin until it ends."""
    _end_with(parent)
    _limit_all()
    requests, replies = _take_pipes()
    _write(replies, frame(b""))
    while (received := read_request(requests)) is not None:
        request, data = received
        _limit_processor(request.seconds)
        _write(replies, reply(request.name, data, request.seconds))


def _end_with(parent: int) -> None:
    """Without prctl, an idle worker ends by the closed pipe and a busy one by its limit of processor time."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the call
        sys.exit(0)


def _limit_all() -> None:
    os.nice(_NICENESS)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _LARGEST_WRITTEN)
    if sys.platform == "linux":  # macOS does not enforce it
        _limit(resource.RLIMIT_AS, MEMORY)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _limit_processor(seconds: float) -> None:
    """The limit counts from the start of the process; SIGXCPU ends it there."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the desk; what libraries print is discarded."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return requests, replies


def reply(name: str, data: bytes, seconds: float) -> bytes:
    """The worker's outermost edge: every error becomes a reply."""
    try:
        extracted = extract(name, data, seconds * _TIME_FOR_PAGES)
        return reply_frame(Reply("read", extracted, worn=_is_worn()))
    except RequestError as error:
        refusal = Reply("refused", code=_code(error), message=error.message, worn=_is_worn())
    except MemoryError:
        refusal = Reply("too_much_memory", worn=True)
    except Exception as error:
        refusal = Reply("fault", message=type(error).__name__, worn=True)
    return reply_frame(refusal)


def _code(error: RequestError) -> Refusal:
    if isinstance(error, PayloadTooLarge):
        return "payload_too_large"
    return "unsupported_media_type" if isinstance(error, UnsupportedMediaType) else "validation_error"


def _is_worn() -> bool:
    if sys.platform != "linux":
        return False
    # Not `ru_maxrss`: at first it is that of the process that started this one.
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resident > _WORN


def _write(replies: IO[bytes], payload: bytes) -> None:
    replies.write(payload)
    replies.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
