"""``zhaocuo tickets``: the words of the ledger's commands. The verb says who acts: 承办单位 or 督办方."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from audit.commands.lists import export_command, import_command
from audit.commands.looking import browser_option, delay_option, private_option
from audit.commands.words import as_of_option, data_option, option, pack_option
from audit.wording import ChineseCommand, ChineseGroup

# Django is loaded inside the commands: `zhaocuo --help` must answer at once.

F = TypeVar("F", bound=Callable[..., Any])

STATES = ("待整改", "已反馈", "复查通过", "销号", "复发", "申诉中", "豁免", "驳回")

number_argument = click.argument("number", metavar="编号")
by_option = option("--by", required=True, metavar="姓名", help="由谁办理。")
reason_option = option("--reason", required=True, metavar="文字", help="理由。")
json_option = option("--json", "as_json", is_flag=True, help="输出 JSON，写法与 tickets.json 相同。")


@click.group(cls=ChineseGroup)
def tickets() -> None:
    """整改台账：查看、反馈、申诉、复查、豁免、销号。"""


@tickets.command("list", cls=ChineseCommand)
@data_option
@option("--portal", metavar="网址", help="只列这个门户的。")
@option("--department", metavar="名称", help="只列这个单位的，曾用名也可以。")
@option(
    "--state", "states", multiple=True, type=click.Choice(STATES), metavar="状态", help=f"只列这些状态的：{'、'.join(STATES)}。"
)
@option("--source", metavar="来源", help="只列这个来源的：audit、zhaocuo、evaluation。")
@option("--overdue", is_flag=True, help="只列过了期限的。")
@option("--all", "every", is_flag=True, help="已销号的也列出。")
@json_option
def list_command(data: Path, **words: Any) -> int:
    """列出整改单，每行一张。"""
    from audit.tickets import ListOptions, list_tickets  # noqa: PLC0415

    words["states"] = tuple(words["states"])
    return list_tickets(ListOptions(data=data, **words))


@tickets.command("show", cls=ChineseCommand)
@number_argument
@data_option
@json_option
def show_command(number: str, data: Path, as_json: bool) -> int:
    """显示一张整改单和它的全部经过。"""
    from audit.tickets import show_ticket  # noqa: PLC0415

    return show_ticket(number, data, as_json=as_json)


@tickets.command("reply", cls=ChineseCommand)
@number_argument
@by_option
@option("--text", required=True, metavar="文字", help="怎样整改的。")
@option("--proof", default="", metavar="网址", help="能看到整改结果的网址。")
@data_option
def reply_command(number: str, by: str, text: str, proof: str, data: Path) -> int:
    """承办单位反馈整改情况。"""
    from audit.ledger.states import Role, Verb  # noqa: PLC0415
    from audit.ledger.views import Actor  # noqa: PLC0415
    from audit.tickets import do  # noqa: PLC0415

    return do(number, data, Verb.REPLY, Actor(name=by, role=Role.UNIT), note=text, proof=proof)


@tickets.command("appeal", cls=ChineseCommand)
@number_argument
@by_option
@reason_option
@option("--proof", default="", metavar="网址", help="依据所在的网址。")
@data_option
def appeal_command(number: str, by: str, reason: str, proof: str, data: Path) -> int:
    """承办单位申诉：认为不是问题，或暂时不能整改。"""
    from audit.ledger.states import Role, Verb  # noqa: PLC0415
    from audit.ledger.views import Actor  # noqa: PLC0415
    from audit.tickets import do  # noqa: PLC0415

    return do(number, data, Verb.APPEAL, Actor(name=by, role=Role.UNIT), note=reason, proof=proof)


@tickets.command("recheck", cls=ChineseCommand)
@number_argument
@by_option
@option("--passed", "verdict", flag_value="passed", default="", help="人工复查：合格，不再由程序查看。")
@option("--failed", "verdict", flag_value="failed", help="人工复查：仍有问题。")
@option("--note", default="", metavar="文字", help="人工复查看到的情况。")
@data_option
@as_of_option
@pack_option
@delay_option
@private_option
@browser_option
def recheck_command(number: str, by: str, data: Path, **words: Any) -> int:
    """督办方复查：只把这一处重新看一遍，正常的销号，仍有问题的退回。"""
    from audit.ledger.states import Role  # noqa: PLC0415
    from audit.ledger.views import Actor  # noqa: PLC0415
    from audit.recheck import RecheckOptions, recheck  # noqa: PLC0415

    words["packs"] = tuple(words["packs"])
    return recheck(RecheckOptions(number=number, by=Actor(name=by, role=Role.SUPERVISOR), data=data, **words))


@tickets.command("waive", cls=ChineseCommand)
@number_argument
@by_option
@reason_option
@option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="豁免的最后一天。")
@data_option
def waive_command(number: str, by: str, reason: str, until: datetime, data: Path) -> int:
    """督办方豁免到某一天，其间不扣分；同时写出规则示例的草稿。"""
    from audit.ledger.states import Role  # noqa: PLC0415
    from audit.ledger.views import Actor  # noqa: PLC0415
    from audit.tickets import waive  # noqa: PLC0415

    last_day: date = until.date()
    return waive(number, data, Actor(name=by, role=Role.SUPERVISOR), reason=reason, until=last_day)


def _by_supervisor(name: str, verb: str, words: str) -> click.Command:
    """A verb of the 督办方 that needs nothing but a reason."""

    @click.command(name, cls=ChineseCommand, help=words)
    @number_argument
    @by_option
    @reason_option
    @data_option
    def command(number: str, by: str, reason: str, data: Path) -> int:
        from audit.ledger.states import Role, Verb  # noqa: PLC0415
        from audit.ledger.views import Actor  # noqa: PLC0415
        from audit.tickets import do  # noqa: PLC0415

        return do(number, data, Verb[verb], Actor(name=by, role=Role.SUPERVISOR), note=reason)

    return command


tickets.add_command(_by_supervisor("reject", "REJECT", "督办方驳回申诉或反馈。"))
tickets.add_command(_by_supervisor("revoke", "REVOKE", "督办方撤销豁免。"))
tickets.add_command(_by_supervisor("close", "CLOSE", "督办方把复查通过的整改单销号。"))


tickets.add_command(import_command)
tickets.add_command(export_command)
