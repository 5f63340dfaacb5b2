"""有效性: normative documents that do not say whether they are in force."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.facts import PageFacts
from rules.documents import DocumentWords
from rules.model import Context, Judgement, Outcome
from rules.pages import is_article, of_page, stands_blank
from rules.registry import CheckParams, survey
from rules.siblings import Families
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelParams(CheckParams):
    words: DocumentWords
    min_siblings: int
    """Documents that must carry the label before one without it is accused."""
    min_share: float


@survey(
    "validity-label",
    params=LabelParams,
    fields={Outcome.PASSED: ("validity",), Outcome.FAILED: ("reason",), Outcome.CANT_TELL: ("reason",)},
    pages=is_article,
)
def validity_label(params: LabelParams, context: Context) -> "_Labels":  # noqa: ARG001 – the shape of every survey
    """国办发〔2018〕37号: only documents of columns for 规范性文件; internal rules of an organ are none."""
    return _Labels(params)


class _Labels:
    def __init__(self, params: LabelParams) -> None:
        self.params = params
        self.families = Families(params.min_siblings, params.min_share)

    def see(self, page: PageFacts) -> Judgement | None:
        if not page.has_head_block or not self.params.words.is_normative(page):
            return None
        siblings = self.families.of("")
        if page.validity.value:
            siblings.shown += 1
            return of_page(page, Outcome.PASSED, validity=page.validity.value)
        if page.head_scripted:
            return of_page(page, Outcome.CANT_TELL, reason=reason_word("scripted"))
        blank = stands_blank(page.validity)
        said = reason_word("validity-blank" if blank else "validity-absent")
        accused = of_page(page, Outcome.FAILED, quote=page.validity.raw, where="head", reason=said)
        if blank:
            return accused
        siblings.lacks(accused, of_page(page, Outcome.CANT_TELL, reason=reason_word("template-without")))
        return None

    def end(self) -> Iterator[Judgement]:
        return self.families.judgements()
