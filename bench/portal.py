"""A deterministic portal of any size on disk, with the truth about it: what exists, what is dead, who refers to it."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from ruamel.yaml import YAML

from bench.files import PNG, docx

AS_OF = date(2026, 11, 20)
"""Audit date of all benches: the portal's newest entries are a few days older."""

NAV_LINKS = 112
ENTRIES_A_PAGE = 15
DEAD_EVERY = 100
"""One article in so many refers to something that does not exist."""
DEAD_IN_NAV = "/zwgk/ztzl/2019/"
"""Stands in the menu of every page and does not exist."""

_SENTENCES_A_PARAGRAPH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a perfect crawl of the portal finds; addresses are paths from the root, quoted as a browser sends them."""

    pages: tuple[str, ...]
    files: tuple[str, ...]
    """Attachments, images, scripts, styles that exist."""
    dead: dict[str, str]
    """Path of a target that answers 404, to ``page``, ``attachment`` or ``image``."""
    found_on: dict[str, list[str]]
    """Pages that refer to a dead target; for the one in the menu the list is empty: all pages do."""
    html_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    name: str
    folder: str
    type: str
    step_days: int
    unit: str | None
    """单位 that owns it; None: the portal."""


@dataclass(slots=True, kw_only=True)
class _Article:
    title: str
    date: str
    path: str
    number: int
    unit: int
    source: str
    official: bool
    paragraphs: list[str]
    images: list[str] = field(default_factory=list)
    attachments: list[tuple[str, str]] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)


def build_portal(folder: Path, *, pages: int, seed: int = 1) -> Truth:
    """Write a portal of about ``pages`` HTML pages (at least 150) below ``folder``; same arguments, same bytes."""
    builder = _Builder(folder, pages=pages, seed=seed)
    builder.write_all()
    truth = builder.truth()
    (folder.parent / f"{folder.name}.truth.json").write_text(json.dumps(asdict(truth), ensure_ascii=False), encoding="utf-8")
    return truth


class _Builder:
    def __init__(self, folder: Path, *, pages: int, seed: int) -> None:
        self.folder, self.seed, self.wanted = folder, seed, pages
        self.words: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
        self.units: list[str] = self.words["departments"][: max(4, min(60, pages // 50))]
        self.columns = list(self._all_columns())
        self.templates = Environment(
            loader=PackageLoader("bench"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.nav = Markup(
            "\n".join(f'<li><a href="{url}" title="{text}" target="_blank">{text}</a></li>' for text, url in self._nav_links())
        )
        self.pages: list[str] = []
        self.files: list[str] = []
        self.dead: dict[str, str] = {DEAD_IN_NAV: "page"}
        self.found_on: dict[str, list[str]] = {DEAD_IN_NAV: []}
        self.html_bytes = self.articles = 0

    # --- the plan ---------------------------------------------------------------------------------------------------

    def _all_columns(self) -> Iterator[Column]:
        for name, folder, kind, step in self.words["portal_columns"]:
            yield Column(name=name, folder=folder, type=kind, step_days=step, unit=None)
        for number, unit in enumerate(self.units):
            for name, folder, kind, step in self.words["department_columns"]:
                yield Column(name=name, folder=f"{_unit_folder(number)}/{folder}", type=kind, step_days=step, unit=unit)

    def _nav_links(self) -> list[tuple[str, str]]:
        """At least 110: portal columns, the 单位, then their columns again and again, as mega menus have them."""
        links = [("首页", "/"), ("政府信息公开", "/zwgk/xxgk/"), ("部门信息公开", "/zwgk/bm/"), ("专题专栏", DEAD_IN_NAV)]
        links += [(column.name, f"/{column.folder}/") for column in self.columns if column.unit is None]
        links += [(unit, f"/{_unit_folder(number)}/") for number, unit in enumerate(self.units)]
        owned = [column for column in self.columns if column.unit]
        for index in range(NAV_LINKS - len(links)):
            column = owned[index % len(owned)]
            links.append((f"{column.unit}{column.name}", f"/{column.folder}/"))
        return links

    def _articles_by_column(self) -> list[int]:
        """How many articles each column gets, so that all pages together come to the wanted number."""
        fixed = 6 + 10 * (len(self.units) + 1)

        def spread(articles: int) -> list[int]:
            each, rest = divmod(articles, len(self.columns))
            return [each + (index < rest) for index in range(len(self.columns))]

        articles = len(self.columns)
        while (missing := self.wanted - fixed - articles - sum(map(_list_pages, spread(articles)))) > 0:
            articles += max(1, missing // 2)
        return spread(articles)

    # --- writing ----------------------------------------------------------------------------------------------------

    def write_all(self) -> None:
        self._write_static()
        self._write_section("zwgk/xxgk", None, 0)
        for number, unit in enumerate(self.units):
            self._write_section(_unit_folder(number), unit, number + 1)
        for column, count in zip(self.columns, self._articles_by_column(), strict=True):
            self._write_column(column, count)
        self._write_menu(
            "/zwgk/bm/",
            "部门信息公开",
            [("政府部门及乡镇街道", [(unit, f"/{_unit_folder(n)}/") for n, unit in enumerate(self.units)])],
        )
        portal = [(column.name, f"/{column.folder}/") for column in self.columns if column.unit is None]
        self._write_menu(
            "/", "首页", [("信息公开", [("政府信息公开", "/zwgk/xxgk/"), ("部门信息公开", "/zwgk/bm/")]), ("栏目", portal)]
        )

    def _write_static(self) -> None:
        for name, content in (("site.css", b"body{margin:0}"), ("site.js", b"var site=1;"), ("logo.png", PNG)):
            self._write_file(f"/static/{name}", content)
        for name, title in (("map", "网站地图"), ("about", "关于我们"), ("record", "备案信息"), ("police", "公安备案")):
            self._write_menu(f"/static/{name}.html", title, [(title, [("首页", "/")])])

    def _write_section(self, folder: str, unit: str | None, number: int) -> None:
        """A 单位's disclosure page with its four columns; ``unit`` None is the government itself."""
        owner = unit or f"{self.words['county']}人民政府"
        four = [("政府信息公开指南", "zn"), ("政府信息公开制度", "zd"), ("法定主动公开内容", "fd"), ("政府信息公开年报", "nb")]
        self._write_menu(
            f"/{folder}/", f"{owner}信息公开", [("政府信息公开", [(text, f"/{folder}/{name}/") for text, name in four])]
        )
        guide = self.words["guide"].format(unit=owner, county=self.words["county"], number=number)
        article = self._article(f"/{folder}/zn/index.html", f"{owner}政府信息公开指南", date(2026, 3, 6), owner, number)
        article.paragraphs = [guide]
        self._write_article(article, Column(name=four[0][0], folder=f"{folder}/zn", type="指南", step_days=365, unit=unit))
        owned = [column for column in self.columns if column.unit == unit]
        self._write_menu(f"/{folder}/fd/", four[2][0], [(four[2][0], [(column.name, f"/{column.folder}/") for column in owned])])
        years = [(f"{owner}{year}年政府信息公开工作年度报告", date(year + 1, 1, 20)) for year in (2025, 2024, 2023)]
        rules = [(f"{owner}政府信息公开{word}制度", date(2025, 5, 12)) for word in ("审查", "保密审查")]
        for (name, sub), listed in ((four[1], rules), (four[3], years)):
            column = Column(name=name, folder=f"{folder}/{sub}", type=name, step_days=365, unit=unit)
            articles = [self._article(self._article_path(column, day), title, day, owner, number) for title, day in listed]
            self._write_entries(column, articles)

    def _write_column(self, column: Column, count: int) -> None:
        unit = self.units.index(column.unit) + 1 if column.unit else 0
        source = column.unit or f"{self.words['county']}人民政府"
        articles = []
        for index in range(count):
            day = AS_OF - timedelta(days=1 + index * column.step_days // 2 % 2_500)
            rng = random.Random(f"{self.seed}/{column.folder}/{index}")
            title = f"{source}{rng.choice(self.words['topics'])}{rng.choice(self.words['verbs'])}（第{index + 1}期）"
            articles.append(self._article(self._article_path(column, day), title, day, source, unit))
        self._write_entries(column, articles)

    def _write_entries(self, column: Column, articles: list[_Article]) -> None:
        """The articles of a column, then its list, 15 rows a page, newest first."""
        articles.sort(key=lambda article: article.date, reverse=True)
        for article in articles:
            self._decorate(article, column)
            self._write_article(article, column)
        pages = _list_pages(len(articles))
        for page in range(pages):
            rows = [
                {"title": article.title, "date": article.date, "href": article.path.removeprefix(f"/{column.folder}/")}
                for article in articles[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]
            ]
            name = "index.html" if page == 0 else f"index_{page}.html"
            self._write_page(
                f"/{column.folder}/{name}", "list.html.j2", column, column.name, entries=rows, pages=pages, page=page
            )

    def _article_path(self, column: Column, day: date) -> str:
        self.articles += 1
        return f"/{column.folder}/{day:%Y%m}/t{day:%Y%m%d}_{self.articles}.html"

    def _article(self, path: str, title: str, day: date, source: str, unit: int) -> _Article:
        rng = random.Random(f"{self.seed}{path}")
        sentences = self.words["sentences"]
        paragraphs = [
            "".join(rng.choices(sentences, k=_SENTENCES_A_PARAGRAPH)) for _ in range(min(70, 8 + int(rng.expovariate(1 / 14))))
        ]
        return _Article(
            title=title, date=day.isoformat(), path=path, number=self.articles, unit=unit, source=source,
            official=rng.random() < 0.5, paragraphs=paragraphs,
        )  # fmt: skip

    def _decorate(self, article: _Article, column: Column) -> None:
        """Give the article its files, and to one in a hundred something dead."""
        rng = random.Random(f"{self.seed}{article.path}/files")
        folder = article.path.rpartition("/")[0]
        if rng.random() < 0.35:
            self._write_file(f"{folder}/W{article.number}.png", PNG + bytes(rng.randrange(500, 4_000)))
            article.images.append(f"./W{article.number}.png")
        if rng.random() < 0.35:
            name = f"{article.number}附件.docx"
            self._write_file(f"{folder}/{name}", docx(article.title))
            article.attachments.append((f"./{quote(name)}" if rng.random() < 0.5 else f"{folder}/{name}", "附件：申请表.docx"))
        if article.number % DEAD_EVERY == 0:
            self._kill(article, folder)
        article.related.append((f"/{column.folder}/#top", column.name))

    def _kill(self, article: _Article, folder: str) -> None:
        kind = ("page", "attachment", "image")[len(self.dead) % 3]
        if kind == "page":
            path = f"{folder}/t{article.number}_gone.html"
            article.related.append((path, "上一期"))
        elif kind == "attachment":
            path = f"{folder}/P{article.number}.pdf"
            article.attachments.append((path, "附件：名单.pdf"))
        else:
            path = f"{folder}/W{article.number}_gone.jpg"
            article.images.append(path)
        self.dead[path] = kind
        self.found_on[path] = [article.path]

    def _write_article(self, article: _Article, column: Column) -> None:
        self._write_page(article.path, "article.html.j2", column, article.title, article=article)

    def _write_menu(self, path: str, title: str, groups: list[tuple[str, list[tuple[str, str]]]]) -> None:
        column = Column(name=title, folder=path.strip("/"), type="", step_days=0, unit=None)
        self._write_page(path, "menu.html.j2", column, title, groups=groups)

    def _write_page(self, path: str, template: str, column: Column, title: str, **values: Any) -> None:
        # Every eighth 单位 publishes in GBK, as older portals do.
        gbk = column.unit is not None and self.units.index(column.unit) % 8 == 7
        crumbs = [(column.unit or "政务公开", f"/{column.folder.rpartition('/')[0]}/"), (column.name, f"/{column.folder}/")]
        text = self.templates.get_template(template).render(
            title=title, site=f"{self.words['county']}人民政府", county=self.words["county"], code=self.words["host_code"],
            charset="gb2312" if gbk else "utf-8", column=column.name, column_type=column.type, nav=self.nav,
            crumbs=crumbs if column.unit else [], **{"article": None, **values},
        )  # fmt: skip
        body = text.encode("gb18030" if gbk else "utf-8")
        self.html_bytes += len(body)
        self._write(path + "index.html" if path.endswith("/") else path, body)
        self.pages.append(quote(path.removesuffix("index.html") if path.endswith("/index.html") else path))

    def _write_file(self, path: str, body: bytes) -> None:
        self._write(path, body)
        self.files.append(quote(path))

    def _write(self, path: str, body: bytes) -> None:
        target = self.folder / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)

    def truth(self) -> Truth:
        return Truth(
            pages=tuple(self.pages),
            files=tuple(self.files),
            dead={quote(path): kind for path, kind in self.dead.items()},
            found_on={quote(path): pages for path, pages in self.found_on.items()},
            html_bytes=self.html_bytes,
        )


def _list_pages(entries: int) -> int:
    return max(1, -(-entries // ENTRIES_A_PAGE))


def _unit_folder(number: int) -> str:
    return f"bm/dw{number + 1:02d}"
