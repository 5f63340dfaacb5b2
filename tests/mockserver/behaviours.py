"""Ways to answer, from the ordinary to the hostile."""

import asyncio
import gzip
import zlib

from tests.mockserver.server import Asked, Behaviour

MEGABYTE = 1024 * 1024


def html(body: str, *, kind: str = "", title: str = "页面") -> str:
    """A page; ``kind`` is what the stand-in extractor takes it for."""
    return f"<html><head><title>{title}</title></head><body class='{kind}'>{body}</body></html>"


def links(*addresses: str) -> str:
    return "".join(f"<a href='{address}'>链接{number}</a> " for number, address in enumerate(addresses))


def page(body: str, *, kind: str = "", title: str = "页面", headers: dict[str, str] | None = None) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(html(body, kind=kind, title=title), headers=headers)

    return answer


def status(*codes: int, body: str = "出错了", headers: dict[str, str] | None = None) -> Behaviour:
    """The codes one after the other, the last for ever; 200 is a page."""

    async def answer(asked: Asked) -> None:
        code = codes[min(asked.number, len(codes)) - 1]
        await asked.send(html(body), status=code, headers=headers if code != 200 else None)

    return answer


def redirect(location: str, code: int = 302) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.redirect(location.replace("{base}", asked.base), code)

    return answer


def file(data: bytes, kind: str) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(data, kind=kind)

    return answer


async def reset(asked: Asked) -> None:
    asked.abort()


async def close(asked: Asked) -> None:
    asked.writer.close()


def then_close(body: str) -> Behaviour:
    """A page on a connection that is closed behind it, though nothing announced it."""

    async def answer(asked: Asked) -> None:
        await asked.send(html(body))
        asked.writer.close()

    return answer


async def silent(asked: Asked) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(3_600)


async def stall(asked: Asked) -> None:
    """Half of the body, then nothing."""
    asked.writer.write(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>")
    await asked.writer.drain()
    await asyncio.sleep(3_600)


async def cut(asked: Asked) -> None:
    """Less than Content-Length promises, then the end."""
    asked.writer.write(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>")
    await asked.writer.drain()
    asked.writer.close()


async def garbage(asked: Asked) -> None:
    asked.writer.write(b"\x16\x03\x01\x02\x00 no HTTP at all\r\n\r\n")
    await asked.writer.drain()
    asked.writer.close()


def endless(kind: str, length: int | None = None) -> Behaviour:
    """A body without end; with ``length`` it says so beforehand."""

    async def answer(asked: Asked) -> None:
        promise = "" if length is None else f"Content-Length: {length}\r\n"
        asked.writer.write(f"HTTP/1.1 200 X\r\nContent-Type: {kind}\r\n{promise}Connection: close\r\n\r\n".encode())
        while not asked.writer.is_closing() and asked.server.sent[asked.path] < 200 * MEGABYTE:
            asked.writer.write(b"PK\x03\x04" + b" " * 65_532)
            await asked.writer.drain()
            asked.server.sent[asked.path] += 65_536
        asked.writer.close()

    return answer


async def gzipped(asked: Asked) -> None:
    await asked.send(gzip.compress(html("压缩的页面" + links("/from-gzip.html")).encode()), headers={"Content-Encoding": "gzip"})


async def bomb(asked: Asked) -> None:
    """Two hundred megabytes in two hundred kilobytes."""
    engine = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    data = b"".join(engine.compress(bytes(MEGABYTE)) for _ in range(200)) + engine.flush()
    await asked.send(data, headers={"Content-Encoding": "gzip"})


async def bad_gzip(asked: Asked) -> None:
    await asked.send(b"this was never compressed", headers={"Content-Encoding": "gzip"})


async def chunked(asked: Asked) -> None:
    asked.writer.write(b"HTTP/1.1 200 X\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n")
    for part in (html("分块的页面").encode(), b""):
        asked.writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
    await asked.writer.drain()


async def cookie_gate(asked: Asked) -> None:
    """Hands out a cookie, forwards to itself, and lets in who brings it back."""
    if "key=open" in asked.headers.get("cookie", ""):
        await asked.send(html("有钥匙"))
    else:
        await asked.send(status=302, headers={"Location": asked.target, "Set-Cookie": "key=open; Path=/; HttpOnly"})


def tagged(body: str, *, kind: str = "") -> Behaviour:
    """A page with an ETag, which answers 304 to who knows it; ``server.sent["304"]`` counts these."""
    text = html(body, kind=kind)
    tag = f'"{zlib.crc32(text.encode())}"'

    async def answer(asked: Asked) -> None:
        if asked.headers.get("if-none-match") == tag:
            asked.server.sent["304"] += 1
            await asked.send(status=304, headers={"ETag": tag})
        else:
            await asked.send(text, headers={"ETag": tag})

    return answer


async def head_refused(asked: Asked) -> None:
    await asked.send(html("只许 GET"), status=405 if asked.method == "HEAD" else 200)


def slow(seconds: float) -> Behaviour:
    """A page that comes, after a while."""

    async def answer(asked: Asked) -> None:
        await asyncio.sleep(seconds)
        await asked.send(html("久等了"))

    return answer


def after(times: int, fault: Behaviour, then: Behaviour) -> Behaviour:
    """The fault so many times, then as it should be."""

    async def answer(asked: Asked) -> None:
        await (fault if asked.number <= times else then)(asked)

    return answer
