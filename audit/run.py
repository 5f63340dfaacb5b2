"""One audit from start to end: crawl, assemble, judge, total, show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from audit.bookkeeping import Booking
from audit.books import open_books
from audit.clock import now
from audit.compose import RunInfo, compose
from audit.deadlines import DeadlineRules, load_deadlines
from audit.errors import AuditError, PortalUnreachable, RunNotFound
from audit.folders import SAMPLE_SETTING, RunFolder, list_runs
from audit.part import Part, PartFacts
from audit.part_judging import evaluate_part
from audit.pictures import with_screenshots
from audit.sampling import shown as sample_words
from audit.waivers import with_waivers
from crawler.assembly import assemble
from crawler.attached_reports import adopt_attached_reports
from crawler.pins import Pins
from crawler.same_answers import mark_same_answers
from crawler.store import FactsStore
from crawler.store.portal_answers import SITE_SEARCH, TRANSPORT, search_of, transport_of
from reports.result import AuditResult, ResultInvalid, read_result
from rules.engine import evaluate
from rules.loader import load_packs
from rules.model import Evaluation, Looks, Pack, Watch

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_RULE_ERROR, EXIT_UNREACHABLE = 0, 1, 2, 3, 4


def program_version() -> str:
    return version("zhaocuo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Result of judging one run, and what the terminal has to say of it."""

    result: AuditResult
    rule_errors: tuple[str, ...] = ()
    looks: Looks = field(default_factory=dict)
    """What was said of the watched subjects."""
    ledger_words: tuple[str, ...] = ()
    """What the ledger has to say, in whole sentences."""
    ledger_failed: bool = False
    """The run is judged and stored, and not in the ledger."""
    unmatched_pins: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 nothing failed, 1 findings, 3 some rules in error or the ledger out of reach, 4 void."""
        if self.result.void:
            return EXIT_UNREACHABLE
        if self.rule_errors or self.ledger_failed:
            return EXIT_RULE_ERROR
        failed = any(finding.outcome == "failed" for unit in self.result.units for finding in unit.findings)
        return EXIT_FINDINGS if failed else EXIT_CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeSettings:
    """What judging depends on beside the facts."""

    as_of: date
    packs: tuple[str, ...] = ()
    pins: Pins = field(default_factory=Pins)
    previous: Mapping[str, float] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    deadlines: DeadlineRules = field(default_factory=load_deadlines)
    data: Path | None = None
    """Data folder whose ledger takes part; None: none does."""
    watch: Watch | None = None
    """Subjects of which :attr:`Judged.looks` tells; None: those of the ledger's tickets."""
    merge: bool = True
    """False: the ledger is asked and told nothing, because the run is judged otherwise than it was meant."""


def assemble_run(run: RunFolder, pins: Pins) -> tuple[str, ...]:
    """Put the portal together out of the stored pages and store that too; returns corrections that fit nothing.

    Raises :class:`PortalUnreachable` when the home page was never read.
    """
    with FactsStore.open(run.facts) as store:
        start = start_url(run)
        mark_same_answers(store)
        adopt_attached_reports(store)
        site = assemble(store, start, pins)
        if site.portal.home is None:
            facts = store.run_facts()
            why = facts.void or "原因见运行目录中的 crawl.log"
            raise PortalUnreachable(f"{start} 的首页没有打开（{why}），本次没有检查任何内容，请核对网址后重试。")
        portal = replace(
            site.portal,
            transport=transport_of(store.get_meta(TRANSPORT)),
            search=search_of(store.get_meta(SITE_SEARCH)),
        )
        store.save_assembly(portal, site.departments, site.columns)
        return site.unmatched_pins


def judge_run(run: RunFolder, settings: JudgeSettings) -> Judged:
    """Judge the stored facts of ``run`` and take it into the ledger; writes ``result.json`` into the run folder.

    A ledger that fails costs nothing but itself: the run is judged all the same, and can be merged later. A run that looked at
    a part of the portal only (spot check, sample) takes no part in it.
    """
    packs = load_packs(settings.packs or None)
    corrected = {"工作日历": "按数据目录里的 deadlines.yaml 更正过"} if settings.deadlines.corrected else {}
    stored = run.read_settings()
    part = Part.of(stored)
    with FactsStore.open(run.facts) as store, open_books(settings.data if part is None else None, now()) as books:
        portal_url, facts = store.portal.url, store.run
        evaluation = _evaluate(store, packs, settings.as_of, part, settings.watch or books.watch(portal_url))
        store.name_addresses(evaluation.named)
        evaluation = with_waivers(evaluation, books.waived(store, settings.as_of))
        result = compose(
            store if part is None else PartFacts(store, part),
            packs,
            evaluation,
            RunInfo(
                name=run.name,
                as_of=settings.as_of,
                started=facts.started,
                finished=facts.finished,
                version=program_version(),
                settings={**settings.shown, **sample_words(stored), **corrected},
                calendar=settings.deadlines.calendar,
                previous=settings.previous,
            ),
        )
        result = books.book(
            Booking(
                run=run,
                store=store,
                packs=packs,
                evaluation=evaluation,
                result=result,
                as_of=settings.as_of,
                merge=settings.merge and part is None,
            ),
            now(),
        )
    result = with_screenshots(result, run)
    store_result(run, result)
    return Judged(
        result=result,
        rule_errors=evaluation.errors,
        looks=evaluation.looks,
        ledger_words=tuple(books.words),
        ledger_failed=books.failed,
    )


def store_result(run: RunFolder, result: AuditResult) -> None:
    """Write ``result.json``, whole or not at all."""
    draft = run.result.with_suffix(".draft")
    draft.write_text(result.model_dump_json(by_alias=True, indent=1), encoding="utf-8")
    draft.replace(run.result)


def _evaluate(store: FactsStore, packs: Sequence[Pack], as_of: date, part: Part | None, watch: Watch | None) -> Evaluation:
    return evaluate(store, packs, as_of, watch) if part is None else evaluate_part(store, packs, as_of, part, watch)


def start_url(run: RunFolder) -> str:
    """Home page the run started from."""
    url = run.read_settings().get("start_url")
    if not isinstance(url, str):
        raise RunNotFound(f"{run.path} 的设置里没有起始地址，无法使用。")
    return url


def previous_scores(data: Path, url: str, run: RunFolder) -> dict[str, float]:
    """Lowest score by unit name of the last trustworthy run of the same portal; ``""`` is the portal itself."""
    host = urlsplit(url).netloc
    for earlier in reversed(list(list_runs(data))):
        if earlier.name == run.name or not earlier.result.is_file() or SAMPLE_SETTING in earlier.read_settings():
            continue
        try:
            result = read_result(earlier.result)
        except ResultInvalid:
            continue
        if urlsplit(result.portal.url).netloc == host and not result.void:
            return {
                ("" if unit.kind == "portal" else unit.name): unit.score.low
                for unit in result.units
                if unit.score.verdict != "未检测"
            }
    return {}


def stored_pins(run: RunFolder) -> Pins:
    """Corrections the run was started with."""
    from pydantic import TypeAdapter  # noqa: PLC0415  half a second that most commands can do without

    raw = run.read_settings().get("pins")
    return TypeAdapter(Pins).validate_python(raw) if raw else Pins()


def stored_as_of(run: RunFolder) -> date:
    """Audit date of the run; raises :class:`AuditError` when its settings hold none."""
    raw = run.read_settings().get("as_of")
    try:
        return date.fromisoformat(str(raw))
    except ValueError as error:
        raise AuditError(f"{run.path} 的设置里没有可用的检查日期，请用 --as-of 指定。") from error
