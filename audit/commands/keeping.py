"""Commands about what was kept of a portal: ``evidence``."""

from pathlib import Path

import click

from audit.commands.words import data_option, option
from audit.wording import ChineseCommand


@click.command(cls=ChineseCommand)
@click.argument("finding", metavar="编号")
@option("--run", metavar="运行", help="在哪次运行里找，默认从最近的开始。")
@option("--raw", is_flag=True, help="写出 WARC 存证本身（请求和应答），而不是可以打开的副本。")
@option("--out", type=click.Path(path_type=Path), metavar="目录", help="写到哪里，默认运行目录里的 evidence。")
@data_option
def evidence(finding: str, run: str | None, raw: bool, out: Path | None, data: Path) -> None:
    """取出一个问题的证据：标出引文的网页副本，或 WARC 存证。"""
    from audit.evidence import show_evidence  # noqa: PLC0415

    click.echo(show_evidence(finding, data, run=run, raw=raw, out=out))
