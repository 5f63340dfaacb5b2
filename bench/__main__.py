"""``./dev bench``: measure in one run, print one table."""

import contextlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from bench.benches import BENCHES, PLAIN
from bench.server import get_nginx, server_name
from bench.table import contenders, figures_table, lines_of
from bench.yard import Row, Skipped, Yard

_MEMORY_FOLDER = Path("/dev/shm")
_KIB_A_PAGE = 150
"""Room a page wants in the scratch folder: the page, its files, captures and facts of two audits."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)), metavar="[NAME]...")
@click.option("--pages", default=1_000, show_default=True, type=click.IntRange(min=150), help="HTML pages of the portal.")
@click.option(
    "--rounds", default=1, show_default=True, type=click.IntRange(min=1), help="Run all in turn so often; medians are printed."
)
@click.option("--latency-ms", default=0, show_default=True, help="Every answer waits so long (not with nginx).")
@click.option("--units", default=300, show_default=True, help="单位 in the made-up result.")
@click.option("--findings", default=100, show_default=True, help="Findings of each of them.")
@click.option(
    "--judged", default=10_000, show_default=True, type=click.IntRange(min=750), help="Stored pages to judge, and a fifth."
)
@click.option("--nginx/--no-nginx", default=True, show_default=True, help="Serve with nginx where it is installed.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write the figures there as well.")
@click.option("--peers", type=click.Path(path_type=Path), help="Where peers are installed, to be found there the next time.")
@click.option("--keep", type=click.Path(path_type=Path), help="Work in this folder and leave everything there.")
def main(
    *,
    names: tuple[str, ...],
    pages: int,
    rounds: int,
    latency_ms: int,
    units: int,
    findings: int,
    judged: int,
    nginx: bool,
    json_path: Path | None,
    peers: Path | None,
    keep: Path | None,
) -> None:
    """Measure NAMEs (all by default): startup floor plain peers audit nights slow judge ledger report extract several.

    Ratios compare figures of this one run; single times say little on a busy machine.
    """
    chosen = [name for name in BENCHES if name in (names or BENCHES)]
    seen: dict[str, list[Row]] = {}
    if nginx and not latency_ms:
        get_nginx()
    with _scratch(keep, pages) as folder:
        yard = Yard(folder=folder, pages=pages, latency_ms=latency_ms, nginx=nginx, units=units, findings=findings, judged=judged)
        yard.peers = peers.resolve() if peers else folder / "peers"
        with yard.open():
            _say(_portal_line(yard))
            for turn in range(rounds):
                for name in chosen:
                    _say(f"round {turn + 1} of {rounds}: {name}")
                    _run(name, yard, seen)
    figures = lines_of(seen)
    if side_by_side := contenders(figures, PLAIN):
        click.echo(f"{side_by_side}\n")
    click.echo(figures_table(figures))
    if json_path:
        json_path.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def _portal_line(yard: Yard) -> str:
    server, truth = server_name(latency_ms=yard.latency_ms, prefer_nginx=yard.nginx), yard.truth
    return f"portal: {len(truth.pages)} pages, {len(truth.files)} files, {len(truth.dead)} dead; served by {server}"


def _run(name: str, yard: Yard, seen: dict[str, list[Row]]) -> None:
    try:
        for row in BENCHES[name](yard):
            seen.setdefault(row.name, []).append(row)
    except Skipped as reason:
        _say(f"skipped: {name}: {reason}")
    except Exception as error:  # noqa: BLE001 - a bug in what one bench measures must not lose the table of the others
        _say(f"failed: {name}: {type(error).__name__}: {error}")


@contextlib.contextmanager
def _scratch(keep: Path | None, pages: int) -> Iterator[Path]:
    """A folder in memory where it has room, so that the disk is not what is measured."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    needed = pages * _KIB_A_PAGE * 1_024
    roomy = _MEMORY_FOLDER.is_dir() and shutil.disk_usage(_MEMORY_FOLDER).free > 2 * needed
    with tempfile.TemporaryDirectory(prefix="zhaocuo-bench-", dir=_MEMORY_FOLDER if roomy else None) as name:
        yield Path(name)


def _say(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    sys.exit(main())
