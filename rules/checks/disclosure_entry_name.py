"""入口名称: whether the disclosure section is called 政府信息公开."""

from dataclasses import dataclass

from crawler.facts import SiteFacts
from rules.homes import home_unseen, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    names: tuple[str, ...]
    """Names that are to rule, without blanks."""


@check(
    "disclosure-entry-name",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("entry",),
        Outcome.FAILED: ("entry",),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def disclosure_entry_name(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001 – the shape of every check
    """统一名称 (61号): blanks and line breaks inside the words do not count; an image without words cannot be told."""
    unseen = home_unseen(facts)
    if unseen is not None:
        return unseen
    entry = facts.portal.xxgk_entry
    if entry is None:
        return of_home(facts, Outcome.INAPPLICABLE)
    name = "".join(entry.text.split())
    if not name or entry.strategy == "stem":
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("no-name"))
    return of_home(facts, Outcome.PASSED if name in params.names else Outcome.FAILED, entry=name)
