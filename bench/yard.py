"""What the benches share: the portal, its server, the audit whose run folder the later ones need."""

import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bench.portal import AS_OF, Truth, build_portal
from bench.processes import Cost, measure
from bench.server import serve

PROGRAM = Path(sys.executable).with_name("zhaocuo")

_FINISHED = (0, 1, 3)
"""Exit codes of ``zhaocuo`` that come with a whole report set: nothing failed, findings, some rules in error."""


class Skipped(Exception):
    """A part is not there (yet), or a step before it failed: one English sentence says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    name: str
    figure: float
    unit: str
    against: str = ""
    """Name of the row it is divided by; ``""``: no ratio."""


@dataclass(slots=True, kw_only=True)
class Yard:
    folder: Path
    pages: int
    latency_ms: int
    nginx: bool
    units: int
    findings: int
    judged: int = 10_000
    """Stored pages of the larger of the two judgements."""
    base: str = ""
    truth: Truth = field(init=False)
    peers: Path = Path("peers")
    """Where public tools are installed that the audit is compared with."""
    turn: int = 0
    """Counts the audits, so that each has folders of its own."""

    @property
    def portal(self) -> Path:
        return self.folder / "portal"

    def addresses(self) -> tuple[str, ...]:
        """Path of everything that pages refer to, dead or not."""
        return (*self.truth.pages, *self.truth.files, *self.truth.dead)

    def paths(self) -> Path:
        """A file with all addresses, one a line."""
        listed = self.folder / "paths.txt"
        listed.write_text("\n".join(self.addresses()), encoding="ascii")
        return listed

    def file_of(self, path: str) -> Path:
        """The file behind a page's address."""
        return self.portal / unquote(path + "index.html" if path.endswith("/") else path).lstrip("/")

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Build the portal and serve it until the block ends."""
        self.truth = build_portal(self.portal, pages=self.pages)
        with serve(self.portal, latency_ms=self.latency_ms, prefer_nginx=self.nginx) as self.base:
            yield

    def audit(self, data: Path, out: Path, *words: str) -> Cost:
        """One whole audit as the operator starts it; raises :class:`Skipped` when it does not end with a report set."""
        command: list[str | Path] = [PROGRAM, "audit", self.base, "--data", data, "--out", out, "--as-of", AS_OF.isoformat()]
        return zhaocuo([*command, "--delay", "0", "--allow-private", "--pack", "all", *words])

    @contextlib.contextmanager
    def served_slowly(self, latency_ms: int) -> Iterator[None]:
        """Another server for the same portal until the block ends."""
        usual = self.base
        with serve(self.portal, latency_ms=latency_ms, prefer_nginx=False) as slow:
            self.base = slow
            try:
                yield
            finally:
                self.base = usual

    @contextlib.contextmanager
    def served_often(self, times: int) -> Iterator[list[str]]:
        """The same portal at so many addresses until the block ends: each is a host of its own."""
        with contextlib.ExitStack() as servers:
            yield [
                servers.enter_context(serve(self.portal, prefer_nginx=self.nginx, work=self.folder / f"server{number}"))
                for number in range(times)
            ]

    def nightly(self, bases: list[str], *, delay: float) -> tuple[Cost, list[int]]:
        """One night over ``bases``, all at once; with the requests of each portal."""
        data, out = self.next_folders()
        listed = self.folder / "portals.yaml"
        lines = [f"  - {{url: '{base}', delay: {delay}}}\n" for base in bases]
        listed.write_text("schema: zhaocuo.portals/1\nportals:\n" + "".join(lines), encoding="utf-8")
        command: list[str | Path] = [PROGRAM, "nightly", listed, "--data", data, "--out", out, "--as-of", AS_OF.isoformat()]
        cost = zhaocuo([*command, "--allow-private", "--jobs", str(len(bases))])
        runs = [json.loads(path.read_text(encoding="utf-8")) for path in out.glob("*/run.json")]
        if len(runs) != len(bases):
            raise Skipped(f"the night left {len(runs)} of {len(bases)} reports")
        return cost, [run["requests"] for run in runs]

    def change_pages(self, one_in: int) -> None:
        """Let an editor add a sentence to one article in so many."""
        articles = [path for path in self.truth.pages if "/t2" in path]
        for path in articles[::one_in]:
            file = self.file_of(path)
            body = file.read_bytes()
            encoding = "gb18030" if b'charset="gb2312"' in body[:1_000] else "utf-8"
            file.write_bytes(body.replace(b"</p>", "特此补充说明。</p>".encode(encoding), 1))

    def next_folders(self) -> tuple[Path, Path]:
        """Fresh ``--data`` and ``--out``."""
        self.turn += 1
        return self.folder / f"data{self.turn}", self.folder / f"out{self.turn}"

    def run_folder(self) -> Path:
        """The newest run folder; makes one by an audit when no bench before did."""
        runs = [path for path in self.folder.glob("data*/runs/*") if path.is_dir()]
        if not runs:
            data, out = self.next_folders()
            self.audit(data, out)
            runs = list(data.glob("runs/*"))
        if not runs:
            raise Skipped("the audit left no run folder")
        return max(runs, key=lambda path: path.stat().st_mtime)


def zhaocuo(command: list[str | Path]) -> Cost:
    """Run the program; a missing command or an unfinished run is a reason to skip, told with its last line."""
    if not PROGRAM.exists() or not find_spec("audit.cli"):
        raise Skipped("zhaocuo has no command line yet")
    cost = measure(command)
    if cost.code not in _FINISHED:
        last = (cost.err.strip() or cost.out.strip() or "nothing said").splitlines()[-1]
        raise Skipped(f"zhaocuo {command[1]} ended with exit code {cost.code}: {last[:160]}")
    return cost


def dead_link_shares(truth: Truth, base: str, findings: Path) -> tuple[float, float]:
    """Recall and precision of the dead targets reported as ``failed``; a grouped finding counts with its samples."""
    claimed: set[str] = set()
    for line in findings.read_text(encoding="utf-8").splitlines():
        finding: dict[str, Any] = json.loads(line)
        if finding["outcome"] == "failed" and finding["rule"].startswith("dead-"):
            claimed.update("/" + url.removeprefix(base) for url in (finding["url"], *finding.get("samples", ())))
    right = claimed & truth.dead.keys()
    return len(right) / len(truth.dead), len(right) / len(claimed) if claimed else 0.0
