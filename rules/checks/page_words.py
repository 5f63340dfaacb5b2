"""正文用词: words on a page that nobody meant to publish, or that are written wrongly."""

from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick

from crawler.facts import PageFacts, PageKind
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_article, is_whole_page, of_page
from rules.patterns import SafePattern
from rules.registry import CheckParams, check

_CONTEXT = 20
_MAX_TYPOS = 10
_PLACES = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.PLACEHOLDER, PageKind.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceholderParams(CheckParams):
    titles: tuple[SafePattern, ...]
    """Each must fit the whole title, blanks left out."""
    bodies: tuple[SafePattern, ...]
    max_body_chars: int
    """A longer body is somebody's text, whatever it quotes."""


def may_be_placeholder(page: PageFacts) -> bool:
    """A page that shows a text of somebody's, or what the system puts in its place."""
    return (
        page.part_of is None
        and page.status < 400
        and page.kind in _PLACES
        and not (page.kind is PageKind.OTHER and not page.title.value)
    )


@check(
    "page-placeholder",
    subject=Subject.PAGE,
    params=PlaceholderParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("text",)},
    pages=may_be_placeholder,
)
def page_placeholder(page: PageFacts, params: PlaceholderParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """文章id…未发布, 测试, lorem: as the whole title or the whole body; inside a real title the same words are fine."""
    title, body = "".join((page.title.value or "").split()), _beginning(page.text, params.max_body_chars)
    if title and any(pattern.search(title) for pattern in params.titles):
        return of_page(page, Outcome.FAILED, quote=page.title.value or "", where="title", text=page.title.value)
    if body and len(body) <= params.max_body_chars and any(pattern.search(body) for pattern in params.bodies):
        return of_page(page, Outcome.FAILED, quote=page.text[:200], where="body", text=page.text[:60])
    return of_page(page, Outcome.PASSED)


def _beginning(text: str, most: int) -> str:
    """``text`` without blanks; of one that is longer than ``most`` characters so much that this can be told."""
    begun = "".join(text[: 2 * most + 2].split())
    return begun if len(begun) > most or len(text) <= 2 * most + 2 else "".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Typo(CheckParams):
    """One wrong way of writing."""

    wrong: str
    right: str
    unless: tuple[str, ...] = ()
    """Right phrases that hold the same characters: 目的的确, 的的确确."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypoParams(CheckParams):
    typos: tuple[Typo, ...]
    quotes: str
    """Pairs of signs: what stands between them is quoted, and no words of the page."""


def is_prose(page: PageFacts) -> bool:
    """A page whose words somebody wrote for it."""
    return (is_article(page) or page.kind in {PageKind.GUIDE, PageKind.ANNUAL_REPORT}) and is_whole_page(page)


_BYTES = "utf-16-le"
"""Two for a Chinese character, where UTF-8 has three: what is found in them is looked at again as a text."""


def _any_of(params: "TypoParams", context: Context) -> BytesAhoCorasick:
    """Finds whether one of the words may stand in a text, all of them in one pass: most texts hold none."""
    key = f"typos/{id(params)}"
    if key not in context.memo:
        context.memo[key] = BytesAhoCorasick([typo.wrong.encode(_BYTES) for typo in params.typos])
    found: BytesAhoCorasick = context.memo[key]
    return found


@check(
    "page-typo",
    subject=Subject.PAGE,
    params=TypoParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("found",)},
    pages=is_prose,
)
def page_typo(page: PageFacts, params: TypoParams, context: Context) -> Judgement | None:
    """A listed wrong word with what stands around it; quotations and titles in 《》 are left alone."""
    title = page.title.value or ""
    words = _any_of(params, context)
    if not words.find_matches_as_indexes(f"{page.text}\n{title}".encode(_BYTES, "surrogatepass")):
        return of_page(page, Outcome.PASSED)
    found: list[str] = []
    quotes: list[str] = []
    for text in (title, page.text):
        for typo in params.typos:
            if (at := _place(text, typo, params.quotes)) >= 0:
                found.append(f"“{typo.wrong}”应为“{typo.right}”")
                quotes.append(text[max(0, at - _CONTEXT) : at + len(typo.wrong) + _CONTEXT].replace("\n", " "))
    if not found:
        return of_page(page, Outcome.PASSED)
    said = tuple(dict.fromkeys(found))[:_MAX_TYPOS]
    return of_page(page, Outcome.FAILED, quote=" … ".join(quotes[:3]), where="body", found=said)


def _place(text: str, typo: Typo, quotes: str) -> int:
    """Where the wrong word stands in words of the page's own, -1: nowhere."""
    at = text.find(typo.wrong)
    while at >= 0:
        if not _is_right(text, at, typo) and not _is_quoted(text, at, quotes):
            return at
        at = text.find(typo.wrong, at + 1)
    return -1


def _is_right(text: str, at: int, typo: Typo) -> bool:
    for phrase in typo.unless:
        start = text.find(phrase, max(0, at - len(phrase)), at + len(typo.wrong) + len(phrase))
        while 0 <= start <= at:
            if start + len(phrase) >= at + len(typo.wrong):
                return True
            start = text.find(phrase, start + 1, at + len(typo.wrong) + len(phrase))
    return False


def _is_quoted(text: str, at: int, quotes: str) -> bool:
    line = text[max(text.rfind("\n", 0, at) + 1, at - 200) : at]
    return any(line.rfind(first) > line.rfind(last) for first, last in zip(quotes[::2], quotes[1::2], strict=True))
