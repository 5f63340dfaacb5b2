"""附件内容: attachments that open and are empty, torn, or something else than they claim, seen so twice."""

from dataclasses import dataclass

from crawler.facts import AttachmentFacts, LinkFacts
from rules.attachments import evidence_of, fault_words, unread_words
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    faults: tuple[str, ...]
    """States that are a fault."""
    doubtful_reasons: tuple[str, ...]
    """Reasons with which such a state is a lead only: common programs may open the file all the same."""
    unclear: tuple[str, ...]
    """States that say nothing: we could not look into it."""
    min_times_seen: int


@check(
    "attachment-integrity",
    subject=Subject.LINK,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("fault", "times_seen", "caution"),
        Outcome.CANT_TELL: ("reason",),
    },
    attachments=True,
)
def attachment_integrity(subject: LinkFacts | AttachmentFacts, params: Params, context: Context) -> Judgement | None:
    """附件内容是否完整、是否与格式相符: links that do not open at all are another rule's."""
    del context
    if isinstance(subject, LinkFacts):
        return None
    if subject.state in params.unclear:
        return _of(subject, Outcome.CANT_TELL, reason=unread_words(subject))
    if subject.state not in params.faults:
        return _of(subject, Outcome.PASSED)
    if subject.times_seen < params.min_times_seen:
        return _of(subject, Outcome.CANT_TELL, reason=f"{fault_words(subject)}；{reason_word('seen-once')}")
    lead = subject.reason in params.doubtful_reasons
    caution = word("attachment_states", "doubtful") if lead else ""
    return _of(subject, Outcome.FAILED, lead=lead, fault=fault_words(subject), times_seen=subject.times_seen, caution=caution)


def _of(attachment: AttachmentFacts, outcome: Outcome, *, lead: bool = False, **values: object) -> Judgement:
    size = "" if attachment.size is None else f"，{attachment.size} 字节"
    quote = f"{fault_words(attachment)}{size}" if outcome is Outcome.FAILED else ""
    return Judgement(
        outcome=outcome,
        url=attachment.url,
        department=attachment.department,
        subject=attachment.title or attachment.url,
        values=values,
        evidence=(evidence_of(attachment, quote),),
        found_on=attachment.found_on,
        found_on_count=max(attachment.found_on_count, len(attachment.found_on)),
        lead=lead,
    )
