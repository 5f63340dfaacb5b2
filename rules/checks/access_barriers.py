"""无障碍: what keeps people who cannot see or point from using the pages of one template."""

from dataclasses import dataclass
from typing import Literal

from crawler.facts import Barrier, PageFacts, PageKind
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_whole_home, is_whole_page, of_template
from rules.registry import CheckParams, check
from rules.words import reason_word

_MAX_KINDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementParams(CheckParams):
    kind: Literal["image", "field", "frame"]


@check(
    "access-element",
    subject=Subject.PAGE,
    params=ElementParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("sample", "elements", "place"), Outcome.UNTESTED: ("reason",)},
    pages=is_whole_page,
)
def access_element(page: PageFacts, params: ElementParams, context: Context) -> list[Judgement] | Judgement | None:  # noqa: ARG001
    """GB/T 37668 level 1: one finding for a template and a place in it, and one for an element that several templates share."""
    if page.barriers is None:
        return of_template(page, Outcome.UNTESTED, reason=reason_word("not-collected"))
    found = [barrier for barrier in page.barriers if barrier.kind == params.kind][:_MAX_KINDS]
    return [_mute(page, barrier) for barrier in found] or of_template(page, Outcome.PASSED)


def _mute(page: PageFacts, barrier: Barrier) -> Judgement:
    said = of_template(
        page,
        Outcome.FAILED,
        group=barrier.signature,
        quote=barrier.sample,
        sample=barrier.sample,
        elements=barrier.count,
        place=barrier.signature,
    )
    return said.with_(shared=f"{barrier.signature}|{barrier.sample.lstrip('./')}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParams(CheckParams):
    lacks: Literal["title", "language"]


@check(
    "access-page",
    subject=Subject.PAGE,
    params=PageParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("address",), Outcome.UNTESTED: ("reason",)},
    pages=is_whole_page,
)
def access_page(page: PageFacts, params: PageParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """What a screen reader says first: title and language. Counters and other fragments have none."""
    if page.kind is PageKind.OTHER:
        return None
    if page.language is None:
        return of_template(page, Outcome.UNTESTED, reason=reason_word("not-collected"))
    if page.page_title if params.lacks == "title" else page.language:
        return of_template(page, Outcome.PASSED)
    return of_template(page, Outcome.FAILED, group=params.lacks, address=page.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderParams(CheckParams):
    pass


@check(
    "access-elder-entry",
    subject=Subject.PAGE,
    params=ElderParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: (), Outcome.CANT_TELL: ("reason",), Outcome.UNTESTED: ("reason",)},
    pages=is_whole_home,
)
def access_elder_entry(page: PageFacts, params: ElderParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """Judged on the home page: the entry serves the whole site. A script that is named for one may draw it."""
    if page.elder_entry is None:
        return of_template(page, Outcome.UNTESTED, reason=reason_word("not-collected"))
    if page.elder_entry == "traces":
        return of_template(page, Outcome.CANT_TELL, reason=reason_word("scripted"))
    return of_template(page, Outcome.PASSED if page.elder_entry else Outcome.FAILED)
