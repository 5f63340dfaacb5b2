"""What the extractors read from one page, as plain values and as words for the terminal."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawler.extractors.page import extract_page
from crawler.facts import MANDATORY_ROLES, ColumnLink, ExtractedPage, PageFacts, PageKind, Read

_SURE_STRATEGIES = ("anchor", "tab", "tree", "script", "stem")
"""Ways of finding a column's anchor, the surest first."""
_ROOT = re.compile(r"/?(?:(?:index|default)\.\w{2,5})?$")
_HOME_LIKE = frozenset({PageKind.LIST, PageKind.COLUMN, PageKind.DEPARTMENT, PageKind.OTHER})
_MAX_SHOWN = 20
_NOT_SHOWN = "——"
_MARKS = {
    "site_id_code": "网站标识码",
    "icp_record": "ICP 备案",
    "police_record": "公安备案",
    "organizer": "主办单位",
    "contact": "联系方式",
    "party_government_mark": "党政机关标识",
    "error_report_entry": "找错入口",
}
_COLUMNS = {
    "guide": "政府信息公开指南",
    "regulations": "政府信息公开制度",
    "statutory_content": "法定主动公开内容",
    "annual_report": "政府信息公开年报",
}
_KINDS = {
    "home": "首页",
    "column": "栏目首页",
    "list": "列表",
    "article": "文章",
    "department": "单位页面",
    "guide": "信息公开指南",
    "annual_report": "信息公开年报",
    "search": "搜索结果",
    "form": "表单",
    "login": "登录页",
    "error_page": "错误页",
    "block_page": "防火墙拦截页",
    "placeholder": "占位页",
    "forward": "转向页",
    "other": "其他",
}
_WORDS = {
    "url": "地址",
    "kind": "页面类型",
    "title": "标题",
    "published": "发布日期",
    "published_raw": "发布日期原文",
    "published_from": "发布日期读自",
    "updated": "更新日期",
    "publisher": "发布机构",
    "source": "来源",
    "index_number": "索引号",
    "document_number": "文号",
    "validity": "有效性",
    "site_name": "网站名称",
    "newest": "最新一条",
    "encoding": "编码",
}


def inspect_page(body: bytes, url: str, content_type: str | None = None, fetched_at: datetime | None = None) -> dict[str, object]:
    """The keys of ``zhaocuo inspect --json``; what is unknown is None. Without ``fetched_at`` the page counts as read now."""
    page = extract_page(body, url, content_type=content_type, fetched_at=fetched_at or datetime.now(UTC))
    facts = page.facts
    published = facts.published
    return {
        "url": facts.url,
        "kind": _kind(facts).value,
        "title": facts.title.value,
        "published": published.value if published.strategy != "url" else None,
        "published_raw": published.raw or None,
        "published_from": _from(published),
        "updated": facts.updated.value,
        "publisher": facts.publisher.value,
        "source": facts.content_source.value,
        "index_number": facts.index_number.value,
        "document_number": facts.document_number.value,
        "validity": facts.validity.value,
        "site_name": facts.site_name,
        "site_id_code": asdict(facts.site_id_code),
        "marks": asdict(facts.marks),
        "columns": {role: _column(facts, role) for role in MANDATORY_ROLES},
        "entries": _entries(facts),
        "newest": facts.newest,
        "pager": {"pages": facts.pager.pages, "total": facts.pager.total, "next": facts.pager.next},
        "links": _links(page),
        "attachments": [{"url": item.url, "text": item.text} for item in facts.attachments],
        "encoding": facts.encoding,
    }


def render_inspection(reading: Mapping[str, object]) -> str:
    """``reading`` as Chinese lines for the terminal, without control characters; long lists are cut and say so."""
    said = {**reading, "kind": _KINDS.get(str(reading.get("kind")), reading.get("kind"))}
    lines = [f"{word}：{_said(said.get(key))}" for key, word in _WORDS.items()]
    codes, marks, columns = (_mapping(reading.get(key)) for key in ("site_id_code", "marks", "columns"))
    lines.append(
        f"网站标识码：标签 {_said(codes.get('meta'))}，页脚 {_said(codes.get('footer'))}，找错 {_said(codes.get('error_report'))}"
    )
    lines.append("页脚标志：" + "，".join(f"{word}{_presence(marks.get(key))}" for key, word in _MARKS.items()))
    lines += [f"{word}：{_said(columns.get(key))}" for key, word in _COLUMNS.items()]
    pager = _mapping(reading.get("pager"))
    lines.append(f"分页：共 {_said(pager.get('pages'))} 页，{_said(pager.get('total'))} 条，下一页 {_said(pager.get('next'))}")
    lines += _listed("列表条目", reading.get("entries"), ("date", "title", "url"))
    lines += _listed("附件", reading.get("attachments"), ("text", "url"))
    links = reading.get("links")
    lines.append(f"链接：{len(links)} 个" if isinstance(links, list) else f"链接：{_NOT_SHOWN}")
    return "\n".join(lines)


def _kind(facts: PageFacts) -> PageKind:
    """As read; a page of lists or links at the root of its host is its home page."""
    at_root = _ROOT.match(urlsplit(facts.url).path) is not None
    return PageKind.HOME if at_root and facts.kind in _HOME_LIKE else facts.kind


def _from(read: Read[str]) -> str | None:
    """Place and way of a reading in one word: ``meta:PubDate``, ``script``, ``head:label``."""
    if not read.strategy:
        return None
    return read.where if read.where != "head" else f"head:{read.strategy}"


def _column(facts: PageFacts, role: str) -> str | None:
    links = [link for link in facts.column_links if link.column_type == role and link.url]
    return min(links, key=_doubt).url if links else None


def _doubt(link: ColumnLink) -> tuple[int, bool]:
    order = _SURE_STRATEGIES.index(link.strategy) if link.strategy in _SURE_STRATEGIES else len(_SURE_STRATEGIES)
    return order, link.place == "foot"


def _entries(facts: PageFacts) -> list[dict[str, str | None]] | None:
    if facts.entries is None:
        return None
    return [{"title": entry.title, "url": entry.url, "date": entry.date} for entry in facts.entries]


def _links(page: ExtractedPage) -> list[dict[str, str]]:
    return [{"url": link.url, "text": link.text, "element": link.element, "place": link.place} for link in page.links]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _presence(value: object) -> str:
    return "有" if value is True else "无" if value is False else "无法判断"


def _said(value: object) -> str:
    """A value without control, direction and line-breaking characters: page text must not drive the terminal."""
    if value is None or value == "":
        return _NOT_SHOWN
    text = re.sub(r"\s+", " ", str(value))
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def _listed(word: str, items: object, keys: tuple[str, ...]) -> list[str]:
    if not isinstance(items, list):
        return [f"{word}：{_NOT_SHOWN}"]
    lines = [f"{word}：{len(items)} 条"]
    lines += ["  " + "  ".join(_said(_mapping(item).get(key)) for key in keys) for item in items[:_MAX_SHOWN]]
    if len(items) > _MAX_SHOWN:
        lines.append(f"  ……其余 {len(items) - _MAX_SHOWN} 条未列出。")
    return lines
