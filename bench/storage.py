"""What a run leaves on the disk, a page: what judging reads, the links within it, and the evidence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.yard import Row

_KIB = 1_024
_EVIDENCE = ".warc.gz"
_GRAPH = ("target", "sqlite_autoindex_target_1", "template")
"""Tables and indexes that hold nothing but addresses and who refers to them."""


def storage_rows(data: Path, pages: int) -> Iterator[Row]:
    """Captures stand apart: they are the servers' answers as they came, and grow with the pages' own bytes."""
    files = [path for path in data.rglob("*") if path.is_file()]
    evidence = sum(path.stat().st_size for path in files if path.name.endswith(_EVIDENCE))
    rest = sum(path.stat().st_size for path in files) - evidence
    graph = sum(_graph_bytes(path) for path in files if path.name == "facts.sqlite")
    yield Row(name="audit, stored without evidence", figure=rest / _KIB / pages, unit="KiB/page")
    yield Row(name="audit, link graph of it", figure=graph / _KIB / pages, unit="KiB/page")
    yield Row(name="audit, evidence", figure=evidence / _KIB / pages, unit="KiB/page")


def _graph_bytes(facts: Path) -> float:
    """Bytes of addresses, shared menus and the pages' own links; nan where SQLite cannot tell (built without ``dbstat``)."""
    marks = ", ".join("?" * len(_GRAPH))
    with closing(sqlite3.connect(facts)) as file:
        try:
            (tables,) = file.execute(f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({marks})", _GRAPH).fetchone()
        except sqlite3.OperationalError:
            return float("nan")
        (own,) = file.execute("SELECT SUM(LENGTH(own) + LENGTH(texts)) FROM page").fetchone()
    return float(tables or 0) + float(own or 0)
