"""链接目标: targets that open and show something else than the link promised."""

from dataclasses import dataclass

from crawler.facts import Evidence, LinkFacts, PageKind
from rules.addresses import host_of
from rules.model import Context, Judgement, Outcome, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class HijackParams(CheckParams):
    words: tuple[str, ...]
    """Words of gambling and pornography, in lower case."""
    min_words: int
    """Different words that title and keywords must hold together."""
    min_times_seen: int
    trusted_suffixes: tuple[str, ...]
    """Governments and media write about such things without being them."""
    about: SafePattern
    """Words of reports on such things."""


@check(
    "target-hijacked",
    subject=Subject.LINK,
    params=HijackParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("shown", "words"), Outcome.CANT_TELL: ("shown", "reason")},
    only_faults=True,
)
def target_hijacked(link: LinkFacts, params: HijackParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """外链变异: a lapsed domain that gamblers bought. One look is no proof; a report about gambling is none either."""
    shows = link.shows
    if shows is None or link.internal or shows.kind in {PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.ERROR_PAGE}:
        return None
    said = f"{shows.title} {shows.keywords}"
    low = said.lower()
    found = tuple(word for word in params.words if word in low)
    host = host_of(link.url)
    if len(found) < params.min_words or any(host == suffix or host.endswith(f".{suffix}") for suffix in params.trusted_suffixes):
        return _of(link, Outcome.PASSED)
    quote = said.strip()[:200]
    if params.about.search(said):
        return _of(link, Outcome.CANT_TELL, quote, shown=shows.title, reason=reason_word("report-about"))
    if shows.times_seen < params.min_times_seen:
        return _of(link, Outcome.CANT_TELL, quote, shown=shows.title, reason=reason_word("seen-once"))
    return _of(link, Outcome.FAILED, quote, shown=shows.title, words=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisguiseParams(CheckParams):
    says: SafePattern
    """Words of an error page: in its title, or in a body of hardly more."""
    max_text: int
    """Characters of such a body."""


@check(
    "target-disguised",
    subject=Subject.LINK,
    params=DisguiseParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("shown",), Outcome.CANT_TELL: ("reason",)},
    only_faults=True,
)
def target_disguised(link: LinkFacts, params: DisguiseParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """The status says fine, the page says it is not there, or shows what any made-up address shows."""
    shows = link.shows
    if shows is None:
        return None
    if shows.same_as is not None:
        if not shows.same_as.certain:
            return _of(link, Outcome.CANT_TELL, shows.title, reason=reason_word(f"perhaps-same-as-{shows.same_as.what}"))
        return _of(link, Outcome.FAILED, shows.title, shown=reason_word(f"same-as-{shows.same_as.what}"))
    text = shows.text if len(shows.text) <= params.max_text else ""
    said = any(params.says.search(words) for words in (shows.title, text) if words)
    if shows.kind is PageKind.ERROR_PAGE and shows.status < 400 and said:
        return _of(link, Outcome.FAILED, shows.title or shows.text, shown=shows.title or shows.text[:80])
    return _of(link, Outcome.PASSED)


def _of(link: LinkFacts, outcome: Outcome, quote: str = "", **values: object) -> Judgement:
    last = link.tries[-1] if link.tries else None
    evidence = Evidence(
        url=link.url, capture=last.capture if last else "", fetched_at=last.at if last else "", quote=quote, where="title"
    )
    return Judgement(
        outcome=outcome,
        url=link.url,
        department=link.department,
        subject=link.text or link.url,
        values=values,
        evidence=(evidence,),
        found_on=link.found_on,
        found_on_count=max(link.found_on_count, len(link.found_on)),
    )
