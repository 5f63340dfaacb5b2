"""专门网站: a disclosure section on another host than the portal."""

from dataclasses import dataclass

from crawler.facts import SiteFacts
from rules.addresses import host_of
from rules.homes import home_unseen, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    pass


@check(
    "disclosure-host",
    subject=Subject.PORTAL,
    params=Params,
    fields={Outcome.PASSED: ("host",), Outcome.FAILED: ("host", "portal_host", "target"), Outcome.UNTESTED: ("reason",)},
)
def disclosure_host(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001 – the shape of every check
    """不得设立专门网站 (61号): www and the bare domain are one host."""
    unseen = home_unseen(facts)
    if unseen is not None:
        return unseen
    portal = facts.portal
    target = portal.xxgk_url or (portal.xxgk_entry.url if portal.xxgk_entry else None)
    if not target:
        return of_home(facts, Outcome.INAPPLICABLE)
    host, own = host_of(target), host_of(portal.url)
    if host == own:
        return of_home(facts, Outcome.PASSED, host=host)
    return of_home(facts, Outcome.FAILED, host=host, portal_host=own, target=target)
