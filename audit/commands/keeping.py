"""Commands that keep something of a portal, or show what was kept: ``probe``, ``evidence``."""

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


@click.command(cls=ChineseCommand)
@click.argument("targets", metavar="网址|portal.yaml…", nargs=-1, required=True)
@option("--canary", "canaries", multiple=True, metavar="网址", help="用来判断检查方线路的网站，可多次给出；默认几个大网站。")
@option("--seconds", type=click.FloatRange(0.1, 120), default=15.0, metavar="秒", help="等多少秒算没有打开，默认 15。")
@option("--allow-private", is_flag=True, help="允许访问内网和本机地址。")
@data_option
def probe(targets: tuple[str, ...], canaries: tuple[str, ...], seconds: float, allow_private: bool, data: Path) -> int:
    """看一次首页打不打得开，记在数据目录里；由定时任务调用，供“站点无法访问”判断一周。"""
    from audit.monitoring import run_probe  # noqa: PLC0415

    return run_probe(targets, data, canaries=canaries, seconds=seconds, allow_private=allow_private)
