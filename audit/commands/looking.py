"""Commands that look at a part of a portal: ``check``, ``sample``."""

from pathlib import Path
from typing import Any

import click

from audit.commands.words import as_of_option, crawl_options, data_option, option, out_option, pack_option
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


@click.command(cls=ChineseCommand)
@click.argument("target", metavar="网址|portal.yaml")
@option("--seed", type=click.IntRange(0), default=1, metavar="数", help="种子，默认 1：同一种子在同一门户抽中的相同。")
@option("--departments", type=click.IntRange(0), default=10, metavar="个", help="抽多少个单位，默认 10，按单位类别分层。")
@option("--pages", type=click.IntRange(0), default=50, metavar="页", help="抽多少个页面，默认 50，按栏目类别分层。")
@option("--repeat", metavar="运行", help="重复以前一次抽样，不再另抽，用于复查。")
@out_option
@data_option
@as_of_option
@pack_option
@crawl_options
@browser_option
def sample(target: str, **words: Any) -> int:
    """抽样检查：分层抽取单位和页面，只检查抽中的，可以重复。"""
    from audit.sample_audit import SampleOptions, run_sample  # noqa: PLC0415

    words["packs"] = tuple(words["packs"])
    return run_sample(SampleOptions(target=target, **words))
