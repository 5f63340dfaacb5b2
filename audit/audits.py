"""The commands that crawl, judge and report: each does its steps in order and says what it does."""

import csv
import stat
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from audit.books import ledger_state
from audit.deadlines import load_deadlines
from audit.errors import PortalUnreachable
from audit.folders import RESULT_NAME, SCREENSHOTS_NAME, RunFolder, check_output, find_run, list_runs, new_run
from audit.gather import CrawlOptions, crawl
from audit.history import REJUDGED
from audit.new_media import read_accounts
from audit.portal_file import PortalFile, portal_of
from audit.portal_writer import write_portal_file
from audit.probe_book import copy_series
from audit.revisiting import longest_wait
from audit.run import (
    EXIT_CLEAN,
    EXIT_UNREACHABLE,
    Judged,
    JudgeSettings,
    assemble_run,
    judge_run,
    now,
    previous_scores,
    start_url,
    stored_as_of,
    stored_pins,
)
from audit.sampling import SETTING as SAMPLE
from audit.summary import summary
from audit.terminal import ProgressDisplay, say, step
from crawler.store import FactsStore
from reports.anonymous import blind
from reports.render import NO_EXTRAS, Extras, render_report
from reports.result import CONTACT, AuditResult, read_result
from rules.loader import load_packs

DEFAULT_OUT = Path("zhaocuo-report")


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
    loaded = load_packs(packs or None)  # a broken pack is found before hours of crawling, not after
    deadlines = load_deadlines(options.data)
    as_of = options.as_of or now().date()
    out = options.out or DEFAULT_OUT
    check_output(out)
    run = new_run(options.data, portal.url, now())
    crawl_options = replace(_crawl_options(portal, options), revisit_days=longest_wait(loaded))
    for sentence in ledger_state(options.data, now()):
        say(sentence)
    run.write_settings(_settings(crawl_options, portal, as_of, packs) | {"screenshots": options.screenshots})
    crawl_into(crawl_options, run)
    judging = JudgeSettings(as_of=as_of, packs=packs, pins=portal.pins, deadlines=deadlines)
    return judge_crawled(run, judging, crawl_options, out, options.data)


def judge_crawled(run: RunFolder, settings: JudgeSettings, crawl_options: CrawlOptions, out: Path, data: Path) -> int:
    """Assemble and judge a run whose crawl is over, and show it; returns the exit code."""
    copy_series(data, run, crawl_options.start_url)
    with step("整理单位和栏目"):
        unmatched = assemble_run(run, settings.pins)
    for sentence in unmatched:
        say(sentence)
    with step("判断"):
        previous = previous_scores(data, crawl_options.start_url, run)
        shown = _shown(crawl_options, unmatched, str(run.read_settings().get("appeal_contact") or ""))
        judged = judge_run(run, replace(settings, previous=previous, shown=shown, data=data))
    if run.read_settings().get("screenshots"):
        from audit.screenshots import take_screenshots  # noqa: PLC0415  loads playwright

        with step("给证据截图"):
            judged = replace(judged, result=take_screenshots(run, judged.result))
    return _finish(judged, out, run)


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
    with step("整理单位和栏目"):
        unmatched = assemble_run(run, portal.pins)
    for sentence in unmatched:
        say(sentence)
    with FactsStore.open(run.facts) as store:
        write_portal_file(store, out, now().date())
        click.echo(f"找到 {len(store.departments())} 个单位、{sum(1 for _ in store.columns())} 个栏目，写在 {out}。")
    return EXIT_CLEAN


def run_judge(name: str, *, out: Path | None, data: Path, as_of: date | None, packs: tuple[str, ...], re_extract: bool) -> int:
    """Judge a stored run again, without the network."""
    run = find_run(data, name)
    load_packs(packs or None)
    if out is not None:
        check_output(out)
    if re_extract:
        from crawler.reextract import reextract  # noqa: PLC0415  loads the extractors

        with step("从存证重新读取页面"):
            reread = reextract(run.path)
        if reread.kept:
            say(f"有 {reread.kept} 处存证读不出来，沿用了原来读到的内容。")
        assemble_run(run, stored_pins(run))
    settings = run.read_settings()
    stored = settings.get("packs")
    chosen = packs or (tuple(map(str, stored)) if isinstance(stored, list) else ())
    shown = {CONTACT: str(settings["appeal_contact"])} if settings.get("appeal_contact") else {}
    if as_of or packs or re_extract:
        shown[REJUDGED] = now().isoformat()
    judged = judge_run(
        run,
        JudgeSettings(
            as_of=as_of or stored_as_of(run),
            packs=chosen,
            previous=previous_scores(data, start_url(run), run),
            shown=shown,
            deadlines=load_deadlines(data),
            data=data,
            merge=not (as_of or packs or re_extract),
        ),
    )
    return _finish(judged, out, run)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """Words of ``zhaocuo report``."""

    source: str
    out: Path | None = None
    data: Path
    extras: Extras = NO_EXTRAS
    anonymous: bool = False
    serve: bool = False
    port: int = 0


