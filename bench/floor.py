"""The floor: fetch every address once over a few keep-alive connections, parse nothing. ``python -m bench.floor BASE FILE``."""

import argparse
import asyncio
from pathlib import Path
from urllib.parse import urlsplit


async def fetch_all(base: str, paths: list[str], connections: int) -> dict[int, int]:
    """How many answers of each status; raises when the server closes a connection or sends no ``Content-Length``."""
    parts = urlsplit(base)
    queue = list(reversed(paths))
    statuses: dict[int, int] = {}

    async def worker() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while queue:
            writer.write(f"GET {queue.pop()} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: */*\r\n\r\n".encode("ascii"))
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
            statuses[status] = statuses.get(status, 0) + 1
        writer.close()

    await asyncio.gather(*(worker() for _ in range(connections)))
    return statuses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("file", type=Path, help="paths to fetch, one a line")
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    paths = options.file.read_text(encoding="ascii").split()
    print(asyncio.run(fetch_all(options.base, paths, options.connections)))


if __name__ == "__main__":
    main()
