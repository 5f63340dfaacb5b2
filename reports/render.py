"""A result becomes the report set: overview, one scorecard per 单位, workbook, JSON."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import figures, records
from reports.appendix import exhibits
from reports.errors import OutputUnwritable
from reports.files import Writer, text_writer, write_set
from reports.kept_templates import KeptTemplates
from reports.notice import make_notice, read_template, write_notice
from reports.overview import make_overview
from reports.pdf import Printer, printer
from reports.progress import Ledger
from reports.result import AuditResult, Unit
from reports.shots import embed, wanted
from reports.slugs import unique_slugs
from reports.standing import listed_name
from reports.text import clean_result
from reports.view import Method, make_method, make_scorecard
from reports.voided import unconfirmed
from reports.workbook import write_workbook

__all__ = ["Extras", "OutputUnwritable", "ReportSet", "render_report"]

FOLDER = Path(__file__).parent
MAX_PAGE_BYTES = 4_900_000
"""A scorecard is mailed on: with its pictures it stays below 5 MB."""
WORKBOOK = "台账.xlsx"
DOWNLOADS = (
    (WORKBOOK, "台账（总表、问题清单、栏目更新、未检测项）"),
    ("findings.jsonl", "问题和线索，一行一条"),
    ("tickets.json", "整改工单"),
    ("run.json", "检查过程的数据"),
    ("result.json", "完整结果，可重新生成本报告"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What a report set may hold beyond the files that are always in it."""

    notices: bool = False
    """A 整改通知书 (``notices/<slug>.docx``) for every 单位 that has something to mend."""
    notice_template: Path | None = None
    """The office's own form; None: the shipped one."""
    pdf: bool = False
    """The first page of every scorecard as ``departments/<slug>.pdf``."""
    exhibits: bool = False
    """Scorecards end with all their evidence."""


NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFiles:
    """One kind of files of which every 单位 concerned has its own; the overview's downloads lead to them."""

    title: str
    files: tuple[tuple[str, str], ...]
    """(address, 单位)"""

    @classmethod
    def of(cls, title: str, files: Mapping[str, Unit], place: str = "") -> "UnitFiles":
        return cls(title=title, files=tuple((quote(name) + place, listed_name(unit)) for name, unit in files.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSet:
    """Where everything was written."""

    out: Path
    index: Path
    scorecards: tuple[Path, ...]
    """In the order of ``result.units``."""
    workbook: Path
    findings: Path
    tickets: Path
    result: Path
    run: Path


def render_report(result: AuditResult, out: Path, *, screenshots: Path | None = None, extras: Extras = NO_EXTRAS) -> ReportSet:
    """Write the whole report set into ``out``, which is made when it is missing.

    ``screenshots``: the folder of that name beside the result; pictures in it are put into the scorecards.

    The same result gives the same bytes (a PDF excepted). Raises :class:`OutputUnwritable`, ``NoticeUnwritable`` or
    ``PdfUnavailable`` with one Chinese sentence when something cannot be made or written; then nothing in ``out`` has changed.
    """
    clean = clean_result(result)
    shown = unconfirmed(clean)
    slugs = unique_slugs([unit.slug or unit.name for unit in shown.units])
    cards = [f"departments/{slug}.html" for slug in slugs]
    pages = _Pages(
        result=shown, method=make_method(shown), ledger=Ledger.of(shown), screenshots=screenshots, exhibits=extras.exhibits
    )
    notices = {
        f"notices/{slug}.docx": unit
        for slug, unit in zip(slugs, shown.units, strict=True)
        if extras.notices and any(finding.outcome in {"failed", "lead"} for finding in unit.findings)
    }
    prints = {_printed(name): unit for name, unit in zip(cards, shown.units, strict=True) if extras.pdf}
    appendices = {name: unit for name, unit in zip(cards, shown.units, strict=True) if extras.exhibits and exhibits(unit)}
    sets = [
        UnitFiles.of("整改通知书（Word）", notices),
        UnitFiles.of("检查报告首页（PDF）", prints),
        UnitFiles.of("证据附录", appendices, "#exhibits"),
    ]
    files: dict[str, Writer] = {name: partial(pages.card, unit) for name, unit in zip(cards, shown.units, strict=True)}
    files |= {
        WORKBOOK: partial(write_workbook, shown),
        "findings.jsonl": text_writer(partial(records.findings_jsonl, clean)),
        "tickets.json": text_writer(partial(records.tickets_json, clean)),
        "result.json": text_writer(partial(records.result_json, clean)),
        "run.json": text_writer(partial(records.run_json, clean)),
        # The overview last: it must never point to a scorecard that is not there yet.
        "index.html": partial(pages.overview, cards, [each for each in sets if each.files]),
    }
    if extras.notices:
        template = read_template(extras.notice_template)
        files |= {name: partial(write_notice, make_notice(unit, shown), template) for name, unit in notices.items()}
    with printer() if extras.pdf else nullcontext() as browser:
        if browser is not None:
            # Printed from the pages that were just written beside them.
            files |= dict.fromkeys(prints, partial(_print_card, browser))
        write_set(out, files)
    return ReportSet(
        out=out,
        index=out / "index.html",
        scorecards=tuple(out / name for name in cards),
        workbook=out / WORKBOOK,
        findings=out / "findings.jsonl",
        tickets=out / "tickets.json",
        result=out / "result.json",
        run=out / "run.json",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """Writers of the HTML pages, and what all of them share."""

    result: AuditResult
    method: Method
    ledger: Ledger
    screenshots: Path | None
    exhibits: bool

    def card(self, unit: Unit, path: Path) -> None:
        view = make_scorecard(unit, self.result, self.method, self.ledger)
        values = {"view": view, "shots": {}, "appendix": exhibits(unit) if self.exhibits else ()}
        page = _page("scorecard.html.j2", values)
        if self.screenshots is not None and wanted(view.cards):
            # Pictures take the room that everything else leaves.
            shots = embed(view.cards, self.screenshots, MAX_PAGE_BYTES - len(page.encode()))
            page = _page("scorecard.html.j2", values | {"shots": shots})
        _write(page, path)

    def overview(self, cards: Sequence[str], sets: "Sequence[UnitFiles]", path: Path) -> None:
        view = make_overview(self.result, [quote(name) for name in cards], self.method)
        downloads = [(quote(name), name, text) for name, text in DOWNLOADS]
        _write(_page("overview.html.j2", {"view": view, "downloads": downloads, "unit_files": sets}), path)


def _printed(card: str) -> str:
    return f"{card.removesuffix('.html')}.pdf"


def _print_card(browser: Printer, path: Path) -> None:
    browser.print_first_page(path.with_suffix(".html"), path)


def _page(template: str, values: Mapping[str, object]) -> str:
    return environment().get_template(template).render(values)


def _write(page: str, path: Path) -> None:
    """In one piece: a write for each of a page's thousands of parts takes longer than making them."""
    path.write_text(page, encoding="utf-8", newline="\n")


@cache
def environment() -> Environment:
    """Built once for all pages; a name a template does not get is an error, not a blank."""
    env = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=KeptTemplates(),
    )
    style = "".join(_static(name) for name in ("page.css", "charts.css", "parts.css", "print.css"))
    script = _static("report.js")
    env.globals |= {
        "style": Markup(style),  # noqa: S704  our own file from the package, never page text
        "script": Markup(script),  # noqa: S704  as above
        "policy": content_policy(style, script),
        "figures": figures,
    }
    return env


def content_policy(style: str, script: str) -> str:
    """What a page may do: show itself, run our one script, load nothing and send nothing, from disk as from a server."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _static(name: str) -> str:
    return (FOLDER / "static" / name).read_text(encoding="utf-8")
