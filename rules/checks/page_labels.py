"""页面标签: labels that the pages of one template lack, told once for the template."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from crawler.facts import PageFacts, PageKind
from rules.model import Context, Judgement, Outcome
from rules.pages import is_article, is_shell, is_whole_page, of_template
from rules.registry import CheckParams, survey

_COLUMNS = frozenset({PageKind.LIST, PageKind.COLUMN})
_FRONTS = frozenset({PageKind.HOME, PageKind.DEPARTMENT})
_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.ANNUAL_REPORT})
_MAX_BARE = 5_000
"""Pages of one template without any label that wait for the end."""
_OPTIONAL = frozenset({"Keywords", "Description", "Author", "Image", "Url"})
"""Every web page has these: they are no sign of the labels of government sites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    pages: Literal["all", "columns", "articles"]
    """Which pages owe the labels; those of columns are due on articles too."""
    labels: tuple[str, ...]
    """Official spellings (国办发〔2017〕47号 附件 网页设计规范)."""
    lead_labels: tuple[str, ...]
    """Labels due beside them that every third site leaves out: a person is told, nobody is accused."""
    min_bare: int
    """So many pages of a template that carry no label at all are no lone page made by hand."""


def may_bear_labels(page: PageFacts) -> bool:
    return is_whole_page(page) and page.depth >= 0 and not is_shell(page)


@survey(
    "page-labels",
    params=Params,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("label",), Outcome.CANT_TELL: ("pages",)},
    pages=may_bear_labels,
)
def page_labels(params: Params, context: Context) -> "_Labels":  # noqa: ARG001 – the shape of every survey
    """Absent and blank are the same fault; a page with no label of any kind is judged only when its template has several."""
    return _Labels(params)


@dataclass(slots=True)
class _Bare:
    count: int = 0
    pages: list[PageFacts] = field(default_factory=list)


class _Labels:
    def __init__(self, params: Params) -> None:
        self.params = params
        self.bare: dict[str, _Bare] = {}

    def see(self, page: PageFacts) -> list[Judgement] | None:
        if not _owes(page, self.params.pages):
            return None
        tags, labels = page.tags, self.params.labels
        missing = [label for label in labels if not tags.get(label)]
        if len(missing) < len(labels) or (self.params.pages == "all" and tags.keys() - _OPTIONAL):
            missing += [label for label in self.params.lead_labels if not tags.get(label)]
            return [self._lacks(page, label) for label in missing] or [of_template(page, Outcome.PASSED)]
        bare = self.bare.setdefault(page.template, _Bare())
        bare.count += 1
        if len(bare.pages) < _MAX_BARE:
            bare.pages.append(
                PageFacts(
                    url=page.url,
                    title=page.title,
                    page_title=page.page_title,
                    template=page.template,
                    capture=page.capture,
                    fetched_at=page.fetched_at,
                )
            )
        return None

    def end(self) -> Iterator[Judgement]:
        for bare in self.bare.values():
            for page in bare.pages:
                if bare.count >= self.params.min_bare:
                    yield from (self._lacks(page, label) for label in self.params.labels)
                else:
                    yield of_template(page, Outcome.CANT_TELL, pages=bare.count)

    def _lacks(self, page: PageFacts, label: str) -> Judgement:
        said = of_template(page, Outcome.FAILED, group=label, label=label, quote=f'<meta name="{label}">')
        return said.with_(lead=True) if label in self.params.lead_labels else said


def _owes(page: PageFacts, pages: str) -> bool:
    if pages == "all":
        return page.kind in _FRONTS or page.kind in _COLUMNS or is_article(page)
    column = page.kind in _COLUMNS and not page.url.rstrip("/").endswith(_hosts_end(page.url))
    if pages == "columns":
        return column or is_article(page)
    return page.kind in _ARTICLES and is_article_page(page)


def is_article_page(page: PageFacts) -> bool:
    """An article of its own, not a column that shows one text."""
    return not page.url.endswith("/") and (is_article(page) or page.kind is PageKind.ANNUAL_REPORT)


def _hosts_end(url: str) -> str:
    return url.split("://", 1)[-1].split("/", 1)[0]
