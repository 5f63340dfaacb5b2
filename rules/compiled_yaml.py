"""Shipped YAML read once and kept as JSON, as Python keeps its own files: in ``__pycache__``, for the very same bytes.

Reading the packs takes half a second and what comes of it never changes. Whoever can write there can write the program
itself, so what is kept needs no more trust than a ``.pyc``. What is damaged, of other bytes or cannot be written is no
fault: the file is read.

``python -m rules.precompile rules audit`` keeps all that the program ships, as ``compileall`` does.
"""

import contextlib
import hashlib
import json
import os
import sys
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
_FOLDER = Path(cache_from_source(__file__)).parent
_READER = Path(__file__).with_name("yamlfile.py")


def kept(path: Path, data: bytes) -> dict[str, Any] | None:
    """What was made of ``data``, the bytes of the file at ``path``; None when nothing is kept of just these."""
    if not _is_shipped(path):
        return None
    try:
        seal, _, text = _place(path).read_bytes().partition(b"\n")
        if seal.decode("ascii") != _seal(data, text):
            return None
        found = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def keep(path: Path, data: bytes, plain: dict[str, Any], *, always: bool = False) -> None:
    """Keep ``plain`` for the next process, where the file is the program's own and Python may write such things.

    ``always``: even where ``sys.dont_write_bytecode`` is set, because somebody asked for it.
    """
    if not _is_shipped(path) or (sys.dont_write_bytecode and not always):
        return
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    place = _place(path)
    draft = place.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        _FOLDER.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_seal(data, text).encode("ascii") + b"\n" + text)
        draft.replace(place)


def _place(path: Path) -> Path:
    """One folder for all: a pack's own folders hold nothing but the pack."""
    name = "-".join(path.relative_to(_ROOT).parts)
    return _FOLDER / f"{name}.json"


def _seal(data: bytes, text: bytes) -> str:
    return hashlib.sha256(b"\0".join((_reader(), data, text))).hexdigest()


@cache
def _reader() -> bytes:
    """The reader itself: another one may make something else of the same bytes."""
    return _READER.read_bytes()


def _is_shipped(path: Path) -> bool:
    """Whether the file lies in a package of the program, and not in a folder of the operator's."""
    return path.is_relative_to(_ROOT) and _is_package(path.relative_to(_ROOT).parts[0])


@cache
def _is_package(name: str) -> bool:
    return (_ROOT / name / "__init__.py").is_file()
