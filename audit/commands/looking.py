"""Commands that look at a part of a portal, or at what was kept of it: ``check``."""

from pathlib import Path
from typing import Any

import click

from audit.commands.words import as_of_option, data_option, option, pack_option
from audit.wording import ChineseCommand

portal_option = option("--portal", metavar="网址", help="门户首页，默认由以往的运行或网址的主机得出。")
delay_option = option("--delay", type=click.FloatRange(0, 3600), metavar="秒", help="同一主机两次请求的间隔，默认 0.25。")
private_option = option("--allow-private", is_flag=True, help="允许访问内网和本机地址。")
browser_option = option("--no-browser", "browser", flag_value=False, default=True, help="不用浏览器打开由脚本填写的页面。")


@click.command(cls=ChineseCommand)
@click.argument("url", metavar="网址")
@data_option
@portal_option
@as_of_option
@pack_option
@delay_option
@private_option
@browser_option
@option("--json", "as_json", is_flag=True, help="输出 JSON。")
def check(url: str, **words: Any) -> int:
    """抽查一个页面、栏目或单位，几秒钟内给出结论和证据。"""
    from audit.spot_check import CheckOptions, run_check  # noqa: PLC0415

    words["packs"] = tuple(words["packs"])
    data: Path = words.pop("data")
    return run_check(CheckOptions(url=url, data=data, **words))
