"""文章页头: whether the head of an article shows the value that the articles made like it show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.facts import PageFacts, Read
from rules.model import Context, Judgement, Outcome
from rules.pages import HEAD_STRATEGIES, is_article, of_page, stands_blank
from rules.registry import CheckParams, survey
from rules.siblings import Families, Siblings
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    value: Literal["date", "source", "index_number"]
    min_siblings: int
    """Articles of the same template that must show the value before one without it is accused."""
    min_share: float
    """Share of them that must show it, 0 to 1."""


@survey(
    "article-head-value",
    params=Params,
    fields={Outcome.PASSED: ("value",), Outcome.FAILED: ("siblings",), Outcome.CANT_TELL: ("reason",)},
    pages=is_article,
)
def article_head_value(params: Params, context: Context) -> "_HeadValues":  # noqa: ARG001 – the shape of every survey
    """Nothing there and not read are two things: siblings that show the value prove that we can read it in this template."""
    return _HeadValues(params)


class _HeadValues:
    def __init__(self, params: Params) -> None:
        self.params = params
        self.families = Families(params.min_siblings, params.min_share)

    def see(self, page: PageFacts) -> Judgement | None:
        if self.params.value == "index_number" and (not page.has_head_block or _holds_rubbish(page.index_number)):
            return None
        shown = _shown(page, self.params.value)
        if shown:
            for sign in ("", *_signs(page, self.params.value)):
                self._siblings(page, sign).shown += 1
            return of_page(page, Outcome.PASSED, value=shown)
        doubt = _doubt(page, self.params.value)
        if doubt not in {"", "gap", *_signs(page, self.params.value)}:
            return of_page(page, Outcome.CANT_TELL, reason=reason_word(doubt))
        # What casts doubt on this page stands on siblings too that show the value all the same: then it is no reason.
        # An empty place that the server fills on them is filled by no script here.
        self._siblings(page, doubt).lacks(
            of_page(page, Outcome.FAILED, where="head", siblings=self.params.min_siblings),
            of_page(page, Outcome.CANT_TELL, reason=reason_word("scripted" if doubt == "gap" else doubt or "template-without")),
        )
        return None

    def _siblings(self, page: PageFacts, sign: str) -> Siblings:
        """Pages of the same template, all with a head block or all without; with ``sign`` those that bear it too."""
        block = "block" if page.has_head_block else ""
        return self.families.of(f"{page.template} {block} {sign}")

    def end(self) -> Iterator[Judgement]:
        return self.families.judgements()


def _signs(page: PageFacts, value: str) -> list[str]:
    """Signs of the page that a script may show the value: one in its head, a tag that holds it; ``gap``: the server shows it."""
    of_source = value == "source"
    tagged = of_source and page.tags.get("ContentSource")
    by_server = of_source and page.content_source.value and not page.head_scripted
    return ["scripted"] * page.head_scripted + ["tag-only"] * bool(tagged) + ["gap"] * bool(by_server)


def _holds_rubbish(read: Read[str]) -> bool:
    """Something that is no number stands there (``null``): bad-index-number is about it, and nothing is lacking."""
    return read.value is None and any(char.isascii() and char.isalnum() for char in read.raw)


def _shown(page: PageFacts, value: str) -> str:
    if value == "date":
        shown = page.published.value if page.published.strategy in HEAD_STRATEGIES else None
        # A letter is dated by the day on which it came (来信时间).
        return shown or page.written.value or page.updated.value or page.asked.value or ""
    if value == "source":
        return page.content_source.value or page.publisher.value or ""
    return page.index_number.value or ""


def _doubt(page: PageFacts, value: str) -> str:
    """Why what is missing may be there all the same; ``""``: it is not."""
    read: Read[str] = page.index_number if value == "index_number" else page.content_source
    if page.head_scripted:
        return "gap" if value == "source" and read.strategy == "gap" else "scripted"
    if value == "date":
        if page.published.strategy in {"label-unread", "script-today"}:
            return "unreadable-dates"
        return "" if page.published.strategy in {"", "label", "meta", "meta-build", "url"} else "unreadable-dates"
    if read.raw and not stands_blank(read):
        return "unclear-value"
    return "tag-only" if value == "source" and page.tags.get("ContentSource") else ""
