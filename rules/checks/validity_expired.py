"""已失效仍标有效: documents that call themselves in force after their last day, or although a 废止目录 lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.facts import Evidence, PageFacts
from rules.abolished import MAX_LISTS, AbolishedList, Item, ListWords, document_numbers, read_list, titles_of
from rules.addresses import canonical
from rules.documents import name_fits
from rules.glimpse import Glimpse
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome
from rules.pages import day_in, is_article, of_page
from rules.patterns import SafePattern
from rules.registry import CheckParams, survey
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    in_force: SafePattern
    """Words of a label that say: in force."""
    lists: ListWords


@survey(
    "validity-expired",
    params=Params,
    fields={
        Outcome.PASSED: ("validity",),
        Outcome.FAILED: ("validity", "why"),
        Outcome.CANT_TELL: ("validity", "listed_in", "reason"),
    },
    pages=is_article,
)
def validity_expired(params: Params, context: Context) -> "_Expiry":
    """国办发〔2018〕37号, 国办发〔2017〕47号: the day of expiry is still a day in force; 暂无 is no day."""
    return _Expiry(params, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """A document that calls itself in force."""

    page: Glimpse
    validity: str
    quote: str
    number: str
    """As the page writes it."""
    written: str | None
    published: str | None

    def passed(self) -> Judgement:
        return of_page(self.page, Outcome.PASSED, validity=self.validity)

    def day(self) -> date | None:
        return day_in(self.written) or day_in(self.published)


class _Expiry:
    def __init__(self, params: Params, context: Context) -> None:
        self.params = params
        self.context = context
        self.in_force: list[_Document] = []
        self.lists: list[PageFacts] = []

    def see(self, page: PageFacts) -> Judgement | None:
        validity, expires = page.validity.value, day_in(page.expires.value)
        if self.params.lists.is_list(page) and len(self.lists) < MAX_LISTS:
            self.lists.append(page)
        if not validity:
            return None
        if not name_fits(self.params.in_force, "".join(validity.split())):
            return of_page(page, Outcome.PASSED, validity=validity)
        if expires is not None and expires < self.context.audit_date:
            quote, why = f"{page.validity.raw} {page.expires.raw}", f"失效日期是 {expires.isoformat()}"
            return of_page(page, Outcome.FAILED, quote=quote, where="head", validity=validity, why=why)
        self.in_force.append(_document(page, validity))
        return None

    def end(self) -> Iterator[Judgement]:
        more = self._attached()
        read = (read_list(page, self.params.lists, more.get(canonical(page.url), "")) for page in self.lists)
        lists = [each for each in read if each is not None]
        for document in self.in_force:
            yield next(self._listed(document, lists), None) or document.passed()

    def _attached(self) -> dict[str, str]:
        """Texts of the lists' attachments by the list's address."""
        holders = {canonical(page.url) for page in self.lists if page.attachments}
        texts: dict[str, str] = {}
        for attachment in self.context.facts.attachments() if holders else ():
            for address in holders & {canonical(url) for url in attachment.found_on}:
                texts[address] = f"{texts.get(address, '')}\n{attachment.text}"
        return texts

    def _listed(self, document: _Document, lists: list[AbolishedList]) -> Iterator[Judgement]:
        if not lists:
            return
        title = document.page.title.value or ""
        titles, number = titles_of(title), next(iter(document_numbers(document.number)), "")
        for each in sorted(lists, key=lambda found: found.url):
            found = (each.item_of(title, number) for title in titles)
            item = next((item for item in found if item is not None), None)
            if item is not None and each.url != document.page.url and not self._outlived(document, each):
                yield _judge(document, each, item)

    def _outlived(self, document: _Document, each: AbolishedList) -> bool:
        """Issued after the list, or the list's own day is still to come: another document of the same name."""
        if each.published is None:
            return False
        published = document.day()
        later = published is not None and published > each.published
        return later or each.published > self.context.audit_date


def _document(page: PageFacts, validity: str) -> _Document:
    return _Document(
        page=Glimpse.of(page),
        validity=validity,
        quote=page.validity.raw,
        number=page.document_number.value or "",
        written=page.written.value,
        published=page.published.value,
    )


def _judge(document: _Document, each: AbolishedList, item: Item) -> Judgement:
    base = document.passed()
    quote = f"《{item.title}》{item.number}" if item.title else item.number
    evidence = Evidence(url=each.url, capture=each.capture, fetched_at=each.fetched_at, quote=quote, where="body")
    doubt = "partly-abolished" if item.partly else "mixed-list" if each.mixed else ""
    validity = base.values["validity"]
    values = (
        {"validity": validity, "listed_in": each.title, "reason": reason_word(doubt)}
        if doubt
        else {"validity": validity, "why": f"“{each.title}”已经把它列为废止或失效"}
    )
    return Judgement(
        outcome=Outcome.CANT_TELL if doubt else Outcome.FAILED,
        url=base.url,
        subject=base.subject,
        values=values,
        evidence=(page_evidence(document.page, document.quote, "head"), evidence),
        found_on=(each.url,),
        found_on_count=1,
    )
