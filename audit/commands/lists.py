"""``zhaocuo tickets import`` and ``export``: lists of people into the ledger, and back."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from audit.commands.words import data_option, option
from audit.errors import UsageInvalid
from audit.wording import ChineseCommand, plain

# Django is loaded inside the commands: `zhaocuo --help` must answer at once.

FATES = {
    "new": "新建 {} 张整改单",
    "known": "{} 行台账里已有",
    "returns": "{} 行销号后又出现，已重新打开",
    "repeats": "{} 行与清单里别的行重复",
    "answers": "{} 行是已有整改单",
    "skipped": "{} 行已达到要求，跳过",
}


def _day(_: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageInvalid(f"--{param.name} 的值“{plain(value)}”不是 YYYY-MM-DD 形式的日期，例如 2026-11-20。") from None


@click.command("import", cls=ChineseCommand)
@click.argument("file", metavar="清单.xlsx|csv", type=click.Path(path_type=Path))
@option("--by", required=True, metavar="姓名", help="由谁登记。")
@option("--source", default="evaluation", metavar="来源", help="zhaocuo（我为政府网站找错）或 evaluation（第三方评估，默认）。")
@option("--portal", metavar="网址", help="门户首页，用于没有网址或网址不在台账里的行。")
@option("--received", callback=_day, metavar="YYYY-MM-DD", help="收到的日子，期限从它算起；默认按每行的发现时间，没有就是今天。")
@option("--due", callback=_day, metavar="YYYY-MM-DD", help="整改时限，用于没有写明的行；默认按来源的工作日数。")
@option("--dry-run", is_flag=True, help="只核对，不导入。")
@data_option
def import_command(file: Path, data: Path, by: str, **words: Any) -> int:
    """登记一份问题清单；也可以是填好整改情况的台账。有一行不对就一行也不导入。"""
    from audit.clock import now  # noqa: PLC0415
    from audit.intake.importing import ImportOptions, import_list  # noqa: PLC0415
    from audit.intake.mark import cut_off_imports, import_mark  # noqa: PLC0415
    from audit.ledger.ledger import Ledger  # noqa: PLC0415
    from audit.ledger.states import Role  # noqa: PLC0415
    from audit.ledger.views import Actor  # noqa: PLC0415
    from audit.portal_file import check_web_address  # noqa: PLC0415
    from audit.terminal import say  # noqa: PLC0415

    if words["portal"] is not None:
        try:
            words["portal"] = check_web_address(words["portal"])
        except ValueError as error:
            raise UsageInvalid(f"--portal：{error}。") from error
    with Ledger.open(data, now(), say) as ledger:
        if words["source"] not in ledger.deadlines.sources:
            known = "、".join(ledger.deadlines.sources)
            raise UsageInvalid(
                f"不认得来源“{plain(words['source'])}”，可用的有 {known}；要增加来源，写在数据目录的 deadlines.yaml 里。"
            )
        for sentence in cut_off_imports(data, ledger):
            say(sentence)
        options = ImportOptions(path=file, by=Actor(name=by, role=Role.SUPERVISOR), at=now(), **words)
        with import_mark(data, file.name, options.at):
            done = import_list(ledger, options)
    for remark in done.remarks:
        say(remark)
    parts = [FATES[fate.value].format(count) for fate, count in sorted(done.counts.items())]
    parts += [f"{done.answered} 张登记了反馈"] if done.answered else []
    click.echo(f"{'核对通过，还没有导入' if words['dry_run'] else '导入完成'}：{'，'.join(parts) or '没有内容'}。")
    return 0


@click.command("export", cls=ChineseCommand)
@click.argument("file", metavar="台账.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@option("--portal", metavar="网址", help="只写这个门户的。")
@option("--department", metavar="名称", help="只写这个单位的，曾用名也可以。")
@option("--source", metavar="来源", help="只写这个来源的：audit、zhaocuo、evaluation。")
@data_option
def export_command(file: Path, data: Path, portal: str | None, department: str | None, source: str | None) -> int:
    """写出台账，和导入过的各份清单（补上整改结果、复查结论、销号时间）。"""
    from audit.clock import now  # noqa: PLC0415
    from audit.intake.exporting import export_lists  # noqa: PLC0415
    from audit.ledger.ledger import Ledger  # noqa: PLC0415
    from audit.ledger.views import TicketQuery  # noqa: PLC0415
    from audit.terminal import say  # noqa: PLC0415

    if file.suffix.lower() != ".xlsx":
        raise UsageInvalid(f"{file} 应以 .xlsx 结尾。")
    with Ledger.open(data, now(), say) as ledger:
        exported = export_lists(ledger, file, TicketQuery(portal_url=portal, department=department, source=source))
    click.echo(f"写出 {exported.tickets} 张整改单、{exported.lists} 份清单：{file}。")
    return 0
