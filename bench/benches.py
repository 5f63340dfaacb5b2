"""The named benches, in the order they run; each yields rows of the table or raises :class:`Skipped`."""

import json
import statistics
import sys
from collections.abc import Callable, Iterator

from bench.inside import extract, judge_stored
from bench.peers import PEERS, shares
from bench.processes import Cost, measure
from bench.storage import storage_rows
from bench.synthetic import big_result
from bench.yard import PROGRAM, Row, Skipped, Yard, dead_link_shares, zhaocuo

FLOOR = "bare fetch, wall"
PLAIN = "plain Scrapy, wall"
AUDIT = "audit, wall"
_SLOW_MS = 50
_PORTALS = 8
_POLITE_SECONDS = 0.2


def startup(_yard: Yard) -> Iterator[Row]:
    """What every call pays before it does anything."""
    yield Row(name="python, start-up", figure=measure([sys.executable, "-c", "pass"]).wall, unit="s")
    yield Row(name="zhaocuo --help, start-up", figure=zhaocuo([PROGRAM, "--help"]).wall, unit="s", against="python, start-up")


def floor(yard: Yard) -> Iterator[Row]:
    """Every address of the portal fetched once, nothing parsed."""
    cost = _finished(measure([sys.executable, "-m", "bench.floor", yard.base, yard.paths()]), "bare fetch")
    yield from _crawl_rows("bare fetch", cost, yard, FLOOR)


def plain(yard: Yard) -> Iterator[Row]:
    """Scrapy as its tutorial shows it: all links followed, nothing judged or stored."""
    cost = _finished(measure([sys.executable, "-m", "bench.plain_spider", yard.base]), "plain Scrapy")
    yield from _crawl_rows("plain Scrapy", cost, yard, FLOOR)


def peers(yard: Yard) -> Iterator[Row]:
    """Public link checkers on the same portal, and what bare fetching costs other programs; what is missing is named."""
    for name, peer in PEERS.items():
        try:
            checked = peer(yard)
        except Skipped as reason:
            sys.stderr.write(f"skipped: {name}: {reason}\n")
            continue
        yield from _crawl_rows(name, checked.cost, yard, PLAIN)
        if checked.dead is not None:
            yield from _dead_rows(name, shares(yard, checked.dead))


def audit(yard: Yard) -> Iterator[Row]:
    """``zhaocuo audit`` with all packs: crawl, confirm, judge, report; then the same in one process."""
    data, out = yard.next_folders()
    yield from _crawl_rows("audit", yard.audit(data, out), yard, PLAIN)
    yield from _dead_rows("audit", dead_link_shares(yard.truth, yard.base, out / "findings.jsonl"))
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    yield Row(name="audit, pages read", figure=run["pages_fetched"] / len(yard.truth.pages), unit="of all pages")
    yield Row(name="audit, requests", figure=run["requests"] / len(yard.addresses()), unit="per address")
    yield from storage_rows(data, len(yard.truth.pages))
    yield from _crawl_rows("audit, one process", yard.audit(*yard.next_folders(), "--jobs", "1"), yard, PLAIN)


def nights(yard: Yard) -> Iterator[Row]:
    """The next nights of the audit's own data: nothing changed, then one page in fifty."""
    data, out = yard.next_folders()
    yield Row(name="first night, wall", figure=yard.audit(data, out).wall, unit="s")
    for name, changed in (("unchanged", 0), ("one page in fifty changed", 50)):
        if changed:
            yard.change_pages(changed)
        cost = yard.audit(data, out.with_name(f"{out.name}-{changed}"))
        yield Row(name=f"next night, {name}, wall", figure=cost.wall, unit="s", against="first night, wall")
        yield Row(name=f"next night, {name}, CPU", figure=cost.cpu * 1_000 / len(yard.truth.pages), unit="ms/page")


