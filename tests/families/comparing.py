"""What an audit said of an imitation, beside what is true of it."""

from collections.abc import Iterator

from crawler.addresses import page_key
from crawler.facts import ListState
from tests.families.auditing import Audited
from tests.families.plan import Expected

ROLES = ("guide", "regulations", "statutory_content", "annual_report")


def key_of(url: str) -> str:
    """Columns that are tabs of one page are told by their fragment."""
    bare, mark, tab = url.partition("#")
    return page_key(bare) + mark + tab


def differences(expected: Expected, audited: Audited) -> list[str]:
    """One line for each thing that was missed or invented."""
    return [*_units(expected, audited), *_columns(expected, audited), *_findings(expected, audited)]


def tally(expected: Expected, audited: Audited) -> dict[str, tuple[int, int]]:
    """Found and expected: units, columns, entries, pages, findings."""
    known = {key_of(url): column for url, column in audited.columns.items()}
    names = {unit.name for unit in audited.departments}
    lists = {key_of(url): column for url, column in expected.columns.items()}
    entries = sum(min(len(known[key].entries), len(column.items)) for key, column in lists.items() if key in known)
    # Rows that come beside the page are no pages: a column whose rows were all read was read to its end.
    whole = {key for key, column in lists.items() if key in known and len(known[key].entries) >= len(column.items)}
    pages = sum(column.pages if key in whole else 0 for key, column in lists.items())
    return {
        "units": (len(names & set(expected.units)), len(expected.units)),
        "columns": (len(lists.keys() & known.keys()), len(lists)),
        "entries": (entries, sum(len(column.items) for column in lists.values())),
        "pages": (pages, sum(column.pages for column in lists.values())),
        "findings": (len(expected.findings & audited.found()), len(expected.findings)),
    }


def _units(expected: Expected, audited: Audited) -> Iterator[str]:
    found = {unit.name: unit for unit in audited.departments}
    for name in found.keys() - expected.units.keys():
        yield f"单位 {name}：多出来的（{found[name].url}，来自 {found[name].listed_on}）"
    for name, columns in expected.units.items():
        unit = found.get(name)
        if unit is None:
            yield f"单位 {name}：没有找到"
            continue
        if key_of(unit.url or "") != key_of(columns["page"]):
            yield f"单位 {name}：页面 {unit.url}，应为 {columns['page']}"
        for role in ROLES:
            got = unit.columns[role].url if role in unit.columns else None
            if key_of(got or "") != key_of(columns.get(role, "")):
                yield f"单位 {name}：{role} {got}，应为 {columns.get(role)}"


def _columns(expected: Expected, audited: Audited) -> Iterator[str]:
    known = {key_of(url): column for url, column in audited.columns.items()}
    true = {key_of(url): (url, column) for url, column in expected.columns.items()}
    for key, (url, column) in true.items():
        got = known.get(key)
        if got is None:
            yield f"栏目 {url} {column.name}：没有找到"
            continue
        rows = {(entry.title, (entry.date or "")[:10]) for entry in got.entries}
        wanted = {(item.title, item.shown) for item in column.items}
        if rows != wanted:
            yield f"栏目 {url} {column.name}：条目少 {sorted(wanted - rows)[:3]} 多 {sorted(rows - wanted)[:3]}"
        if column.items and (got.newest, got.state) != (column.newest, ListState.ENTRIES):
            yield f"栏目 {url} {column.name}：最新 {got.newest} 状态 {got.state}，应为 {column.newest}"
        if column.items and (got.pages or 1) != column.pages:
            yield f"栏目 {url} {column.name}：页数 {got.pages}，应为 {column.pages}"
        if (column.text or column.children) and got.state is ListState.EMPTY:
            yield f"栏目 {url} {column.name}：误作空白"
    for key in known.keys() - true.keys():
        column = known[key]
        if column.entries and column.column_type not in {"other", "department_directory", "xxgk_entry", "application"}:
            yield f"栏目 {column.url} {column.name}：多出来的 {column.column_type}（{len(column.entries)} 条）"


def _findings(expected: Expected, audited: Audited) -> Iterator[str]:
    for rule, url in sorted(expected.findings - audited.found()):
        yield f"漏报 {rule} {url}"
    for finding in audited.findings:
        if (finding["rule"], finding["url"]) not in expected.findings and finding["rule"] not in expected.everywhere:
            yield f"误报 {finding['rule']} {finding['outcome']} {finding['url']}：{finding['message']}"
    for rule in expected.everywhere - {finding["rule"] for finding in audited.findings}:
        yield f"漏报 {rule}"
