"""However many processes take part in a crawl, the same is found."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.portal import AS_OF, build_portal
from bench.server import serve


def audit(base: str, folder: Path, jobs: int) -> Path:
    """The report set of one audit in so many processes."""
    command = [
        sys.executable,
        "-m",
        "audit",
        "audit",
        base,
        "--data",
        folder / "data",
        "--out",
        folder / "out",
        "--jobs",
        str(jobs),
    ]
    command += ["--as-of", AS_OF.isoformat(), "--delay", "0", "--allow-private", "--no-browser"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 1, done.stderr[-2_000:]
    return folder / "out"


MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def timeless(value: Any) -> Any:
    """``value`` without what no two crawls share: record numbers of captures, and the time of a look."""
    if isinstance(value, str):
        return MINUTE.sub("then", value)
    if isinstance(value, dict):
        return {name: timeless(inner) for name, inner in value.items() if name not in {"capture", "fetched_at"}}
    return [timeless(inner) for inner in value] if isinstance(value, list) else value


def found(out: Path) -> list[str]:
    lines = (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.dumps(timeless(json.loads(line)), ensure_ascii=False, sort_keys=True) for line in lines]


def test_one_process_and_several_find_the_same(tmp_path):
    build_portal(tmp_path / "portal", pages=210)  # more than a crawl that is too small for readers of its own
    with serve(tmp_path / "portal", prefer_nginx=False) as base:
        one, three = audit(base, tmp_path / "one", 1), audit(base, tmp_path / "three", 3)
    assert found(one)
    assert found(one) == found(three)
    totals = [json.loads((out / "run.json").read_text(encoding="utf-8")) for out in (one, three)]
    for name in ("pages_fetched", "skipped", "failures", "outcomes", "findings", "leads"):
        assert totals[0][name] == totals[1][name], name
