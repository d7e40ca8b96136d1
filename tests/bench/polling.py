"""Many open pages that ask every three seconds, and what that takes of a processor."""

import asyncio
import re
import time
from collections.abc import Sequence

from tests.bench.data import Signed
from tests.bench.servers import Server

EVERY = 3.0  # seconds, as an open page asks
UNIT = "% of a core"
LENGTH = re.compile(rb"^content-length: (\d+)", re.IGNORECASE | re.MULTILINE)


def share(
    server: Server, leads: Sequence[Signed], paths: Sequence[str], status: int, seconds: float
) -> float:
    """The percentage of one core that the server takes while every lead's page asks its path."""
    return asyncio.run(measure(server, leads, paths, status, seconds))


async def measure(
    server: Server, leads: Sequence[Signed], paths: Sequence[str], status: int, seconds: float
) -> float:
    """A round for the connections to open, then so many seconds that count."""
    pages = [
        asyncio.create_task(
            page(server.port, lead.cookie, path, status, wait=EVERY * number / len(leads))
        )
        for number, (lead, path) in enumerate(zip(leads, paths, strict=True))
    ]
    await asyncio.sleep(min(EVERY, seconds))
    began, used = time.perf_counter(), server.processor_time()
    done, _ = await asyncio.wait(pages, timeout=seconds)
    used, took = server.processor_time() - used, time.perf_counter() - began
    for task in pages:
        task.cancel()
    await asyncio.gather(*pages, return_exceptions=True)
    for task in done:
        task.result()  # A page ends only by an error.
    return 100 * used / took


async def page(port: int, cookie: str, path: str, status: int, *, wait: float) -> None:
    """One open page: it asks, reads the answer, and waits for its next turn."""
    await asyncio.sleep(wait)
    words = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nHX-Request: true\r\n\r\n"
    )
    turn, writer = time.perf_counter(), None
    try:
        while True:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(words.encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            if not answer.startswith(f"HTTP/1.1 {status} ".encode()):
                raise RuntimeError(f"{path} answered {answer[:300]!r}")
            if length := LENGTH.search(answer):
                await reader.readexactly(int(length[1]))
            if b"connection: close" in answer.lower():
                writer.close()
                writer = None
            turn += EVERY
            await asyncio.sleep(max(0, turn - time.perf_counter()))
    finally:
        if writer:
            writer.close()
