"""Reports of what is stored: rendered again, blind, or shown on loopback."""

import csv
import stat
from dataclasses import dataclass
from pathlib import Path

import click

from audit.folders import DEFAULT_OUT, RESULT_NAME, SCREENSHOTS_NAME, check_output, find_run
from audit.run import EXIT_CLEAN
from audit.summary import summary
from audit.terminal import say
from reports.anonymous import blind
from reports.render import NO_EXTRAS, Extras, render_report
from reports.result import read_result


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """Words of ``zhaocuo report``."""

    source: str
    out: Path | None = None
    data: Path
    extras: Extras = NO_EXTRAS
    anonymous: bool = False
    serve: bool = False
    port: int = 0


def run_report(options: ReportOptions) -> int:
    """Render a stored result again; with ``serve`` show it on loopback until the operator ends it."""
    path = Path(options.source)
    if not path.is_file():
        path = find_run(options.data, options.source).result if not (path / RESULT_NAME).is_file() else path / RESULT_NAME
    result = read_result(path)
    out = options.out or DEFAULT_OUT
    check_output(out)
    if options.anonymous:
        # Pictures show addresses and names: a blind report has none.
        hidden = blind(result)
        render_report(hidden.result, out, extras=options.extras)
        key = _write_key(hidden.key, out)
        click.echo(f"盲审报告：{out / 'index.html'}\n单位对照表：{key}（不要和报告一起发出）")
    else:
        render_report(result, out, screenshots=path.parent / SCREENSHOTS_NAME, extras=options.extras)
        click.echo(summary(result, out))
    if options.serve:
        _serve(out, options.port)
    return EXIT_CLEAN


def _write_key(key: tuple[tuple[str, str], ...], out: Path) -> Path:
    """Who is who, beside the report's folder and never in it: the folder is what is sent around."""
    path = out.resolve().parent / f"{out.resolve().name}-单位对照表.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("代号", "单位"), *((code, name) for code, name in key)])
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return path


def _serve(out: Path, port: int) -> None:
    from audit.serving import make_server  # noqa: PLC0415  only this option needs it

    with make_server(out, port) as server:
        say(f"报告在 http://127.0.0.1:{server.server_address[1]}/ ，只有本机能打开；按 Ctrl+C 结束。")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("已结束。")
