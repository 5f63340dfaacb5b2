"""A small county in facts: home, disclosure section, three departments and a town, each page given by a line."""

from crawler.assembly.source import MemoryPages
from crawler.facts import ColumnLink, Crumb, Entry, ListState, PageFacts, PageKind, Read, UnitLink

SITE = "http://www.example.gov.cn"
HOME = f"{SITE}/"
XXGK = f"{SITE}/xxgk/"
NAMES = {"czj": "青岭县财政局", "jyj": "青岭县教育局", "slj": "青岭县水利局", "tsz": "桃溪镇人民政府"}
STEMS = {"guide": "zn", "regulations": "zd", "statutory_content": "fd", "annual_report": "nb"}
WORDS = {
    "guide": "政府信息公开指南",
    "regulations": "政府信息公开制度",
    "statutory_content": "法定主动公开内容",
    "annual_report": "政府信息公开年报",
}


def front_url(stem: str) -> str:
    return f"{XXGK}{stem}/"


def four(base: str, *, without: tuple[str, ...] = (), instead: dict[str, str] | None = None) -> tuple[ColumnLink, ...]:
    """Anchors of the four columns below ``base``."""
    urls = {role: (instead or {}).get(role, f"{base}{stem}/") for role, stem in STEMS.items()}
    return tuple(
        ColumnLink(column_type=role, url=url, text=WORDS[role], strategy="anchor", place="main")
        for role, url in urls.items()
        if role not in without
    )


def page(url: str, name: str, kind: PageKind = PageKind.LIST, crumbs: tuple[str, ...] = (), **more: object) -> PageFacts:
    values: dict[str, object] = {
        "final_url": url,
        "capture": f"urn:{url}",
        "fetched_at": "2026-11-20T10:00:00+08:00",
        "tags": {"ColumnName": name},
        "title": Read(value=name, raw=name, strategy="meta"),
        "page_title": name,
        "breadcrumb": tuple(Crumb(text=text) for text in ("首页", *crumbs, name)),
        **more,
    }
    return PageFacts(url=url, kind=kind, **values)  # type: ignore[arg-type]  # test factory


def entries(base: str, *days: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(title=f"信息 {number}", url=f"{base}{number}.html", date=day, date_raw=day) for number, day in enumerate(days, 1)
    )


def listing(base: str, name: str, *days: str, crumbs: tuple[str, ...] = (), **more: object) -> PageFacts:
    rows = entries(base, *days)
    values: dict[str, object] = {"list_state": ListState.ENTRIES, "entries": rows, "newest": max(days, default=None), **more}
    return page(base, name, crumbs=crumbs, **values)


def unit_pages(stem: str, **front: object) -> list[PageFacts]:
    """A unit's front page and its four columns, all filled."""
    base, name = front_url(stem), NAMES[stem]
    apply = ColumnLink(column_type="application", url=f"{XXGK}apply/", text="依申请公开", strategy="anchor")
    links = front.pop("column_links", (*four(base), apply))
    pages = [page(base, name, PageKind.DEPARTMENT, crumbs=("政府信息公开",), column_links=links, **front)]
    pages.append(
        page(
            f"{base}zn/",
            WORDS["guide"],
            PageKind.GUIDE,
            crumbs=(name,),
            list_state=ListState.TEXT,
            text="本指南",
            text_length=3,
            updated=Read(value="2026-03-01", strategy="text"),
        )
    )
    pages += [
        listing(f"{base}{STEMS[role]}/", WORDS[role], "2026-01-20", "2025-01-20", crumbs=(name,))
        for role in ("regulations", "statutory_content", "annual_report")
    ]
    return pages


def county(
    *extra: PageFacts, without: tuple[str, ...] = (), units: tuple[str, ...] = tuple(NAMES), **lists: object
) -> MemoryPages:
    """The whole county; ``without`` leaves pages out by address, ``extra`` adds or replaces pages."""
    members = tuple(
        UnitLink(name=NAMES[stem], url=front_url(stem), group="乡镇" if stem == "tsz" else "政府部门") for stem in units
    )
    pages = [
        page(
            HOME,
            "青岭县人民政府门户网站",
            PageKind.HOME,
            site_name="青岭县人民政府门户网站",
            column_links=(
                ColumnLink(column_type="xxgk_entry", url=XXGK, text="政府信息公开", strategy="anchor"),
                ColumnLink(column_type="news", url=f"{SITE}/yw/", text="青岭要闻", strategy="anchor"),
            ),
        ),
        page(
            XXGK,
            "政府信息公开",
            PageKind.COLUMN,
            unit_links=lists.get("members", members),
            column_links=four(XXGK),
            list_state=ListState.TEXT,
        ),
        *[listing(f"{XXGK}{stem}/", WORDS[role], "2026-01-20", crumbs=("政府信息公开",)) for role, stem in STEMS.items()],
        listing(f"{SITE}/yw/", "青岭要闻", "2026-11-18", "2026-11-10"),
    ]
    for stem in units:
        pages += unit_pages(stem)
    chosen = {item.url: item for item in pages} | {item.url: item for item in extra}
    return MemoryPages(page_list=[item for url, item in chosen.items() if url not in without])
