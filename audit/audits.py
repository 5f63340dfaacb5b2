"""The audit: from an address to a stored crawl, and on to its judgement.

While a crawl runs, this process only waits for it: what judges and reports is loaded when the crawl is over.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from audit.clock import now
from audit.errors import PortalUnreachable
from audit.folders import DEADLINES_NAME, DEFAULT_OUT, SAMPLE_SETTING, RunFolder, check_output, list_runs, new_run
from audit.gather import CrawlOptions, crawl
from audit.ledger.standing import is_known
from audit.portal_file import PortalFile
from audit.portal_target import portal_of
from audit.revisiting import longest_wait
from audit.terminal import ProgressDisplay, say, step
from rules.shipped import are_shipped

# ruff: noqa: PLC0415  see above


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """Words of ``zhaocuo audit``; None: not given."""

    target: str | None
    out: Path | None = None
    data: Path
    as_of: date | None = None
    packs: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    delay: float | None = None
    concurrency: int | None = None
    max_pages: int | None = None
    full: bool = False
    allow_private: bool = False
    browser: bool = True
    jobs: int | None = None
    """Processes of the crawl: one fetches and stores, the others read pages; None: as many as there are processors."""
    new_media: Path | None = None
    """CSV file of 政务新媒体 accounts; in the place of the one that portal.yaml names."""
    canaries: tuple[str, ...] = ()
    screenshots: bool = False


def run_audit(options: AuditOptions) -> int:
    """Crawl, assemble, judge, total, show; returns the exit code."""
    assert options.target is not None
    portal = _with_accounts(portal_of(options.target), options.new_media)
    packs = options.packs or portal.packs
    check_settings(packs, options.data)
    as_of = options.as_of or now().date()
    out = options.out or DEFAULT_OUT
    check_output(out)
    run = new_run(options.data, portal.url, now())
    crawl_options = _crawl_options(portal, options)
    if crawl_options.earlier is not None:
        crawl_options = replace(crawl_options, revisit_days=longest_wait(packs))
    _say_of_ledger(options.data)
    run.write_settings(_settings(crawl_options, portal, as_of, packs) | {"screenshots": options.screenshots})
    crawl_into(crawl_options, run)
    from audit.deadlines import load_deadlines
    from audit.judging import judge_crawled
    from audit.run import JudgeSettings

    judging = JudgeSettings(as_of=as_of, packs=packs, pins=portal.pins, deadlines=load_deadlines(options.data))
    return judge_crawled(run, judging, crawl_options, out, options.data)


def check_settings(packs: tuple[str, ...], data: Path) -> None:
    """Find what would stop the judgement before hours of crawling, not after; what comes with the program is sound.

    Raises :class:`~rules.errors.PackInvalid` and :class:`~audit.errors.DeadlinesInvalid`.
    """
    if not are_shipped(packs):
        from rules.loader import load_packs

        load_packs(packs)
    if (data / DEADLINES_NAME).exists():
        from audit.deadlines import load_deadlines

        load_deadlines(data)


def _say_of_ledger(data: Path) -> None:
    """What there is to say of the ledger; nothing of one that is still to be made."""
    if is_known(data):
        from audit.books import ledger_state

        for sentence in ledger_state(data, now()):
            say(sentence)


def run_discover(url: str, out: Path, data: Path, **words: Any) -> int:
    """Crawl, assemble, write portal.yaml."""
    portal = portal_of(url)
    check_output(out.parent)
    run = new_run(data, portal.url, now())
    options = replace(
        _crawl_options(portal, AuditOptions(target=url, data=data, full=True, browser=False, **words)),
        articles=False,
        attachment_bytes=0,
    )
    run.write_settings(_settings(options, portal, now().date(), ()))
    crawl_into(options, run)
    from audit.portal_writer import write_portal_file
    from audit.run import EXIT_CLEAN, assemble_run
    from crawler.store import FactsStore

    with step("整理单位和栏目"):
        unmatched = assemble_run(run, portal.pins)
    for sentence in unmatched:
        say(sentence)
    with FactsStore.open(run.facts) as store:
        write_portal_file(store, out, now().date())
        click.echo(f"找到 {len(store.departments())} 个单位、{sum(1 for _ in store.columns())} 个栏目，写在 {out}。")
    return EXIT_CLEAN


def _with_accounts(portal: PortalFile, accounts: Path | None) -> PortalFile:
    """``portal`` with the accounts of the list named on the command line."""
    if accounts is None:
        return portal
    from audit.new_media import read_accounts

    return replace(portal, pins=replace(portal.pins, new_media=read_accounts(accounts)))


def _crawl_options(portal: PortalFile, options: AuditOptions) -> CrawlOptions:
    """Options of the command line win over those of portal.yaml."""
    return CrawlOptions(
        start_url=portal.url,
        departments=options.departments,
        allow_private=options.allow_private,
        browser=options.browser,
        full=options.full,
        processes=None if options.jobs is None else options.jobs - 1,
        canaries=options.canaries,
        earlier=_earlier(options.data, portal.url),
        seeds=_seeds(portal),
        **portal.pace(delay=options.delay, concurrency=options.concurrency, max_pages=options.max_pages),
    )


def _seeds(portal: PortalFile) -> tuple[str, ...]:
    """Pinned addresses are fetched even when no page links to them."""
    pins = portal.pins
    urls = [pins.xxgk_url, *(unit.url for unit in pins.units), *(url for unit in pins.units for url in unit.columns.values())]
    urls += [column.url for column in pins.columns]
    host = urlsplit(portal.url).hostname
    return tuple(dict.fromkeys(url for url in urls if url and urlsplit(url).hostname == host))


def _earlier(data: Path, url: str) -> Path | None:
    """Folder of the newest earlier run of the same portal."""
    host = urlsplit(url).netloc
    for run in reversed(list(list_runs(data))):
        settings = run.read_settings()
        started = settings.get("start_url")
        if (
            SAMPLE_SETTING not in settings
            and isinstance(started, str)
            and urlsplit(started).netloc == host
            and run.result.is_file()
            and not _is_void(run)
        ):
            return run.path
    return None


def _is_void(run: RunFolder) -> bool:
    from crawler.store import FactsStore

    with FactsStore.open(run.facts) as store:
        return bool(store.run_facts().void)


def crawl_into(options: CrawlOptions, run: RunFolder) -> None:
    say(f"开始抓取 {options.start_url}，运行目录 {run.path}。")
    with ProgressDisplay(urlsplit(options.start_url).netloc) as display:
        summary_ = crawl(options, run, display)
    if not summary_.pages:
        from crawler.store import FactsStore

        with FactsStore.open(run.facts) as store:
            why = store.run_facts().void
        raise PortalUnreachable(why or f"{options.start_url} 没有打开，本次没有检查任何内容，请核对网址和网络后重试。")


def _settings(options: CrawlOptions, portal: PortalFile, as_of: date, packs: tuple[str, ...]) -> dict[str, object]:
    stored = {name: (str(value) if isinstance(value, Path) else value) for name, value in asdict(options).items()}
    return {
        **stored,
        "as_of": as_of.isoformat(),
        "packs": list(packs),
        "pins": asdict(portal.pins),
        "appeal_contact": portal.contact,
    }