def run_report(options: ReportOptions) -> int:
    """Render a stored result again; with ``serve`` show it on loopback until the operator ends it."""
    path = Path(options.source)
    if not path.is_file():
        path = find_run(options.data, options.source).result if not (path / RESULT_NAME).is_file() else path / RESULT_NAME
    result = read_result(path)
    out = options.out or DEFAULT_OUT
    check_output(out)
    if options.anonymous:
        # Pictures show addresses and names: a blind report has none.
        hidden = blind(result)
        render_report(hidden.result, out, extras=options.extras)
        key = _write_key(hidden.key, out)
        click.echo(f"盲审报告：{out / 'index.html'}\n单位对照表：{key}（不要和报告一起发出）")
    else:
        render_report(result, out, screenshots=path.parent / SCREENSHOTS_NAME, extras=options.extras)
        click.echo(summary(result, out))
    if options.serve:
        _serve(out, options.port)
    return EXIT_CLEAN


def _write_key(key: tuple[tuple[str, str], ...], out: Path) -> Path:
    """Who is who, beside the report's folder and never in it: the folder is what is sent around."""
    path = out.resolve().parent / f"{out.resolve().name}-单位对照表.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("代号", "单位"), *((code, name) for code, name in key)])
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return path


def _serve(out: Path, port: int) -> None:
    from audit.serving import make_server  # noqa: PLC0415  only this option needs it

    with make_server(out, port) as server:
        say(f"报告在 http://127.0.0.1:{server.server_address[1]}/ ，只有本机能打开；按 Ctrl+C 结束。")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("已结束。")


def _with_accounts(portal: PortalFile, accounts: Path | None) -> PortalFile:
    """``portal`` with the accounts of the list named on the command line."""
    return portal if accounts is None else replace(portal, pins=replace(portal.pins, new_media=read_accounts(accounts)))


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
            SAMPLE not in settings
            and isinstance(started, str)
            and urlsplit(started).netloc == host
            and run.result.is_file()
            and not read_result(run.result).void
        ):
            return run.path
    return None


def crawl_into(options: CrawlOptions, run: RunFolder) -> None:
    say(f"开始抓取 {options.start_url}，运行目录 {run.path}。")
    with ProgressDisplay(urlsplit(options.start_url).netloc) as display:
        summary_ = crawl(options, run, display)
    if not summary_.pages:
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


def _shown(options: CrawlOptions, unmatched: tuple[str, ...] = (), contact: str = "") -> dict[str, str]:
    """Settings the report prints; ``unmatched`` are corrections of portal.yaml that fit nothing any more."""
    shown = {"请求间隔": f"{options.delay:g} 秒", "同一主机并发": str(options.per_host), "页数上限": str(options.max_pages)}
    if options.departments:
        shown["只检查这些单位"] = "、".join(options.departments)
    if not options.browser:
        shown["浏览器"] = "没有使用"
    if contact:
        shown[CONTACT] = contact
    if unmatched:
        shown["对不上的更正"] = "".join(unmatched)
    return shown


def _finish(judged: Judged, out: Path | None, run: RunFolder) -> int:
    result: AuditResult = judged.result
    if out is not None:
        with step("写报告"):
            render_report(result, out, screenshots=run.path / SCREENSHOTS_NAME)
    for sentence in judged.ledger_words:
        say(sentence)
    for error in judged.rule_errors:
        say(f"规则出错：{error}")
    click.echo(summary(result, out, run.path))
    if result.void:
        say(f"本次运行不可信，已作废：{result.void}")
        return EXIT_UNREACHABLE
    return judged.exit_code
