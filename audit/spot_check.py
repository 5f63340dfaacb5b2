"""``zhaocuo check``: one page, column or 单位 looked at, confirmed and judged in seconds."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import click

from audit.clock import now
from audit.deadlines import load_deadlines
from audit.errors import PortalUnreachable, UsageInvalid
from audit.folders import CHECKS, RunFolder, new_run
from audit.gather import CrawlOptions, crawl
from audit.part import SETTING, Part
from audit.portal_file import check_web_address
from audit.probe_book import copy_series
from audit.run import Judged, JudgeSettings, assemble_run, judge_run
from audit.spot_subject import Background, background, subject_of, unlisted_unit, with_unit
from audit.spot_words import spot_json, spot_text
from audit.terminal import ProgressDisplay, say
from crawler.focus import Spot
from crawler.pins import Pins
from crawler.store import FactsStore
from rules.loader import load_packs
from rules.words import reason_word

DELAY_SECONDS = 0.25
"""Between two requests: a check sends about as many as a browser that opens the page, and a person waits for it."""

CONCURRENCY = 4

PAUSES = (1.0, 2.0)
"""Seconds before the second and the third look at what did not open."""

MAX_PAGES = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Words of ``zhaocuo check``; None: not given."""

    url: str
    data: Path
    portal: str | None = None
    as_of: date | None = None
    packs: tuple[str, ...] = ()
    delay: float | None = None
    allow_private: bool = False
    browser: bool = True
    as_json: bool = False


def run_check(options: CheckOptions) -> int:
    """Look, judge, print; returns the exit code. Raises :class:`UsageInvalid` or :class:`PortalUnreachable`."""
    begun = monotonic()
    deadlines = load_deadlines(options.data)
    looked = look_at(options)
    part, run, url = looked.place(), looked.run, looked.url
    judged = judge_run(
        run, JudgeSettings(as_of=looked.as_of, packs=options.packs, shown=_shown(looked.known, url), deadlines=deadlines)
    )
    _print(judged, part, run, url, seconds=monotonic() - begun, as_json=options.as_json)
    return judged.exit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An address with what was read there and around it, ready to be judged."""

    run: RunFolder
    url: str
    known: Background
    as_of: date

    def place(self) -> Part:
        """What the address turned out to be, kept with the run; raises :class:`PortalUnreachable` when it is no page."""
        part = _part(self.run, self.url, self.known.pins)
        self.run.write_settings(self.run.read_settings() | {SETTING: part.stored()})
        return part


def look_at(options: CheckOptions) -> Looked:
    """Crawl what a spot check needs. Raises :class:`UsageInvalid` or :class:`PortalUnreachable`."""
    url = _address(options.url)
    home = _address(options.portal) if options.portal else None
    load_packs(options.packs or None)
    as_of = options.as_of or now().date()
    known = background(options.data, url, home)
    run = new_run(options.data, url, now(), CHECKS)
    run.write_settings(_settings(options, url, known, as_of))
    _crawl(options, url, known, run)
    copy_series(options.data, run, known.home_url)
    return Looked(run=run, url=url, known=known, as_of=as_of)


def _address(text: str) -> str:
    try:
        return check_web_address(text if "://" in text else f"http://{text}")
    except ValueError as error:
        raise UsageInvalid(f"{error}，例如 http://www.example.gov.cn/zfxxgk/。") from error


def _settings(options: CheckOptions, url: str, known: Background, as_of: date) -> dict[str, object]:
    return {
        "start_url": known.home_url,
        "check": url,
        "background": known.run,
        "as_of": as_of.isoformat(),
        "packs": list(options.packs),
        "pins": asdict(known.pins),
    }


def _crawl(options: CheckOptions, url: str, known: Background, run: RunFolder) -> None:
    crawl_options = CrawlOptions(
        start_url=known.home_url,
        seeds=(url,),
        focus=Spot(url=url, kind=known.kind),
        delay=DELAY_SECONDS if options.delay is None else options.delay,
        concurrency=CONCURRENCY,
        pauses=PAUSES,
        max_pages=MAX_PAGES,
        allow_private=options.allow_private,
        browser=options.browser,
        pins=known.pins,
        full=True,
    )
    say(f"抽查 {url}。")
    with ProgressDisplay(urlsplit(url).netloc) as display:
        summary = crawl(crawl_options, run, display)
    if summary.void is not None:
        raise PortalUnreachable(f"{summary.void}首页打不开时看不出是这一页、整个网站还是线路的问题。")


def _part(run: RunFolder, url: str, pins: Pins) -> Part:
    """What the address turned out to be, with the portal put together around it."""
    assemble_run(run, pins)
    with FactsStore.open(run.facts) as store:
        unit = unlisted_unit(store, url)
    if unit is not None:
        assemble_run(run, with_unit(pins, unit))
    with FactsStore.open(run.facts) as store:
        part = subject_of(store, url)
        if part is None:
            fate = store.fate(url)
            raise PortalUnreachable(_unopened(url, fate.reason, len(store.tries(url)), confirmed=fate.opened is False))
        return part


def _unopened(url: str, reason: str, tries: int, *, confirmed: bool) -> str:
    why = reason_word(reason) if reason else "原因不明"
    if confirmed:
        return f"{url} 打不开：{why}，隔开时间看了 {tries} 次都是这样，首页正常。"
    return f"{url} 没有看到（{why}），不能说它有问题，请过后再查。"


def _shown(known: Background, url: str) -> dict[str, str]:
    return {"抽查": url, "单位和栏目的依据": known.run or "页面自己的导航和名称"}


def _print(judged: Judged, part: Part, run: RunFolder, url: str, *, seconds: float, as_json: bool) -> None:
    for error in judged.rule_errors:
        say(f"规则出错：{error}")
    text = spot_json(judged.result, part, url, run.path) if as_json else spot_text(judged.result, part, url, run.path)
    click.echo(text)
    say(f"用时 {seconds:.1f} 秒，请求 {judged.result.requests} 次。")
