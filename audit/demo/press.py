"""Draws the demo portal's pages: templates, the shell around them, the standard page tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from audit.demo.answers import HTML, PORTAL_HOST, Answer
from audit.demo.content import Article, Extra
from audit.demo.plan import Family, SitePlan
from audit.demo.wording import chinese_date

_CHINA = ZoneInfo("Asia/Shanghai")
_MAX_LIST_TITLE = 18
_ENCODINGS = {"gbk": "gb18030"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One of the four in the menu of a 单位's disclosure pages."""

    parts: tuple[str, ...]
    """Its name, in pieces where ``<br>`` splits it."""
    href: str
    picture: bool = False
    children: tuple["MenuEntry", ...] = ()

    @property
    def name(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page stands: what shell, path and tags say of it."""

    family: Family
    column: str
    tag: str
    crumbs: tuple[Crumb, ...]
    unit: str = ""
    menu: tuple[MenuEntry, ...] = ()
    menu_script: bool = False
    """The menu's entries stand only in a script."""
    application: str = ""
    """Address of 依申请公开."""


class Press:
    def __init__(self, site: SitePlan, as_of: date, nav: Sequence[Crumb], platform: Sequence[Extra]) -> None:
        self.site, self.as_of = site, as_of
        self.environment = Environment(
            loader=PackageLoader("audit.demo"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(site=site, nav=tuple(nav), platform_links=tuple(platform), portal_host=PORTAL_HOST)
        self.environment.filters.update(cut=cut, chinese_date=chinese_date)

    def draw(
        self, template: str, *, title: str, path: str, place: Place, article: Article | None = None, **context: Any
    ) -> bytes:
        shell = "platform" if place.family == "script-foot" else place.family
        drawn = self.environment.get_template(f"{template}.html.j2").render(
            page_shell=f"shells/{shell}.html.j2",
            title=title,
            path=path,
            place=place,
            article=article,
            tags=self.tags(place, path, article),
            **context,
        )
        return drawn.encode(_ENCODINGS.get(place.family, "utf-8"))

    def page(self, template: str, *, title: str, path: str, place: Place, day: date | None = None, **context: Any) -> Answer:
        """``template`` drawn as an answer; pages in GB2312 leave the encoding to their own meta tag."""
        body = self.draw(template, title=title, path=path, place=place, **context)
        content_type = "text/html" if place.family == "gbk" else HTML
        return Answer(content_type=content_type, body=body, modified=self.modified(day or self.as_of))

    def modified(self, day: date) -> str:
        moment = datetime.combine(min(day, self.as_of), time(9, 30), tzinfo=_CHINA)
        return format_datetime(moment.astimezone(UTC), usegmt=True)

    def tags(self, place: Place, path: str, article: Article | None) -> list[tuple[str, str]]:
        """The standard page tags (国办发〔2017〕47号, annex): site, column, article."""
        site = self.site
        bare = place.family == "bare"
        tags = [("SiteName", site.name), ("SiteDomain", "" if bare else site.domain), ("SiteIDCode", site.code)]
        if path != "/":
            tags += [
                ("ColumnName", place.column),
                ("ColumnDescription", f"{place.unit or site.name}{place.column}栏目，发布{place.column}有关信息"),
                ("ColumnKeywords", f"{site.region},{place.column}"),
                ("ColumnType", place.tag),
            ]
            if bare:  # labels of columns are the pages' that it has no words for
                tags = [tag for tag in tags if tag[0] not in {"ColumnType", "ColumnKeywords"}]
        if article:
            tags += [
                ("ArticleTitle", article.title),
                ("PubDate", "" if article.undated else f"{article.tagged or article.day:%Y-%m-%d} {article.time}"),
                ("ContentSource", article.source),
                ("Keywords", f"{place.column},{site.region}"),
                ("Url", f"http://{site.domain}{path}"),
            ]
        return tags


def cut(title: str) -> str:
    return title if len(title) <= _MAX_LIST_TITLE else f"{title[:_MAX_LIST_TITLE]}…"
