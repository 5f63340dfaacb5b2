"""``zhaocuo probe``: one round of a monitor over home pages, kept for the rule on availability."""

from collections.abc import Sequence
from pathlib import Path

import click

from audit.clock import now
from audit.portal_target import portal_of
from audit.probe_book import ProbeBook
from audit.run import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREACHABLE
from audit.terminal import say
from audit.wording import plain
from crawler.facts import Probe
from crawler.vocabulary import load
from rules.words import reason_word


def run_probe(targets: Sequence[str], data: Path, *, canaries: Sequence[str], seconds: float, allow_private: bool) -> int:
    """Look once at every portal, keep it, say it: 0 all open, 1 some are not, 4 our own line is down."""
    from crawler.probing import OWN_LINE, ProbeOptions, run_probes  # noqa: PLC0415  loads Scrapy

    urls = tuple(dict.fromkeys(portal_of(target).url for target in targets))
    checked = tuple(portal_of(canary).url for canary in canaries) or None
    with ProbeBook(data) as book:
        probes = run_probes(ProbeOptions(urls=urls, canaries=checked, seconds=seconds, allow_private=allow_private))
        looks = list(zip(urls, probes, strict=True))
        book.add(looks, keep_days=load("probing")["keep_days"], now=now())
    for url, probe in looks:
        click.echo(_line(url, probe))
    if all(probe.reason == OWN_LINE for probe in probes):
        say("一个都没有打开，用来对照的网站也打不开：是检查方自己的线路，这一次不算。")
        return EXIT_UNREACHABLE
    return EXIT_FINDINGS if any(probe.opened is False for probe in probes) else EXIT_CLEAN


def _line(url: str, probe: Probe) -> str:
    if probe.opened:
        return plain(f"打开　{probe.seconds:.1f} 秒　{url}")
    word = "不算" if probe.opened is None else "没有打开"
    return plain(f"{word}　{probe.seconds:.1f} 秒　{url}　{reason_word(probe.reason)}")
