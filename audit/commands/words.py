"""Words that several commands share: options, a date, decorators put together."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from audit.errors import UsageInvalid
from audit.folders import DEFAULT_DATA
from audit.wording import plain

F = TypeVar("F", bound=Callable[..., Any])
option = partial(click.option, show_default=False)


def day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageInvalid(f"--as-of 的值“{plain(value)}”不是 YYYY-MM-DD 形式的日期，例如 2026-11-20。") from None


def together(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def apply(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


data_option = option(
    "--data", type=click.Path(path_type=Path), default=DEFAULT_DATA, metavar="目录", help="数据目录，默认 ./zhaocuo-data。"
)
out_option = option("--out", type=click.Path(path_type=Path), metavar="目录", help="报告写到哪里。")
as_of_option = option("--as-of", callback=day, metavar="YYYY-MM-DD", help="检查日期，默认今天。")
pack_option = option(
    "--pack",
    "packs",
    multiple=True,
    metavar="名称",
    help="只用这些规则包（名称、目录，或 all 即随附的全部），可多次给出。",
)
crawl_options = together(
    option("--delay", type=click.FloatRange(0, 3600), metavar="秒", help="同一主机两次请求的间隔，默认 1；0 表示尽快。"),
    option("--concurrency", type=click.IntRange(1, 64), metavar="个", help="同一主机的并发数，默认 2（间隔为 0 时 16）。"),
    option("--max-pages", type=click.IntRange(1), metavar="页", help="最多读多少页，默认 20000。"),
    option("--allow-private", is_flag=True, help="允许访问内网和本机地址。"),
)
