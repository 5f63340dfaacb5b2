"""门户的答复: how the portal as a whole answers: unknown addresses, columns of others."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.facts import Evidence, PageKind, SiteFacts
from rules.addresses import host_of
from rules.homes import home_unseen, of_home, page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word

_NO_PROOF = frozenset({PageKind.BLOCK_PAGE, PageKind.LOGIN, None})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownParams(CheckParams):
    min_times_seen: int
    """Made-up addresses that must all be answered as if they existed."""


@check(
    "portal-unknown-page",
    subject=Subject.PORTAL,
    params=UnknownParams,
    fields={
        Outcome.PASSED: ("statuses",),
        Outcome.FAILED: ("addresses", "answer"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def portal_unknown_page(facts: SiteFacts, params: UnknownParams, context: Context) -> Judgement:  # noqa: ARG001
    """Only when every made-up address is answered with 200, or sent home; a firewall's page proves nothing."""
    asked = facts.run.unknown_pages
    unseen = home_unseen(facts)
    if unseen is not None or not asked:
        return of_home(facts, Outcome.UNTESTED, reason=unseen.values["reason"] if unseen else reason_word("not-asked"))
    evidence = [
        Evidence(url=p.url, capture=p.capture, fetched_at=p.fetched_at, quote=str(p.status), where="response") for p in asked
    ]
    soft = [page for page in asked if page.home or (page.status == 200 and not page.forwards and page.kind not in _NO_PROOF)]
    honest = [page for page in asked if page.status in {404, 410}]
    if honest:
        return of_home(facts, Outcome.PASSED, evidence=evidence, statuses=tuple(str(page.status) for page in honest))
    if len(soft) < len(asked) or len(asked) < params.min_times_seen:
        return of_home(facts, Outcome.CANT_TELL, evidence=evidence, reason=reason_word("unclear-unknown"))
    answer = reason_word("sent-home" if all(page.home for page in soft) else "answered-200")
    return of_home(facts, Outcome.FAILED, evidence=evidence, addresses=tuple(page.url for page in asked), answer=answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignParams(CheckParams):
    platforms: tuple[str, ...]
    """Hosts of known platforms, by their ends: columns there are where they should be."""


@check(
    "portal-foreign-column",
    subject=Subject.PORTAL,
    params=ForeignParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("column", "host"), Outcome.UNTESTED: ("reason",)},
)
def portal_foreign_column(facts: SiteFacts, params: ForeignParams, context: Context) -> Iterator[Judgement]:  # noqa: ARG001
    """Among the site's own columns, not in a box of friendly links; hosts of governments are none of others."""
    home = facts.portal.home
    unseen = home_unseen(facts)
    if unseen is not None or home is None or home.foreign_columns is None:
        yield of_home(facts, Outcome.UNTESTED, reason=unseen.values["reason"] if unseen else reason_word("not-collected"))
        return
    found = {
        host_of(column.url): column
        for column in reversed(home.foreign_columns)
        if column.url and not any(_ends(host_of(column.url), suffix) for suffix in params.platforms)
    }
    for host in sorted(found):
        column = found[host]
        yield Judgement(
            outcome=Outcome.FAILED,
            url=column.url or "",
            subject=column.text,
            values={"column": column.text, "host": host},
            evidence=(page_evidence(home, column.text, "menu"),),
            found_on=(home.url,),
            found_on_count=1,
        )
    if not found:
        yield of_home(facts, Outcome.PASSED)


def _ends(host: str, suffix: str) -> bool:
    return host == suffix or host.endswith(f".{suffix}")
