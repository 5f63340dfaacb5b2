"""``zhaocuo sample``: an overview, a draw, and an audit of what was drawn."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click

from audit.clock import now
from audit.deadlines import load_deadlines
from audit.errors import PortalUnreachable, RunNotFound
from audit.folders import SAMPLE_SETTING, RunFolder, check_output, find_run, new_run
from audit.gather import CrawlOptions, crawl
from audit.part import SETTING as PART
from audit.part import Part
from audit.portal_file import PortalFile
from audit.portal_target import portal_of
from audit.probe_book import copy_series
from audit.run import EXIT_UNREACHABLE, Judged, JudgeSettings, assemble_run, judge_run
from audit.sampling import Draw, draw, head, judged_pages, sampled
from audit.summary import summary
from audit.terminal import ProgressDisplay, say, step
from audit.wording import plain
from crawler.store import FactsStore
from reports.labels import UNIT_KIND
from reports.render import render_report
from reports.result import CONTACT
from rules.loader import load_packs


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOptions:
    """Words of ``zhaocuo sample``; None: not given."""

    target: str
    data: Path
    seed: int
    departments: int
    pages: int
    repeat: str | None = None
    """A run whose sample is taken once more."""
    out: Path | None = None
    as_of: date | None = None
    packs: tuple[str, ...] = ()
    delay: float | None = None
    concurrency: int | None = None
    max_pages: int | None = None
    allow_private: bool = False
    browser: bool = True


def run_sample(options: SampleOptions) -> int:
    """Overview, draw, audit of the draw, report; returns the exit code."""
    portal = portal_of(options.target)
    packs = options.packs or portal.packs
    load_packs(packs or None)
    deadlines = load_deadlines(options.data)
    earlier = _stored_draw(options)
    as_of = options.as_of or now().date()
    out = options.out or Path("zhaocuo-report")
    check_output(out)
    run = new_run(options.data, portal.url, now())
    crawl_options = _crawl_options(portal, options)
    settings: dict[str, object] = {
        "start_url": portal.url,
        "as_of": as_of.isoformat(),
        "packs": list(packs),
        "pins": asdict(portal.pins),
        "sampling": True,
    }
    run.write_settings(settings)
    _crawl(replace(crawl_options, articles=False, attachment_bytes=0), run, "看一遍概况")
    assemble_run(run, portal.pins)
    with FactsStore.open(run.facts) as store:
        drawn = earlier or draw(store, options.seed, options.departments, options.pages)
        wanted = sampled(store, drawn)
    say(f"{head(drawn)}。")
    run.write_settings(settings | {SAMPLE_SETTING: drawn.stored()})
    _crawl(replace(crawl_options, focus=wanted, seeds=wanted.pages), run, "检查抽中的部分")
    copy_series(options.data, run, portal.url)
    with step("整理单位和栏目"):
        assemble_run(run, portal.pins)
    with FactsStore.open(run.facts) as store:
        names = {department.name for department in store.departments()}
        units = tuple(unit.name for unit in drawn.units if unit.name in names)
        part = Part(kind="sample", units=units, pages=judged_pages(store, drawn))
    run.write_settings(settings | {SAMPLE_SETTING: drawn.stored(), PART: part.stored()})
    shown = {CONTACT: portal.contact} if portal.contact else {}
    with step("判断"):
        judged = judge_run(
            run,
            JudgeSettings(as_of=as_of, packs=packs, pins=portal.pins, shown=shown, deadlines=deadlines),
        )
    return _finish(judged, drawn, out, run)


def _stored_draw(options: SampleOptions) -> Draw | None:
    if options.repeat is None:
        return None
    run = find_run(options.data, options.repeat)
    drawn = Draw.of(run.read_settings())
    if drawn is None:
        raise RunNotFound(f"运行 {run.name} 不是抽样检查，没有可以重复的样本。")
    return drawn


def _crawl_options(portal: PortalFile, options: SampleOptions) -> CrawlOptions:
    return CrawlOptions(
        start_url=portal.url,
        allow_private=options.allow_private,
        browser=options.browser,
        full=True,
        pins=portal.pins,
        **portal.pace(delay=options.delay, concurrency=options.concurrency, max_pages=options.max_pages),
    )


def _crawl(options: CrawlOptions, run: RunFolder, words: str) -> None:
    say(f"{words}：{options.start_url}，运行目录 {run.path}。")
    with ProgressDisplay(urlsplit(options.start_url).netloc) as display:
        done = crawl(options, run, display)
    if not done.pages:
        raise PortalUnreachable(done.void or f"{options.start_url} 没有打开，本次没有检查任何内容，请核对网址和网络后重试。")


def _list_text(drawn: Draw) -> str:
    """The sample as one reads it out: how it was drawn, the 单位, the pages."""
    lines = [f"{head(drawn)}（各栏目列表首页上的信息），总体校验码 {drawn.digest}。"]
    lines += [f"  单位　{UNIT_KIND.get(unit.kind, unit.kind)}　{unit.name}" for unit in drawn.units]
    lines += [f"  页面　{page.column}　{page.title}　{page.url}" for page in drawn.pages]
    return "\n".join(plain(line) for line in lines)


def _finish(judged: Judged, drawn: Draw, out: Path, run: RunFolder) -> int:
    with step("写报告"):
        render_report(judged.result, out)
    for error in judged.rule_errors:
        say(f"规则出错：{error}")
    click.echo(_list_text(drawn))
    click.echo(summary(judged.result, out, run.path))
    if judged.result.void:
        say(f"本次运行不可信，已作废：{judged.result.void}")
        return EXIT_UNREACHABLE
    return judged.exit_code
