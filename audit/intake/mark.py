"""A note beside the ledger while a list is imported: an import that was cut off can be told, and what became of it."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from audit.ledger.ledger import Ledger

_NAMES = "importing-*.json"


@contextmanager
def import_mark(data: Path, name: str, at: datetime) -> Iterator[None]:
    """Stands while the import of the file ``name`` runs; a ``kill -9`` leaves it."""
    path = data / f"importing-{secrets.token_hex(4)}.json"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.write(handle, json.dumps({"name": name, "at": at.isoformat()}, ensure_ascii=False).encode())
        yield
        path.unlink(missing_ok=True)
    except Exception:
        path.unlink(missing_ok=True)  # it was refused, and that is said
        raise
    finally:
        os.close(handle)


def cut_off_imports(data: Path, ledger: Ledger) -> tuple[str, ...]:
    """A sentence for each import that was cut off; its note goes. One that still runs elsewhere is none."""
    return tuple(sentence for path in sorted(data.glob(_NAMES)) if (sentence := _told(path, ledger)))


def _told(path: Path, ledger: Ledger) -> str:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            note = json.loads(file.read() or b"{}")
            path.unlink(missing_ok=True)
            at = datetime.fromisoformat(str(note["at"]))
    except (OSError, ValueError, KeyError):
        return ""
    whole = any(kept.name == note["name"] and kept.entered_at == at for kept in ledger.kept_lists())
    became = "但内容已经全部导入" if whole else "一行也没有导入，请重新导入"
    return f"{at:%Y-%m-%d %H:%M} 导入“{note['name']}”时中途停了，{became}。"
