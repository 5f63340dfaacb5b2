"""Whether a run looked at a subject again, and what it saw: a ticket closes on nothing less.

What was not due and stands as an earlier run saw it was not looked at: the ticket stays as it is.

A subject was looked at again when its rule decided on it (``passed``, or ``failed`` for another reason). What came to no rule
at all is fine only in two cases:

* a link's target was asked for in this run and opened;
* a page, file or link is gone: its address answers 404 to every try, or every page that named it when it was last seen was read
  again in this run, none of them names it, and no other page does.

Of these only what its rule passed, on its own page and without comparing it with others, and a link that opened, is fine by
itself: a run that was cut off closes nothing else.

A column or 单位 that is not found any more may have moved: it is fine only when, beside being gone, the rule passed the one
that now bears its name. A group of subjects is fine when all the samples it was shown with are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from audit.ledger.account import RuleInForce, Seen, Subject
from audit.part_judging import stands_alone
from crawler.facts import FailureKind, ListState, PageFacts, PageKind
from crawler.store import FactsStore
from rules.addresses import canonical
from rules.model import Look, Looks, Outcome

_FAULTY = frozenset({Outcome.FAILED, Outcome.LEAD, Outcome.WAIVED})
_UNDECIDED = frozenset({Outcome.CANT_TELL, Outcome.UNTESTED, Outcome.ERROR})
_NO_CONTENT = frozenset({PageKind.ERROR_PAGE, PageKind.BLOCK_PAGE, PageKind.LOGIN})
_PAGES_KEPT = 500
"""Pages whose links are kept for the next question; neighbours ask for the same ones."""
_OPENING_IS_ENOUGH = "dead-link"
"""The check whose question is answered when the target opens; others ask what it shows."""


class StoredLook:
    """Second looks at what one run stored and judged."""

    def __init__(self, store: FactsStore, looks: Looks, rules: Mapping[str, RuleInForce]) -> None:
        self._store, self._looks, self._rules = store, looks, rules
        self._named: dict[str, frozenset[str] | None] = {}

    def at(self, subject: Subject) -> Seen:
        if subject.rule not in self._rules:
            return Seen(state="unseen", note="这条规则本次没有启用。")
        if subject.is_group:
            return self._at_group(subject)
        return self._at(subject, subject.url)

    def _at(self, subject: Subject, url: str) -> Seen:
        said = self._said(subject, canonical(url))
        seen = self._by_itself(subject, url, _decided(said, subject.key)) if said else self._unmet(subject, url)
        if seen.state == "fine" and self._was_not_due(url):
            return Seen(state="unseen", note="按复查间隔，本次没有重新访问，沿用的是以前看到的内容。")
        return seen

    def _by_itself(self, subject: Subject, url: str, seen: Seen) -> Seen:
        """The answer of the rule, with whether it rests on the subject alone; a link has no page of its own to be read."""
        own = subject.kind != "link" and self._store.page(url) is not None
        return replace(seen, itself=seen.itself and own and stands_alone(self._rules[subject.rule].check))

    def _was_not_due(self, url: str) -> bool:
        """Whether what is stored of the address is older than this run."""
        page = self._store.page(url)
        return self._store.was_carried(page.url if page is not None else url)

    def _said(self, subject: Subject, place: str) -> frozenset[Look]:
        said = self._looks.get((subject.rule, place), frozenset())
        if subject.kind in {"department", "column"}:
            return frozenset(look for look in said if look.department in subject.departments)
        return said

    def _at_group(self, subject: Subject) -> Seen:
        """All samples are fine; the run as a whole found nothing of the group, or it would not be asked."""
        if not subject.samples:
            return Seen(state="unseen", note="没有留下样本，无法逐个复查。")
        for sample in subject.samples:
            seen = self._at(subject, sample)
            if seen.state != "fine":
                return Seen(state="unseen", note=f"样本 {sample}：{seen.note or '仍有同类问题。'}")
        return Seen(state="fine", note=f"当时列出的 {len(subject.samples)} 个样本都重新看过，均已正常，本次没有同类问题。")

    def _unmet(self, subject: Subject, url: str) -> Seen:
        """The rule did not come by the subject."""
        if subject.kind == "link" and self._opens(subject.rule, url):
            return Seen(
                state="fine",
                note="重新访问，已能正常打开。",
                itself=self._rules[subject.rule].check == _OPENING_IS_ENOUGH,
            )
        if subject.kind in {"link", "page"}:
            return self._gone(subject, url)
        if subject.kind in {"column", "department"} and self._gone(subject, url).state == "fine":
            moved = self._said(subject, f"name:{subject.name}")
            if moved and _decided(moved, subject.key).state == "fine":
                return Seen(state="fine", note=f"原地址已不再使用，“{subject.name}”的新地址查看正常。")
        return Seen(state="unseen", note="本次没有看到。")

    def _opens(self, rule: str, url: str) -> bool:
        if self._store.alive(url) is not True:
            return False
        page = self._store.page(url)
        if page is None:
            return self._rules[rule].check == _OPENING_IS_ENOUGH
        return page.kind not in _NO_CONTENT and not self._is_elsewhere(url, page)

    def _is_elsewhere(self, url: str, page: PageFacts) -> bool:
        """Portals forward what they do not have to their home page: that is no mending."""
        home = self._store.portal.home
        return home is not None and canonical(page.url) == canonical(home.url) != canonical(url)

    def _gone(self, subject: Subject, url: str) -> Seen:
        if subject.kind == "page" and self._is_gone(url):
            return Seen(state="fine", note="页面已经撤下，多次访问都答复不存在。")
        naming = [page for page in subject.found_on if canonical(page) != canonical(url)]
        if not naming:
            return Seen(state="unseen", note="本次没有看到，也不知道原来从哪里进入。")
        doubt = next((doubt for page in naming if (doubt := self._may_still_name(page, url))), "")
        if doubt:
            return Seen(state="unseen", note=doubt)
        if self._store.outcome(url)[1] != "unknown":
            return Seen(state="unseen", note="仍有页面指向它，本次没有得出结论。")
        return Seen(state="fine", note=f"原来指向它的 {len(naming)} 个页面都重新看过，已不再指向它，也没有别的页面指向它。")

    def _may_still_name(self, page: str, url: str) -> str:
        """Why it cannot be said that ``page`` names ``url`` no longer; ``""``: it does not."""
        if self._was_not_due(page):
            return f"原来指向它的页面 {page} 按复查间隔本次没有重新访问。"
        named = self._names(page)
        if named is None:
            return f"原来指向它的页面 {page} 本次没有读到。"
        return f"{page} 仍指向它，本次没有得出结论。" if canonical(url) in named else ""

    def _is_gone(self, url: str) -> bool:
        fate = self._store.fate(url)
        return fate.opened is False and fate.reason == FailureKind.NOT_FOUND

    def _names(self, url: str) -> frozenset[str] | None:
        """Addresses that a page names, parts included; () for one that is gone; None when it was not read whole."""
        if url not in self._named:
            if len(self._named) >= _PAGES_KEPT:
                self._named.clear()
            page = self._store.page(url)
            if page is None:
                self._named[url] = frozenset() if self._is_gone(url) else None
            else:
                parts = [url, *(part.url for part in self._store.parts(url))]
                named = frozenset(canonical(link.url) for part in parts for link in self._store.page_links(part))
                self._named[url] = named if named and _is_whole(page) else None
        return self._named[url]


def _is_whole(page: PageFacts) -> bool:
    """False where a script may have drawn links that were not read."""
    return page.kind not in _NO_CONTENT and page.list_state is not ListState.SCRIPTED and page.rendered != "partly"


def _decided(said: Iterable[Look], key: str) -> Seen:
    """What the rule's judgements of the subject come to."""
    looks = list(said)
    if any(look.outcome in _FAULTY and look.key == key for look in looks):
        return Seen(state="failing")
    outcomes = {look.outcome for look in looks}
    if outcomes & _UNDECIDED:
        return Seen(state="unseen", note="本次看到了，但没有得出结论。")
    if Outcome.PASSED in outcomes:
        return Seen(state="fine", note="重新查看，已经正常。", itself=True)
    if key and outcomes & _FAULTY:
        return Seen(state="fine", note="重新查看，这一项已经正常，同一处还有别的问题。")
    return Seen(state="unseen", note="本次看到了，但规则对它不适用。")