def slow(yard: Yard) -> Iterator[Row]:
    """The same portal from a server that takes 50 ms for every answer."""
    with yard.served_slowly(_SLOW_MS):
        cost = _finished(measure([sys.executable, "-m", "bench.floor", yard.base, yard.paths()]), "bare fetch")
        yield Row(name=f"bare fetch, {_SLOW_MS} ms, wall", figure=cost.wall, unit="s")
        cost = yard.audit(*yard.next_folders())
        yield Row(name=f"audit, {_SLOW_MS} ms, wall", figure=cost.wall, unit="s", against=f"bare fetch, {_SLOW_MS} ms, wall")


def several(yard: Yard) -> Iterator[Row]:
    """Portals side by side at five requests a second each: what comes on top of the pauses that politeness asks for."""
    with yard.served_often(_PORTALS) as bases:
        cost, requests = yard.nightly(bases, delay=_POLITE_SECONDS)
    name = f"{len(bases)} portals, {1 / _POLITE_SECONDS:.0f} requests/s each"
    bound = f"{name}, pauses between requests"
    yield Row(name=bound, figure=max(requests) * _POLITE_SECONDS, unit="s")
    yield Row(name=f"{name}, wall", figure=cost.wall, unit="s", against=bound)
    yield Row(name=f"{name}, CPU", figure=cost.cpu / cost.wall, unit="cores")
    yield Row(name=f"{name}, peak memory", figure=cost.peak, unit="MiB")


def judge(yard: Yard) -> Iterator[Row]:
    """``zhaocuo judge`` on the stored run, and the engine alone on its facts."""
    run = yard.run_folder()
    cost = zhaocuo([PROGRAM, "judge", run, "--out", yard.folder / "judged"])
    yield Row(name="judge, wall", figure=cost.wall, unit="s", against=AUDIT)
    yield Row(name="judge, peak memory", figure=cost.peak, unit="MiB")
    yield Row(name="judge, engine alone", figure=judge_stored(run), unit="pages/s")
    yield from _judged_at_two_sizes(yard)


