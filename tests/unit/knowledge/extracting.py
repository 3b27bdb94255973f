"""A desk's process that has read a file and goes on: `python -m tests.unit.knowledge.extracting`; prints its worker."""

import asyncio

from frontdesk.knowledge.extract.extractor import Extractor


async def main() -> None:
    extractor = Extractor()
    await extractor.extract("a.txt", b"Two days to Almaty.")
    [worker] = extractor.worker_pids
    print(worker, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
