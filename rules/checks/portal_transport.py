"""传输安全: https, the certificate's end, and IPv6, as the crawl found them at its end."""

from dataclasses import dataclass
from datetime import date

from crawler.facts import Evidence, SiteFacts, TransportFacts
from rules.addresses import host_of
from rules.homes import home_unseen, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class NoParams(CheckParams):
    """Nothing to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpsParams(CheckParams):
    min_times_seen: int
    """Requests over https that must all have failed."""


@check(
    "portal-https",
    subject=Subject.PORTAL,
    params=HttpsParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("reason",), Outcome.UNTESTED: ("reason",)},
)
def portal_https(facts: SiteFacts, params: HttpsParams, context: Context) -> Judgement:  # noqa: ARG001
    """A portal that was read over https has shown it already; a refusal by status proves nothing either way."""
    asked = facts.portal.transport
    home = facts.portal.home
    if (unseen := home_unseen(facts)) is not None:
        return unseen
    if home is not None and (home.final_url or home.url).lower().startswith("https:"):
        return of_home(facts, Outcome.PASSED)
    if asked is None or asked.https is None or (asked.https is False and asked.https_tries < params.min_times_seen):
        code = "not-collected" if asked is None else asked.https_reason if asked.https is None else "seen-once"
        return of_home(facts, Outcome.UNTESTED, reason=reason_word(code or "not-asked"))
    if asked.https:
        return of_home(facts, Outcome.PASSED, evidence=_evidence(facts, asked))
    return of_home(facts, Outcome.FAILED, evidence=_evidence(facts, asked), reason=reason_word(asked.https_reason or "other"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateParams(CheckParams):
    days: int
    """Days that the certificate must at least still hold on the audit date."""


@check(
    "portal-certificate",
    subject=Subject.PORTAL,
    params=CertificateParams,
    fields={
        Outcome.PASSED: ("expires",),
        Outcome.FAILED: ("expires", "days"),
        Outcome.UNTESTED: ("reason",),
    },
)
def portal_certificate(facts: SiteFacts, params: CertificateParams, context: Context) -> Judgement:
    """A portal without https has no certificate to run out; that is the other rule's to say."""
    asked = facts.portal.transport
    if (unseen := home_unseen(facts)) is not None:
        return unseen
    if asked is not None and asked.https is False:
        return of_home(facts, Outcome.INAPPLICABLE)
    if asked is None or asked.certificate_expires is None:
        code = "not-collected" if asked is None else asked.https_reason or "no-certificate"
        return of_home(facts, Outcome.UNTESTED, reason=reason_word(code))
    expires = date.fromisoformat(asked.certificate_expires)
    outcome = Outcome.FAILED if (expires - context.audit_date).days < params.days else Outcome.PASSED
    return of_home(facts, outcome, evidence=_evidence(facts, asked, expires.isoformat()), expires=expires, days=params.days)


@check(
    "portal-ipv6",
    subject=Subject.PORTAL,
    params=NoParams,
    fields={Outcome.PASSED: ("host",), Outcome.FAILED: ("host",), Outcome.UNTESTED: ("reason",)},
)
def portal_ipv6(facts: SiteFacts, params: NoParams, context: Context) -> Judgement:  # noqa: ARG001
    """The address record only; whether pages open over IPv6 needs a line that has it."""
    asked = facts.portal.transport
    if (unseen := home_unseen(facts)) is not None:
        return unseen
    if asked is None or asked.has_aaaa is None:
        code = "not-collected" if asked is None else asked.aaaa_reason or "not-asked"
        return of_home(facts, Outcome.UNTESTED, reason=reason_word(code))
    outcome = Outcome.PASSED if asked.has_aaaa else Outcome.FAILED
    return of_home(facts, outcome, evidence=_evidence(facts, asked, "AAAA"), host=host_of(facts.portal.url))


def _evidence(facts: SiteFacts, asked: TransportFacts, quote: str = "https") -> tuple[Evidence, ...]:
    return (Evidence(url=facts.portal.url, capture=asked.capture, fetched_at=asked.asked_at, quote=quote, where="response"),)
