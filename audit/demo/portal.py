"""Builds the whole demo portal in memory: the same bytes for the same audit date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from audit.demo.answers import Answer, LiveSection
from audit.demo.content import Row, Writer
from audit.demo.files import CONTENT_TYPES, make_png
from audit.demo.front import FrontPages, nav_of
from audit.demo.lists import Pages
from audit.demo.live import live_sections
from audit.demo.plan import Plan, UnitPlan, load_plan, read_data
from audit.demo.press import Crumb, Place, Press
from audit.demo.temper import extras_by_place, odd_answers
from audit.demo.unit_map import UnitMap, UnitRow, unit_folder
from audit.demo.units import UnitPages
from audit.demo.wording import Wording, number

STATIC = Path(__file__).parent / "static"
PICTURES = ("logo", "emblem", "mail", "entry1", "entry2", "entry3", "entry4")
FORBIDDEN = "/neibu/"
"""What robots.txt forbids: nothing below it is ever asked for by a crawler of good manners."""


class PlanBroken(ValueError):
    """Two entries of the plan claim the same address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPortal:
    as_of: date
    pages: Mapping[str, Answer]
    """Answers by path, not quoted."""
    outside: Mapping[str, Answer]
    """Answers of other hosts by ``//host/path``."""
    live: Mapping[str, LiveSection]
    """Sections without end by their folder."""
    absent: frozenset[str]
    """Paths that links lead to and that are not there."""
    missing: Answer
    """What they answer."""
    unknown: Answer
    """What any other address of the portal answers: it is sent to the home page, as if nothing were wrong."""


def build_portal(as_of: date) -> DemoPortal:
    """The portal as it stands on ``as_of``; all ages in it are counted from that day."""
    plan = load_plan()
    extras = extras_by_place(plan)
    wording = Wording(read_data("phrases"))
    press = Press(plan.site, as_of, nav_of(plan), extras.get("platform", ()))
    writer = Writer(wording=wording, as_of=as_of, extras=extras, odd=plan.odd_articles)
    front = FrontPages(plan, press, writer, extras)
    odd = odd_answers(plan, lambda template, path, title: press.draw(template, title=title, path=path, place=_place(title, path)))
    parts = [
        front.draw(),
        *_unit_pages(plan, press, writer),
        _static_files(press, as_of),
        {path: answer for path, answer in odd.items() if not path.startswith("//")},
    ]
    rows = [article.row for articles in front.articles.values() for article in articles]
    return DemoPortal(
        as_of=as_of,
        pages=_merged(parts),
        outside={path: answer for path, answer in odd.items() if path.startswith("//")},
        live=live_sections(press, sorted(rows, key=_by_day, reverse=True)),
        absent=frozenset(_absent(plan)),
        missing=_missing(press),
        unknown=Answer(status=302, headers={"Location": "/"}),
    )


def _absent(plan: Plan) -> Iterator[str]:
    yield from (link.path for link in plan.links if link.answer is not None and link.answer.absent)
    yield from (unit_folder(unit) for unit in plan.units if unit.page == "dead")


def _by_day(row: Row) -> tuple[date, str]:
    return row.day, row.href


def _place(title: str, path: str) -> Place:
    crumbs = (Crumb(text="首页", href="/"), Crumb(text=title, href=path))
    return Place(family="main", column=title, tag="办事服务", crumbs=crumbs)


def _unit_pages(plan: Plan, press: Press, writer: Writer) -> list[Pages]:
    drawn = []
    for nth, unit in enumerate((plan.government, *plan.units), 1):
        own_words = replace(writer, wording=Wording(writer.wording.phrases, unit.words))
        builder = UnitPages(UnitMap(plan, unit), nth=nth, press=press, writer=own_words)
        drawn.append(builder.draw(_unit_list(plan) if unit is plan.government else ()))
    return drawn


def _unit_list(plan: Plan) -> list[tuple[str, list[UnitRow]]]:
    """Headings and names of the portal's list of 单位; who stands under two headings has a longer name under the second."""
    groups: dict[str, list[UnitRow]] = {}
    for unit in plan.units:
        for nth, group in enumerate(unit.groups):
            groups.setdefault(group, []).append(UnitRow(text=unit.listed if nth == 0 else unit.name, href=_unit_href(unit)))
    return list(groups.items())


def _unit_href(unit: UnitPlan) -> str:
    return "" if unit.page == "absent" else unit_folder(unit)


def _static_files(press: Press, as_of: date) -> Pages:
    files = {
        f"/static/{path.name}": Answer(
            content_type=CONTENT_TYPES[path.suffix[1:]], body=path.read_bytes(), modified=press.modified(as_of)
        )
        for path in sorted(STATIC.iterdir())
    }
    pictures = {
        f"/static/{name}.png": Answer(content_type="image/png", body=make_png(number(name)), modified=press.modified(as_of))
        for name in PICTURES
    }
    clock = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>时钟</title></head><body>北京时间</body></html>'
    robots = Answer(content_type="text/plain; charset=utf-8", body=f"User-agent: *\nDisallow: {FORBIDDEN}\n".encode())
    return files | pictures | {"/robots.txt": robots, "/about/clock.html": Answer(body=clock.encode())}


def _missing(press: Press) -> Answer:
    body = press.draw("missing", title="页面不存在", path="/404.html", place=_place("页面不存在", "/"))
    return Answer(status=404, body=body)


def _merged(parts: list[Pages]) -> Pages:
    merged: Pages = {}
    for part in parts:
        twice = merged.keys() & part.keys()
        if twice:
            raise PlanBroken(f"two parts of the plan draw {min(twice)}")
        merged |= part
    return merged
