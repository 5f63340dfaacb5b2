"""政策文件与解读相互关联: a document and its interpretation that do not link each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.facts import Evidence, PageFacts
from rules.addresses import canonical
from rules.documents import DocumentWords, named_documents, names_of, plain
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome
from rules.pages import is_article
from rules.patterns import SafePattern
from rules.registry import CheckParams, survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    words: DocumentWords
    original_link: SafePattern
    """Words of a link from an interpretation to the document that it interprets."""
    accused: Literal["policy", "interpretation"]
    """Whose missing link is the fault."""


@survey(
    "document-links",
    params=Params,
    fields={Outcome.PASSED: ("other",), Outcome.FAILED: ("other", "other_url"), Outcome.CANT_TELL: ("other", "other_url")},
    pages=is_article,
)
def document_links(params: Params, context: Context) -> "_Pairs":  # noqa: ARG001 – the shape of every survey
    """Only pairs of which both halves are pages of this site: a document of a higher level has none here, and is no fault.

    An interpretation speaks of the document that it names in 《》, of the one it links as its original, or of one that links it.
    """
    return _Pairs(params)


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is kept of a page."""

    url: str
    title: str
    names: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Canonical address ("": none) and words of each link of the body."""
    doubtful: bool
    subject: str
    evidence: Evidence


class _Pairs:
    def __init__(self, params: Params) -> None:
        self.params = params
        self.policies: dict[str, list[_Paper]] = {}
        self.interpretations: list[_Paper] = []

    def see(self, page: PageFacts) -> None:
        if self.params.words.is_normative(page):
            paper = _paper(page)
            for name in names_of(page.title.value or ""):
                self.policies.setdefault(name, []).append(paper)
        elif self.params.words.is_interpretation(page):
            self.interpretations.append(_paper(page))

    def end(self) -> Iterator[Judgement]:
        judged: list[Judgement] = []
        by_address = {canonical(paper.url): paper for papers in self.policies.values() for paper in papers}
        leading: dict[str, list[_Paper]] = {}
        for paper in by_address.values():
            for address, _ in paper.links:
                leading.setdefault(address, []).append(paper)
        for interpretation in self.interpretations:
            spoken_of = {name for each in interpretation.names for name in names_of(each)}
            policies = {paper.url: paper for name in spoken_of for paper in self.policies.get(name, ())}
            if not spoken_of:
                policies = {paper.url: paper for paper in self._linked(interpretation, by_address)}
                policies |= {paper.url: paper for paper in leading.get(canonical(interpretation.url), ())}
            if len(policies) == 1:
                (policy,) = policies.values()
                first, second = (policy, interpretation) if self.params.accused == "policy" else (interpretation, policy)
                judged.append(_judge(first, second))
        # A document that links one of its interpretations leads to them; each interpretation has to link the document.
        linked = {judgement.url for judgement in judged if judgement.outcome is Outcome.PASSED}
        yield from (judgement for judgement in judged if judgement.outcome is Outcome.PASSED or judgement.url not in linked)

    def _linked(self, interpretation: _Paper, by_address: dict[str, _Paper]) -> Iterator[_Paper]:
        """Documents of this site that ``interpretation`` links as its original, or by their title."""
        for address, text in interpretation.links:
            paper = by_address.get(address)
            if paper is not None and (self.params.original_link.search(text) or _speaks_of(text, paper)):
                yield paper


def _judge(paper: _Paper, other: _Paper) -> Judgement:
    shown = {"other": other.title, "other_url": other.url}
    address = canonical(other.url)
    if any(target == address or _speaks_of(text, other) for target, text in paper.links):
        return _with(paper, Outcome.PASSED, {"other": other.title})
    return _with(paper, Outcome.CANT_TELL if paper.doubtful else Outcome.FAILED, shown, other)


def _speaks_of(text: str, other: _Paper) -> bool:
    """A link whose words are the other's title, or hold the name it bears in 《》, under whatever address."""
    return len(text) >= 6 and (text in other.title or other.title in text)


def _with(paper: _Paper, outcome: Outcome, values: dict[str, str], other: _Paper | None = None) -> Judgement:
    more = () if other is None else (Evidence(url=other.url, quote=other.title, where="title"),)
    return Judgement(
        outcome=outcome,
        url=paper.url,
        subject=paper.subject,
        key=canonical(other.url) if other else "",
        values=values,
        evidence=(paper.evidence, *more),
        found_on=(other.url,) if other else (),
        found_on_count=1 if other else 0,
    )


def _paper(page: PageFacts) -> _Paper:
    title = plain(page.title.value or "")
    links = page.body_links or ()
    return _Paper(
        url=page.url,
        title=title,
        names=named_documents(page.title.value or ""),
        links=tuple((canonical(link.url) if link.url else "", plain(link.text)) for link in links),
        doubtful=page.body_links is None or len(links) >= 60,
        subject=page.title.value or page.page_title,
        evidence=page_evidence(page),
    )
