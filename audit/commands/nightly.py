"""``zhaocuo nightly``."""

import os
from pathlib import Path
from typing import Any

import click

from audit.commands.words import as_of_option, data_option, option
from audit.wording import ChineseCommand

DEFAULT_OUT = Path("zhaocuo-nightly")
JOBS_PER_CORE = 2
"""Most of an audit's time is polite waiting."""


@click.command(cls=ChineseCommand)
@click.argument("portals", metavar="portals.yaml", type=click.Path(path_type=Path))
@option(
    "--out", type=click.Path(path_type=Path), default=DEFAULT_OUT, metavar="目录", help="报告写到哪里，默认 ./zhaocuo-nightly。"
)
@data_option
@option("--jobs", type=click.IntRange(1, 64), metavar="个", help="同时检查几个门户，默认每个处理器核两个。")
@option("--timeout", "hours", type=click.FloatRange(0, 168, min_open=True), metavar="小时", help="每个门户最多用多久，默认 8。")
@option("--keep", "runs", type=click.IntRange(1), metavar="次", help="每个门户只留最近几次运行，默认全留。")
@option(
    "--keep-days",
    "days",
    type=click.IntRange(1),
    metavar="天",
    help="只留这么多天之内的运行；与 --keep 同时给出时，两者都不留的才删。",
)
@as_of_option
@option("--full", is_flag=True, help="不沿用上一次的内容，全部重新抓取。")
@option("--allow-private", is_flag=True, help="允许访问内网和本机地址。")
def nightly(portals: Path, jobs: int | None, runs: int | None, days: int | None, **words: Any) -> int:
    """一夜检查多个门户，互不影响，最后给出汇总。"""
    from audit.nightly.evidence import open_ticket_runs  # noqa: PLC0415
    from audit.nightly.night import NightOptions, run_night  # noqa: PLC0415
    from audit.nightly.retention import Keep  # noqa: PLC0415
    from audit.nightly.summary import FILE_NAME, table  # noqa: PLC0415

    options = NightOptions(
        portals=portals,
        jobs=jobs or JOBS_PER_CORE * (os.cpu_count() or 1),
        keep=Keep(runs=runs, days=days),
        **words,
    )
    summary = run_night(options, open_ticket_runs)
    click.echo(table(summary))
    click.echo(f"汇总文件：{options.out / FILE_NAME}")
    return summary.exit_code
