"""Comparing with files that were looked at by a person: ``ZHAOCUO_GOLDEN=write`` takes what is there now."""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, actual: str, scratch: Path) -> None:
    """``actual`` equals ``golden/<name>``; where not, the actual text is kept in ``scratch`` and the difference shown."""
    path = FOLDER / name
    if os.environ.get("ZHAOCUO_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, encoding="utf-8")
    expected = path.read_text(encoding="utf-8")
    if actual != expected:
        (scratch / name).write_text(actual, encoding="utf-8")
        lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", "actual", lineterm="", n=1)
        raise AssertionError(f"{name} differs (kept as {scratch / name}):\n" + "\n".join(list(lines)[:60]))
