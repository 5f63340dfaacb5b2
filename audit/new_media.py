"""The operator's list of 政务新媒体 accounts and last posts, from a CSV file: the crawler reads no WeChat."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from audit.errors import AccountListInvalid
from audit.folders import reason
from crawler.extractors.date_text import find_dates
from crawler.facts import NewMediaAccount
from crawler.vocabulary import load

MAX_BYTES = 5 * 1024 * 1024
MAX_COMPLAINTS = 50
_NOISE = re.compile(r"[\s（(].*?[）)]|\s")
_FIRST_ROW = 2


def read_accounts(path: Path) -> tuple[NewMediaAccount, ...]:
    """Accounts of the CSV file at ``path`` (UTF-8 or GB18030, headings in any order, synonyms in ``new_media.yaml``).

    Raises :class:`AccountListInvalid` with every bad row and its line: nothing is taken from a file that is half wrong.
    """
    rows = _rows(path)
    if not rows:
        raise AccountListInvalid(f"{path} 是空的，第一行应是表头，至少要有“账号名称”和“最后更新时间”两列。")
    places = _places(rows[0], path)
    accounts: list[NewMediaAccount] = []
    complaints: list[str] = []
    for line, row in enumerate(rows[1:], _FIRST_ROW):
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        if any(cells.values()):
            problems = _problems(cells)
            complaints += [f"{path} 第 {line} 行：{problem}" for problem in problems]
            if not problems:
                accounts.append(_account(cells, line))
    complaints += _twice(accounts, path)
    if complaints:
        rest = len(complaints) - MAX_COMPLAINTS
        more = [f"{path} 还有 {rest} 处类似的错误。"] if rest > 0 else []
        raise AccountListInvalid("\n".join([*complaints[:MAX_COMPLAINTS], *more]))
    if not accounts:
        raise AccountListInvalid(f"{path} 只有表头，没有一个账号，请补充后重试。")
    return tuple(accounts)


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AccountListInvalid(f"{path} 超过 {MAX_BYTES // 1024 // 1024} MB，不像是新媒体账号清单，请核对文件。")
        data = path.read_bytes()
    except OSError as error:
        raise AccountListInvalid(f"新媒体账号清单 {path} 打不开（{reason(error)}），请核对路径。") from error
    try:
        text = _decoded(data)
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise AccountListInvalid(f"{path} 不是可以读的 CSV 文件，请在表格软件里另存为 CSV（UTF-8）后重试。") from error


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise UnicodeDecodeError("utf-8", data, 0, 1, "no text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _places(headings: Sequence[str], path: Path) -> Mapping[str, int]:
    """Where each known column stands; raises when a required one is missing or stands twice."""
    words = load("new_media")
    meant = {_plain(synonym): name for name, synonyms in words["headings"].items() for synonym in synonyms}
    places: dict[str, int] = {}
    complaints = []
    for place, heading in enumerate(headings):
        name = meant.get(_plain(heading))
        if name in places:
            complaints.append(f"{path} 第 1 行：“{headings[places[name]]}”和“{heading}”说的是同一列，请只留一列。")
        elif name is not None:
            places[name] = place
    complaints += [
        f"{path} 第 1 行：缺少“{words['headings'][name][0]}”一列（可用的写法：{'、'.join(words['headings'][name])}）。"
        for name in words["required"]
        if name not in places
    ]
    if complaints:
        raise AccountListInvalid("\n".join(complaints))
    return places


def _plain(heading: str) -> str:
    return _NOISE.sub("", heading)


def _problems(cells: Mapping[str, str]) -> list[str]:
    problems = [] if cells["name"] else ["没有账号名称。"]
    for name, label in (("last_post", "更新日期"), ("checked", "统计日期")):
        text = cells.get(name, "")
        if text and text not in load("new_media")["no_date"] and _day(text) is None:
            problems.append(f"{label}“{text[:40]}”看不出是哪一天，请写成 2026-11-20 这样的日期。")
    url = cells.get("url", "")
    if url and not url.startswith(("http://", "https://")):
        problems.append(f"网址“{url[:80]}”应以 http:// 或 https:// 开头。")
    return problems


def _twice(accounts: Sequence[NewMediaAccount], path: Path) -> list[str]:
    first: dict[tuple[str, str], int] = {}
    complaints = []
    for account in accounts:
        line = first.setdefault((account.name, account.platform), account.line)
        if line != account.line:
            complaints.append(f"{path} 第 {account.line} 行：账号“{account.name}”在第 {line} 行已经有了，请合并。")
    return complaints


def _account(cells: Mapping[str, str], line: int) -> NewMediaAccount:
    state = cells.get("state", "")
    return NewMediaAccount(
        name=cells["name"],
        platform=cells.get("platform", ""),
        owner=cells.get("owner", ""),
        url=cells.get("url") or None,
        last_post=_day(cells["last_post"]),
        checked=_day(cells.get("checked", "")),
        closed=any(word in state for word in load("new_media")["closed"]),
        line=line,
    )


def _day(text: str) -> str | None:
    """``YYYY-MM-DD`` of the first date in a cell; None: there is none."""
    if found := find_dates(text):
        return found[0].day
    try:
        return date.fromisoformat(text).isoformat()  # 20261120
    except ValueError:
        return None
