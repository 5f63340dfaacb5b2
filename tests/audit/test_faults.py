"""The whole audit over a portal with every fault: what heals is no finding, what stays broken is one, the rest is neither."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.facts import FailureKind
from crawler.failures import TREATMENTS
from tests.mockserver import FaultServer, refusing_port
from tests.mockserver import behaviours as do
from tests.mockserver.faulty_portal import FAILING, FINE, SKIPPED, routes

LINK_RULES = {"dead-homepage-link", "dead-link", "dead-outlink", "dead-attachment", "dead-image"}

HEALING = {
    "/heal/500-twice.html": do.after(2, do.status(500), do.page("好")),
    "/heal/503-once.html": do.after(1, do.status(503, headers={"Retry-After": "1"}), do.page("好")),
    "/heal/429-twice.html": do.after(2, do.status(429, headers={"Retry-After": "1"}), do.page("好")),
    "/heal/404-twice.html": do.after(2, do.status(404), do.page("好")),
    "/heal/reset-twice.html": do.after(2, do.reset, do.page("好")),
    "/heal/close-twice.html": do.after(2, do.close, do.page("好")),
    "/heal/cut-twice.html": do.after(2, do.cut, do.page("好")),
    "/heal/garbage-twice.html": do.after(2, do.garbage, do.page("好")),
    "/heal/gzip-twice.html": do.after(2, do.bad_gzip, do.page("好")),
    "/heal/nowhere-twice.html": do.after(2, do.redirect("javascript:void(0)"), do.page("好")),
    "/heal/head-405.html": do.head_refused,
    "/heal/slow-12-s.html": do.slow(12),
    "/heal/404-twice.pdf": do.after(2, do.status(404), do.file(b"%PDF-1.4\n", "application/pdf")),
}
"""Twice at fault, then fine; slow; refusing HEAD; asking for patience."""

UNSEEN = {"/dead.css"}
"""Nobody clicks it, and whether a page needs it shows in a browser only."""
STAYING = {path for path, (kind, _) in FAILING.items() if TREATMENTS[FailureKind(kind)].accusable} - UNSEEN
NOT_SAID = set(FAILING) - STAYING


@dataclass(frozen=True, kw_only=True)
class Audited:
    accused: dict[str, str]
    """Rule by address, of the rules about links."""
    stderr: str


@pytest.fixture(scope="module")
def foreign() -> Iterator[FaultServer]:
    with FaultServer({"/alive.html": do.page("外面的页面", title="外站"), "/landing.html": do.page("到了外面")}) as server:
        yield server


@pytest.fixture(scope="module")
def portal(foreign: FaultServer) -> Iterator[FaultServer]:
    async def with_healing(asked) -> None:
        asked.server.routes["/heal/"] = do.page(do.links(*HEALING))
        await home(asked)

    with refusing_port() as dead_port:
        faults = routes(foreign, dead_port)
        home = faults["/"]
        with FaultServer(faults | HEALING | {"/": with_healing, "/fine.html": do.page(do.links("/heal/"))}) as server:
            server.dead = f"http://127.0.0.1:{dead_port}/"
            yield server


@pytest.fixture(scope="module")
def audited(portal: FaultServer, tmp_path_factory) -> Audited:
    folder: Path = tmp_path_factory.mktemp("faults")
    words = ["--delay", "0", "--allow-private", "--no-browser", "--pack", "portal-2019", "--as-of", "2026-11-20"]
    env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    command = [sys.executable, "-m", "audit", "audit", f"{portal.base}/", *words, "--data", str(folder / "d")]
    done = subprocess.run([*command, "--out", str(folder / "o")], env=env, capture_output=True, text=True, check=False)
    assert (folder / "o" / "findings.jsonl").is_file(), done.stderr[-3_000:]
    lines = [json.loads(line) for line in (folder / "o" / "findings.jsonl").read_text().splitlines()]
    accused = {line["url"]: line["rule"] for line in lines if line["outcome"] == "failed" and line["rule"] in LINK_RULES}
    return Audited(accused={url.removeprefix(portal.base): rule for url, rule in accused.items()}, stderr=done.stderr)


def test_there_are_faults_enough() -> None:
    assert len(HEALING) + len(FINE) + len(FAILING) + len(SKIPPED) >= 60
    assert len(STAYING) >= 7
    assert len(NOT_SAID) >= 20


def test_what_heals_is_no_finding(audited: Audited, portal: FaultServer) -> None:
    assert {path: portal.asked(path) for path in HEALING if not portal.asked(path)} == {}
    assert {path: rule for path, rule in audited.accused.items() if path in HEALING or path in FINE} == {}


@pytest.mark.parametrize("path", sorted(STAYING))
def test_what_stays_broken_is_found(audited: Audited, path: str) -> None:
    assert path in audited.accused


def test_a_refused_connection_and_a_missing_page_elsewhere_are_found(
    audited: Audited, portal: FaultServer, foreign: FaultServer
) -> None:
    elsewhere = {path for path in audited.accused if not path.startswith("/")}
    assert elsewhere == {f"{foreign.base}/gone.html", portal.dead}


def test_what_may_be_meant_for_us_alone_is_not_said_to_be_broken(audited: Audited) -> None:
    assert {path: rule for path, rule in audited.accused.items() if path in NOT_SAID or path in SKIPPED} == {}


def test_nobody_else_is_accused(audited: Audited) -> None:
    own = {path for path in audited.accused if not urlsplit(path).netloc}
    # An answer without end is left by its size or by the clock, whichever comes first.
    assert own - STAYING <= {"/endless.html"}
