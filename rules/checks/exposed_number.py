"""个人信息泄露: numbers of persons in plain sight, on a page or in an attachment; every word of it masked."""

from dataclasses import dataclass
from typing import Literal

from crawler.facts import AttachmentFacts, Evidence, PageFacts, PersonalNumber
from rules.attachments import SEEN_WHOLE, evidence_of, unread_words
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    kind: Literal["id-number", "bank-card", "mobile"]
    min_numbers: int
    """Numbers from which on a subject is accused."""
    max_quoted: int
    """Numbers that message and evidence show, masked."""


@check(
    "exposed-number",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("number", "masked", "place", "caution"),
        Outcome.CANT_TELL: ("reason",),
    },
    attachments=True,
)
def exposed_number(subject: PageFacts | AttachmentFacts, params: Params, context: Context) -> Judgement | None:
    """公开的页面或附件里没有去标识化的个人号码: doubtful ones alone are a lead, unread attachments cannot be told."""
    del context
    found = [number for number in subject.personal if number.kind == params.kind]
    sure = [number for number in found if not number.doubt]
    if len(sure) >= params.min_numbers:
        return _exposed(subject, sure, params, lead=False)
    if len(found) >= params.min_numbers:
        return _exposed(subject, found, params, lead=True)
    if isinstance(subject, AttachmentFacts) and subject.state not in SEEN_WHOLE:
        return _of(subject, Outcome.CANT_TELL, reason=unread_words(subject))
    return _of(subject, Outcome.PASSED)


def _exposed(subject: PageFacts | AttachmentFacts, numbers: list[PersonalNumber], params: Params, *, lead: bool) -> Judgement:
    quoted = numbers[: params.max_quoted]
    return _of(
        subject,
        Outcome.FAILED,
        lead=lead,
        evidence=tuple(_evidence(subject, number) for number in quoted),
        number=len(numbers),
        masked=tuple(number.masked for number in quoted),
        place=word("number_places", "attachment" if isinstance(subject, AttachmentFacts) else "page"),
        caution=word("number_doubts", next((each.doubt for each in numbers if each.doubt), "")) if lead else "",
    )


def _evidence(subject: PageFacts | AttachmentFacts, number: PersonalNumber) -> Evidence:
    quote = f"{number.quote}（摘要 {number.digest}）" if number.digest else number.quote
    if isinstance(subject, AttachmentFacts):
        return evidence_of(subject, quote)
    return Evidence(url=subject.url, capture=subject.capture, fetched_at=subject.fetched_at, quote=quote, where="body")


def _of(
    subject: PageFacts | AttachmentFacts,
    outcome: Outcome,
    *,
    lead: bool = False,
    evidence: tuple[Evidence, ...] = (),
    **values: object,
) -> Judgement:
    if isinstance(subject, AttachmentFacts):
        return Judgement(
            outcome=outcome,
            url=subject.url,
            department=subject.department,
            subject=subject.title or subject.url,
            values=values,
            evidence=evidence,
            found_on=subject.found_on,
            found_on_count=subject.found_on_count,
            lead=lead,
        )
    url = subject.part_of or subject.url
    name = subject.title.value or subject.page_title or url
    return Judgement(outcome=outcome, url=url, subject=name, values=values, evidence=evidence, lead=lead)
