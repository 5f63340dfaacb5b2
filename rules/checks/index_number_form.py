"""索引号填写有误: a head block whose index number was never filled in by the system."""

from dataclasses import dataclass

from crawler.facts import PageFacts
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_article, of_page
from rules.patterns import SafePattern
from rules.registry import CheckParams, check


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    bad: SafePattern
    """What only a fault of the system writes into an index number."""


@check(
    "index-number-form",
    subject=Subject.PAGE,
    params=Params,
    fields={Outcome.PASSED: ("number",), Outcome.FAILED: ("number",)},
    pages=is_article,
)
def index_number_form(page: PageFacts, params: Params, context: Context) -> Judgement | None:  # noqa: ARG001
    """null02D/01A…: no national pattern exists, so only what cannot be a number is accused."""
    raw = page.index_number.raw or page.index_number.value or ""
    if not raw:
        return None
    outcome = Outcome.FAILED if params.bad.search(raw) else Outcome.PASSED
    return of_page(page, outcome, quote=raw, where="head", number=raw)
