"""Templates compiled once and kept, as Python keeps its own files: in ``__pycache__``, for the very same text.

Compiling them takes a tenth of a second. Whoever can write there can write the program itself, so what is kept needs no more
trust than a ``.pyc``; what is damaged or of another text is compiled again (:class:`jinja2.bccache.Bucket`).

``python -m reports.precompile`` keeps all that the program ships, as ``compileall`` does.
"""

import contextlib
import os
import sys
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_FOLDER = Path(cache_from_source(__file__)).parent


class KeptTemplates(BytecodeCache):
    """``always``: writes even where ``sys.dont_write_bytecode`` is set, because somebody asked for it."""

    def __init__(self, folder: Path = _FOLDER, *, always: bool = False) -> None:
        self._folder = folder
        self._always = always

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            bucket.load_bytecode(BytesIO(self._place(bucket).read_bytes()))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode and not self._always:
            return
        place = self._place(bucket)
        draft = place.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(bucket.bytecode_to_string())
            draft.replace(place)

    def _place(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.jinja"
