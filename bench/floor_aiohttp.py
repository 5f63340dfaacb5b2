"""The floor in Python: ``floor_aiohttp.py BASE FILE CONNECTIONS`` fetches every address once with aiohttp, parses nothing.

Runs in an environment of its own, so it imports nothing of the bench.
"""

import asyncio
import sys
from pathlib import Path

import aiohttp


async def fetch_all(base: str, paths: list[str], connections: int) -> int:
    """Bytes that came."""
    waiting, total = list(reversed(paths)), 0

    async def worker(session: aiohttp.ClientSession) -> None:
        nonlocal total
        while waiting:
            async with session.get(base + waiting.pop()) as answer:
                total += len(await answer.read())

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        await asyncio.gather(*(worker(session) for _ in range(connections)))
    return total


def main() -> None:
    base, file, connections = sys.argv[1:]
    paths = Path(file).read_text(encoding="ascii").split()
    sys.stdout.write(f"{asyncio.run(fetch_all(base.rstrip('/'), paths, int(connections)))} bytes\n")


if __name__ == "__main__":
    main()
