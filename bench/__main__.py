"""``./dev bench``: measure in one run, print one table."""

import contextlib
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from bench.benches import BENCHES
from bench.server import server_name
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
    keep: Path | None,
) -> None:
    """Measure NAMEs (all by default): startup floor plain audit judge ledger report extract.

    Ratios compare figures of this one run; single times say little on a busy machine.
    """
    chosen = [name for name in BENCHES if name in (names or BENCHES)]
    seen: dict[str, list[Row]] = {}
    with _scratch(keep, pages) as folder:
        yard = Yard(folder=folder, pages=pages, latency_ms=latency_ms, nginx=nginx, units=units, findings=findings, judged=judged)
        with yard.open():
            _say(_portal_line(yard))
            for turn in range(rounds):
                for name in chosen:
                    _say(f"round {turn + 1} of {rounds}: {name}")
                    _run(name, yard, seen)
    figures = [_line(rows, seen) for rows in seen.values()]
    click.echo(_table(figures))
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


def _line(rows: list[Row], seen: dict[str, list[Row]]) -> dict[str, str | float]:
    figures = [row.figure for row in rows]
    figure, against = statistics.median(figures), rows[0].against
    line: dict[str, str | float] = {"name": rows[0].name, "figure": round(figure, 4), "unit": rows[0].unit, "ratio": ""}
    if len(figures) > 1:
        line |= {"least": round(min(figures), 4), "most": round(max(figures), 4)}
    if against in seen:
        line["ratio"] = f"{figure / statistics.median(row.figure for row in seen[against]):.3g} × {against}"
    return line


def _table(lines: list[dict[str, str | float]]) -> str:
    rows = [("name", "figure", "unit", "ratio")]
    rows += [(str(line["name"]), f"{line['figure']:.4g}", str(line["unit"]), str(line["ratio"])) for line in lines]
    wide = [max(len(row[index]) for row in rows) for index in range(4)]
    return "\n".join(f"{row[0]:<{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:<{wide[2]}}  {row[3]}".rstrip() for row in rows)


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
