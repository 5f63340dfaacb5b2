"""portal.yaml written: what ``zhaocuo discover`` found, in groups, with the evidence of each guess beside it."""

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from audit.errors import OutputUnwritable
from audit.folders import reason
from audit.portal_file import SCHEMA
from crawler.facts import MANDATORY_ROLES, ColumnFacts, DepartmentFacts, SiteFacts
from rules.wording import clean

_HEAD = """\
zhaocuo discover 生成的门户清单，可以直接修改：改名、改地址、增删单位，下次 audit 以这里为准。
每项后面的注释说明这一项是在哪里、凭什么认出来的；注释只供核对，改了没有作用。
用法：zhaocuo audit portal.yaml
"""
_PORTAL = "门户本身。region 是地区名称；xxgk_url 是“政府信息公开”专栏的地址；contact 是受理异议的科室和电话，印在每份检查报告上。"
_UNITS = """\
单位：本级政府在最前，其余按门户上的分组和次序。
url 是单位的信息公开页面；url_prefixes 是该单位页面地址的开头，凭它认定一个页面归谁；
columns 是四个必设栏目的地址，没有找到的留空。
不是本门户的单位写 ignored: true；单位的别名写在 aliases 里。
"""
_COLUMNS = """\
栏目：四个必设栏目以外的各栏目。
column_type 是类别，认错了直接改；不再更新的写 archived: true；不用检查的写 ignored: true。
"""
_LISTS = """\
下面两项由您填写，去掉行首的 # 后生效：
institutions：应当在门户上有位置的公共企事业单位；new_media：政务新媒体账号清单，CSV 文件，
第一行是表头，至少有“账号名称”和“最后更新时间”两列。
institutions: [某某县自来水公司, 某某县人民医院]
new_media: 新媒体账号.csv
"""
_HOW = {
    "anchor": "链接文字",
    "stem": "地址",
    "breadcrumb": "当前位置",
    "tree": "目录树",
    "tab": "标签页",
    "script": "脚本里的地址",
    "pinned": "portal.yaml",
}
_UNGROUPED = "未分组"
_MAX_COMMENT = 200


def write_portal_file(facts: SiteFacts, path: Path, today: date) -> None:
    """Write what was discovered; raises :class:`OutputUnwritable`. An existing file is never overwritten half."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4_000
    text = io.StringIO()
    for line in f"{_HEAD}生成日期：{today.isoformat()}".splitlines():
        text.write(f"# {line}\n")
    yaml.dump(_document(facts), text)
    text.write("".join(f"# {line}\n" for line in _LISTS.splitlines()))
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_text(text.getvalue(), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputUnwritable(f"{path} 无法写入（{reason(error)}），请换一个位置。") from error


def _document(facts: SiteFacts) -> CommentedMap:
    portal = facts.portal
    data = CommentedMap(
        schema=SCHEMA, url=portal.url, name=portal.name, region=portal.region, contact="", xxgk_url=portal.xxgk_url
    )
    entry = portal.xxgk_entry
    if entry is not None:
        _beside(data, "xxgk_url", f"首页链接“{entry.text}”", _how(entry.strategy))
    data["departments"] = _grouped((unit.group or _UNGROUPED, _unit(unit)) for unit in facts.departments())
    columns = [column for column in facts.columns() if column.column_type not in MANDATORY_ROLES]
    # The portal's own first, then 单位 by 单位, each in the order in which they were found.
    order = {
        name: number for number, name in enumerate(dict.fromkeys(column.department for column in columns if column.department))
    }
    columns.sort(key=lambda column: order.get(column.department or "", -1))
    data["columns"] = _grouped((column.department or "门户", _column(column)) for column in columns)
    data.yaml_set_comment_before_after_key("schema", before=f"\n{_PORTAL}")
    data.yaml_set_comment_before_after_key("departments", before=f"\n{_UNITS}".rstrip())
    data.yaml_set_comment_before_after_key("columns", before=f"\n{_COLUMNS}".rstrip())
    return data


def _grouped(items: Iterable[tuple[str, CommentedMap]]) -> CommentedSeq:
    """A list with a heading before the first item of each group."""
    listed = CommentedSeq()
    last = None
    for group, item in items:
        listed.append(item)
        if group != last:
            listed.yaml_set_comment_before_after_key(len(listed) - 1, before=f"—— {_plain(group)} ——", indent=2)
            last = group
    return listed


def _unit(unit: DepartmentFacts) -> CommentedMap:
    columns = CommentedMap()
    for role in MANDATORY_ROLES:
        found = unit.columns.get(role)
        columns[role] = found.url if found is not None else None
        if found is None or found.url is None:
            _beside(columns, role, "没有找到")
        else:
            _beside(
                columns, role, f"“{found.text}”" if found.text else "", _how(found.strategy), _seen_on(found.found_on, unit.url)
            )
    data = CommentedMap(name=unit.name, kind=unit.kind.value, group=unit.group, url=unit.url)
    data["url_prefixes"] = CommentedSeq(unit.url_prefixes)
    data["columns"] = columns
    _beside(data, "url", "" if unit.reached else "这次没有读到", _seen_on(unit.listed_on))
    return data


def _column(column: ColumnFacts) -> CommentedMap:
    data = CommentedMap(name=column.name, url=column.url, column_type=column.column_type, department=column.department)
    path = " > ".join(column.path)
    _beside(
        data,
        "column_type",
        f"链接文字“{column.anchor_text}”" if column.anchor_text else "",
        f"位置：{path}" if path and path != column.name else "",
    )
    return data


def _how(strategy: str) -> str:
    return f"凭{_HOW[strategy]}认出" if strategy in _HOW else ""


def _seen_on(url: str, known: str | None = None) -> str:
    """Where it was found; nothing for the page that stands right above it anyway."""
    return f"见 {url}" if url and url != known else ""


def _beside(data: Any, key: str, *words: str) -> None:
    """A comment at the end of the line of ``key``."""
    said = "，".join(word for word in words if word)
    if said:
        data.yaml_add_eol_comment(_plain(said), key)


def _plain(text: str) -> str:
    """Words of a page in one line of comment: a line break would end it."""
    return clean(text, _MAX_COMMENT)