def _judged_at_two_sizes(yard: Yard) -> Iterator[Row]:
    """All packs over stored facts: time grows with the pages, memory does not (pages go by, none is kept)."""
    from bench.judging import judge_sizes  # loads the extractors

    small = max(yard.judged // 5, len(yard.truth.pages))
    first = ""
    for judging in judge_sizes(yard, (small, 5 * small)):
        name = f"judge, {judging.pages} stored pages"
        yield Row(name=f"{name}, engine", figure=judging.seconds, unit="s", against=first and f"{first}, engine")
        yield Row(
            name=f"{name}, rate", figure=judging.pages / judging.seconds, unit="pages/s", against=first and f"{first}, rate"
        )
        yield Row(name=f"{name}, peak memory", figure=judging.peak, unit="MiB", against=first and f"{first}, peak memory")
        yield Row(name=f"{name}, findings", figure=judging.findings, unit="")
        first = first or name


LEDGER_SIZES = (20_000, 100_000)


def ledger(yard: Yard) -> Iterator[Row]:
    """Nights taken into a ledger at two sizes: all new, all known, half of them mended; and all tickets read back."""
    from bench.ledger_nights import nights_of_sizes  # loads the ledger

    first = ""
    for nights in nights_of_sizes(yard.folder, LEDGER_SIZES):
        name = f"ledger, {nights.findings} findings"
        figures = {"all new": nights.new, "all known": nights.still, "half mended": nights.half, "read back": nights.listed}
        for what, seconds in figures.items():
            yield Row(name=f"{name}, {what}", figure=seconds, unit="s", against=first and f"{first}, {what}")
        yield Row(name=f"{name}, peak memory", figure=nights.peak, unit="MiB", against=first and f"{first}, peak memory")
        first = first or name


def report(yard: Yard) -> Iterator[Row]:
    """``zhaocuo report`` on a made-up result of many 单位 with many findings, then on the audit's own run."""
    result, out = yard.folder / "big.json", yard.folder / "big"
    big_result(result, units=yard.units, findings=yard.findings)
    cost = zhaocuo([PROGRAM, "report", result, "--out", out])
    name = f"report of {yard.units} units, {yard.units * yard.findings} findings"
    yield Row(name=f"{name}, wall", figure=cost.wall, unit="s")
    yield Row(name=f"{name}, peak memory", figure=cost.peak, unit="MiB")
    sizes = sorted(path.stat().st_size for path in out.glob("departments/*.html"))
    yield Row(name=f"{name}, median scorecard", figure=statistics.median(sizes) / 2**20, unit="MiB")
    yield Row(name=f"{name}, largest scorecard", figure=sizes[-1] / 2**20, unit="MiB")
    yield Row(name=f"{name}, overview", figure=(out / "index.html").stat().st_size / 2**20, unit="MiB")
    whole = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    yield Row(name=f"{name}, whole set", figure=whole / 2**20, unit="MiB")
    yield from _one_full_scorecard(yard)
    cost = zhaocuo([PROGRAM, "report", yard.run_folder(), "--out", yard.folder / "reported"])
    yield Row(name="report, wall", figure=cost.wall, unit="s", against=AUDIT)


def _one_full_scorecard(yard: Yard) -> Iterator[Row]:
    """The page with most on it: it must stay below 5 MB."""
    result, out = yard.folder / "full.json", yard.folder / "full"
    big_result(result, units=1, findings=500)
    cost = zhaocuo([PROGRAM, "report", result, "--out", out])
    yield Row(name="report of 500 findings of one unit, wall", figure=cost.wall, unit="s")
    largest = max(path.stat().st_size for path in out.glob("departments/*.html"))
    yield Row(name="report of 500 findings of one unit, scorecard", figure=largest / 2**20, unit="MiB")


def extraction(yard: Yard) -> Iterator[Row]:
    """One page through all extractors, over articles and lists of the portal."""
    for kind, timing in extract(yard).items():
        parse = f"extract, {kind}, lxml parse alone"
        yield Row(name=parse, figure=timing.parse_ms, unit="ms/page")
        yield Row(name=f"extract, {kind}, median", figure=timing.median_ms, unit="ms/page", against=parse)
        yield Row(name=f"extract, {kind}, slowest tenth", figure=timing.p90_ms, unit="ms/page")
        yield Row(name=f"extract, {kind}, size", figure=timing.kib, unit="KiB/page")


def _crawl_rows(name: str, cost: Cost, yard: Yard, against: str) -> Iterator[Row]:
    pages = len(yard.truth.pages)
    wall = f"{name}, wall"
    yield Row(name=wall, figure=cost.wall, unit="s", against="" if wall == against else against)
    yield Row(name=f"{name}, rate", figure=pages / cost.wall, unit="pages/s")
    yield Row(name=f"{name}, CPU", figure=cost.cpu * 1_000 / pages, unit="ms/page")
    yield Row(name=f"{name}, peak memory", figure=cost.peak, unit="MiB")


def _dead_rows(name: str, found: tuple[float, float]) -> Iterator[Row]:
    for what, figure in zip(("recall", "precision"), found, strict=True):
        yield Row(name=f"{name}, dead links, {what}", figure=figure, unit="of 1")


def _finished(cost: Cost, name: str) -> Cost:
    if cost.code:
        raise Skipped(f"{name} ended with exit code {cost.code}: {(cost.err.strip() or 'nothing said').splitlines()[-1][:160]}")
    return cost


BENCHES: dict[str, Callable[[Yard], Iterator[Row]]] = {
    "startup": startup,
    "floor": floor,
    "plain": plain,
    "peers": peers,
    "audit": audit,
    "nights": nights,
    "slow": slow,
    "judge": judge,
    "ledger": ledger,
    "report": report,
    "extract": extraction,
    "several": several,
}
