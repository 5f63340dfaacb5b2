"""Word lists as Python keeps its own files: for the very same bytes, in ``__pycache__``, by the same means.

Each process of a crawl reads nearly all of them; parsing them takes a sixth of a second and four megabytes. Where nothing
is kept, or not of just these bytes, the list is parsed; where nothing can be written, nothing is.
"""

import contextlib
import marshal
import os
import sys
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_SEAL = 32


def kept(path: Path, data: bytes) -> Any:
    """What was made of ``data``, the bytes of the list at ``path``; None when nothing is kept of just these."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        stored = _place(path).read_bytes()
        if stored[:_SEAL] == _seal(data, stored[_SEAL:]):
            return marshal.loads(stored[_SEAL:])  # noqa: S302  whoever can write there can write the program
    return None


def keep(path: Path, data: bytes, content: Any, *, always: bool = False) -> None:
    """Keep ``content`` for the next process; ``always``: even where ``sys.dont_write_bytecode`` is set."""
    if sys.dont_write_bytecode and not always:
        return
    place = _place(path)
    draft = place.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError, ValueError):
        body = marshal.dumps(content)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_seal(data, body) + body)
        draft.replace(place)


def _place(path: Path) -> Path:
    return Path(cache_from_source(str(path))).with_suffix(".words")


def _seal(data: bytes, body: bytes) -> bytes:
    return sha256(b"\0".join((_reader(), data, body))).digest()


@cache
def _reader() -> bytes:
    """What parses the lists: another parser may make something else of the same bytes."""
    return Path(__file__).with_name("__init__.py").read_bytes()
