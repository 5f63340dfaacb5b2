"""正文为空: an article that says nothing, where the articles made like it do."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.facts import PageFacts
from rules.model import Context, Judgement, Outcome
from rules.pages import is_article, of_page
from rules.patterns import SafePattern
from rules.registry import CheckParams, survey
from rules.siblings import Families
from rules.words import reason_word

_MAX_FURNITURE = 300
"""A longer text is a body, whatever it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    max_chars: int
    """A body of no more than so many characters says nothing."""
    furniture: SafePattern
    """Lines of the page's own furniture that are no body: 网友评论, 上一篇 …"""
    min_siblings: int
    """Articles of the same template whose body was read before an empty one is accused."""
    min_share: float


@survey(
    "article-body",
    params=Params,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("siblings",), Outcome.CANT_TELL: ("reason",)},
    pages=is_article,
)
def article_body(params: Params, context: Context) -> "_Bodies":  # noqa: ARG001 – the shape of every survey
    """A picture, a player, a viewer or an attachment is a body too; a body that scripts fill is empty on all its siblings.

    Links beside an element that is the body by its name (内容纠错, 关怀版) are none.
    """
    return _Bodies(params)


class _Bodies:
    def __init__(self, params: Params) -> None:
        self.params = params
        self.families = Families(params.min_siblings, params.min_share)

    def see(self, page: PageFacts) -> Judgement | None:
        siblings = self.families.of(page.template)
        if self._says_something(page.text) or page.pictures or page.attachments or page.annual_report:
            siblings.shown += 1
            return of_page(page, Outcome.PASSED)
        if not page.body_empty and (page.body_links is None or page.body_links):
            return of_page(page, Outcome.CANT_TELL, reason=reason_word("links-only"))
        siblings.lacks(
            of_page(page, Outcome.FAILED, where="body", siblings=self.params.min_siblings),
            of_page(page, Outcome.CANT_TELL, reason=reason_word("scripted")),
        )
        return None

    def _says_something(self, text: str) -> bool:
        if len(text) > _MAX_FURNITURE:
            return True
        said = "".join(line.strip() for line in text.split("\n") if not self.params.furniture.search(line.strip()))
        return len(said) > self.params.max_chars

    def end(self) -> Iterator[Judgement]:
        return self.families.judgements()
