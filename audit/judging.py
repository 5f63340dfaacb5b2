"""What follows a crawl: judge a stored run, write its reports, say how it ended."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.clock import now
from audit.deadlines import load_deadlines
from audit.folders import SCREENSHOTS_NAME, RunFolder, check_output, find_run
from audit.history import REJUDGED
from audit.probe_book import copy_series
from audit.run import (
    EXIT_UNREACHABLE,
    Judged,
    JudgeSettings,
    assemble_run,
    judge_run,
    previous_scores,
    start_url,
    stored_as_of,
    stored_pins,
)
from audit.summary import summary
from audit.terminal import say, step
from reports.result import CONTACT, AuditResult
from rules.loader import load_packs

if TYPE_CHECKING:
    from audit.gather import CrawlOptions


def judge_crawled(run: RunFolder, settings: JudgeSettings, crawl_options: "CrawlOptions", out: Path, data: Path) -> int:
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


def _shown(options: "CrawlOptions", unmatched: tuple[str, ...] = (), contact: str = "") -> dict[str, str]:
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
        from reports.render import render_report  # noqa: PLC0415  loads the templates

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
