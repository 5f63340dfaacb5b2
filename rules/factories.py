"""Facts made up for rule cases and tests: short descriptions with sensible defaults for everything not under test."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from crawler.facts import (
    AnnualReport,
    AttachmentFacts,
    Availability,
    ColumnFacts,
    ColumnLink,
    DepartmentFacts,
    Entry,
    Evidence,
    LinkFacts,
    MandatoryColumn,
    Marks,
    MemoryFacts,
    PageFacts,
    PortalFacts,
    Read,
    RunFacts,
    Try,
)
from rules.building import Builder, FactsInvalid, Loc
from rules.complaints import suggestion
from rules.report_factory import describe_report
from rules.watch_factory import describe_availability

HOST = "http://www.shili.example"
SEEN_AT = "2026-11-20T09:00:00+08:00"

Described = Mapping[str, Any]
T = TypeVar("T")


def make_facts(described: Described, loc: Loc = ()) -> MemoryFacts:
    """Facts of one run: ``portal run departments columns pages links attachments``; raises :class:`FactsInvalid`."""
    known = {"portal", "run", "departments", "columns", "pages", "links", "attachments"}
    for key in described:
        if key not in known:
            raise FactsInvalid((*loc, key), f"事实里不认得“{key}”这一项{suggestion(key, known)}。")
    return MemoryFacts(
        portal=_BUILDER.make(PortalFacts, described.get("portal") or {}, (*loc, "portal")),
        run=_BUILDER.make(RunFacts, described.get("run") or {}, (*loc, "run")),
        department_list=_build_all(DepartmentFacts, described, "departments", loc),
        column_list=_build_all(ColumnFacts, described, "columns", loc),
        page_list=_build_all(PageFacts, described, "pages", loc),
        link_list=_build_all(LinkFacts, described, "links", loc),
        attachment_list=_build_all(AttachmentFacts, described, "attachments", loc),
    )


def make_portal(**described: Any) -> PortalFacts:
    """A portal whose home page was read and carries all seven marks."""
    return _BUILDER.make(PortalFacts, described)


def make_department(**described: Any) -> DepartmentFacts:
    """A department whose page was seen twice; ``columns`` may be a list of types."""
    return _BUILDER.make(DepartmentFacts, described)


def make_column(**described: Any) -> ColumnFacts:
    """A column seen twice, read to its end; state, newest date and totals follow from ``entries``, ``text`` or ``note``."""
    return _BUILDER.make(ColumnFacts, described)


def make_page(**described: Any) -> PageFacts:
    """An ordinary page with all seven marks."""
    return _BUILDER.make(PageFacts, described)


def make_link(**described: Any) -> LinkFacts:
    """A link with the given ``tries``: ``404``, ``dns`` … or mappings; the last one is made at the end of the run."""
    return _BUILDER.make(LinkFacts, described)


def _build_all(kind: type[T], described: Described, key: str, loc: Loc) -> tuple[T, ...]:
    listed = described.get(key, [])
    if not isinstance(listed, list | tuple):
        raise FactsInvalid((*loc, key), f"“{key}”应是列表，每行以“- ”开头。")
    return tuple(_BUILDER.make(kind, _numbered(kind, each, index), (*loc, key, index)) for index, each in enumerate(listed))


def _numbered(kind: type[Any], described: Any, index: int) -> Any:
    """Distinct addresses for things that were given none."""
    paths = {
        ColumnFacts: "lanmu",
        PageFacts: "yemian",
        LinkFacts: "lianjie",
        DepartmentFacts: "danwei",
        AttachmentFacts: "fujian",
    }
    if isinstance(described, Mapping) and "url" not in described:
        return {"url": f"{HOST}/{paths[kind]}{index + 1}/", **described}
    return described


# -- defaults and short forms by kind ------------------------------------------------------------------------------------


def _portal(described: Described) -> Described:
    made = {"url": f"{HOST}/", "name": "示例县人民政府门户网站", "region": "示例县", **described}
    if "home" not in made:
        made["home"] = {"url": made["url"], "kind": "home"}
    return made


def _page(described: Described) -> Described:
    made = {"url": f"{HOST}/yemian/", "fetched_at": SEEN_AT, "capture": "urn:uuid:shili", "marks": {}, **described}
    entries = made.get("entries")
    if entries and "newest" not in made:
        made["newest"] = _newest(entries)
    if made.get("text") and "text_length" not in made:
        made["text_length"] = len(str(made["text"]))
    return made


def _marks(described: Described) -> Described:
    return {**dict.fromkeys((each.name for each in fields(Marks)), True), **described}


def _department(described: Described) -> Described:
    name = described.get("name", "示例县财政局")
    made = {"name": name, "url": f"{HOST}/bm/czj/", "listed_on": f"{HOST}/bm/", "reached": True, "times_seen": 2, **described}
    offered = made.get("columns")
    if isinstance(offered, list | tuple):
        made["columns"] = {str(kind): {} for kind in offered}
    if isinstance(made.get("columns"), Mapping):
        made["columns"] = {
            kind: {"column_type": kind, "url": f"{made['url']}{kind}/", **column} if isinstance(column, Mapping) else column
            for kind, column in made["columns"].items()
        }
    return made


def _mandatory(described: Described) -> Described:
    text = described.get("column_type", "")
    return {"opened": True, "text": text, "strategy": "anchor", "evidence": [{"url": HOST}], **described}


def _column(described: Described) -> Described:
    entries = described.get("entries") or []
    entries = entries if isinstance(entries, list | tuple) else []
    state = "entries" if entries else "text" if described.get("text") else "note" if described.get("note") else None
    made: dict[str, Any] = {
        "name": "工作动态",
        "url": f"{HOST}/lanmu/",
        "column_type": "other",
        "times_seen": 2,
        "pages": 1,
        "pages_read": 1,
        "entries_total": len(entries),
        "undated": sum(1 for entry in entries if _date_of(entry) is None),
        "newest": _newest(entries),
        "newest_from": "list",
        "top_level": True,
    }
    if state:
        made["state"] = state
    made |= described
    if "evidence" not in made:
        made["evidence"] = [{"url": made["url"], "capture": "urn:uuid:shili", "fetched_at": SEEN_AT}]
    return made


def _entry(described: Any) -> Any:
    """``2026-11-01``, ``2026-11-01 标题`` or ``标题``."""
    if not isinstance(described, str):
        return {"title": "信息", "url": None, **described} if isinstance(described, Mapping) else described
    day, _, title = described.partition(" ")
    if _is_day(day):
        return {"title": title or f"{day}的信息", "url": f"{HOST}/{day.replace('-', '')}.html", "date": day, "date_raw": day}
    return {"title": described, "url": None}


def _read(described: Any) -> Any:
    if isinstance(described, str):
        return {"value": described, "raw": described, "strategy": "label", "where": "head"}
    return described


def _try(described: Any) -> Any:
    """A status or a kind of failure; statuses from 400 on are filed as the crawler files them."""
    if isinstance(described, int):
        failure = "not-found" if described in {404, 410} else "5xx" if described >= 500 else "4xx" if described >= 400 else None
        return {"at": SEEN_AT, "status": described, "failure": failure}
    if isinstance(described, str):
        return {"at": SEEN_AT, "failure": described}
    return {"at": SEEN_AT, **described} if isinstance(described, Mapping) else described


def _link(described: Described) -> Described:
    made = {"url": f"{HOST}/lianjie/", "found_on": [f"{HOST}/"], "text": "相关信息", **described}
    listed = made.get("tries") or ()
    tries = [_try(each) for each in listed] if isinstance(listed, list | tuple) else listed
    if tries and isinstance(tries, list) and isinstance(tries[-1], Mapping) and "final" not in tries[-1]:
        tries[-1] = {**tries[-1], "final": True}
    count = len(made["found_on"]) if isinstance(made["found_on"], list | tuple) else 0
    return {"found_on_count": count, **made, "tries": tries}


def _attachment(described: Described) -> Described:
    """Read whole and seen once; a fault was seen twice, as the crawl sees to it."""
    made = {"url": f"{HOST}/fujian/1.docx", "capture": "urn:uuid:shili", "fetched_at": SEEN_AT, "title": "附件", **described}
    suspicious = made.get("state") in {"broken", "mismatch", "empty"}
    return {"found_on": [f"{HOST}/yemian/"], "found_on_count": 1, "times_seen": 2 if suspicious else 1, **made}


def _run(described: Described) -> Described:
    return {"pages_fetched": 100, "started": SEEN_AT, **described}


def _column_link(described: Any) -> Any:
    if isinstance(described, str):
        return {"column_type": described, "url": f"{HOST}/{described.replace(':', '')}/", "text": described, "strategy": "anchor"}
    if not isinstance(described, Mapping):
        return described
    return {"column_type": "xxgk_entry", "url": f"{HOST}/rukou/", "text": "政府信息公开", "strategy": "anchor", **described}


def _evidence(described: Any) -> Any:
    return {"url": described} if isinstance(described, str) else described


_SHORT: Mapping[type[Any], Callable[[Any], Any]] = {
    AnnualReport: describe_report,
    Availability: describe_availability,
    PortalFacts: _portal,
    PageFacts: _page,
    Marks: _marks,
    DepartmentFacts: _department,
    MandatoryColumn: _mandatory,
    ColumnFacts: _column,
    Entry: _entry,
    Read: _read,
    Try: _try,
    LinkFacts: _link,
    AttachmentFacts: _attachment,
    RunFacts: _run,
    ColumnLink: _column_link,
    Evidence: _evidence,
}
_BUILDER = Builder(_SHORT, scalar_kinds={Entry, Read, Try, ColumnLink, Evidence})


def _newest(entries: Any) -> str | None:
    if not isinstance(entries, list | tuple):
        return None
    return max((day for entry in entries if (day := _date_of(entry))), default=None)


def _date_of(entry: Any) -> str | None:
    made = _entry(entry) if isinstance(entry, str | Mapping) else {}
    day = made.get("date")
    return day if isinstance(day, str) else None


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()
