"""暗链: links to foreign hosts that the page keeps from its readers' eyes."""

from dataclasses import dataclass

from crawler.facts import HiddenLink, PageFacts
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_whole_page, of_page
from rules.registry import CheckParams, check
from rules.words import reason_word, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    max_listed: int
    """Addresses that one finding names."""


@check(
    "hidden-outlink",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("links", "how", "number"),
        Outcome.CANT_TELL: ("links", "reason"),
        Outcome.UNTESTED: ("reason",),
    },
    pages=is_whole_page,
)
def hidden_outlink(page: PageFacts, params: Params, context: Context) -> Judgement | None:  # noqa: ARG001
    """Blocks that scripts or hovering open, menus and share boxes cannot be told from it: they are asked about, not accused."""
    if page.hidden_links is None:
        return of_page(page, Outcome.UNTESTED, reason=reason_word("not-collected"))
    sure = [link for link in page.hidden_links if not link.doubt]
    if sure:
        links = _addresses(sure, params.max_listed)
        quote = f"{sure[0].text} {sure[0].url}".strip()
        how = word("hiding", sure[0].how)
        return of_page(page, Outcome.FAILED, quote=quote, where="body", group=links[0], links=links, how=how, number=len(sure))
    if page.hidden_links:
        links = _addresses(page.hidden_links, params.max_listed)
        return of_page(page, Outcome.CANT_TELL, links=links, reason=reason_word("may-open"))
    return of_page(page, Outcome.PASSED)


def _addresses(links: list[HiddenLink] | tuple[HiddenLink, ...], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for link in links))[:most]
