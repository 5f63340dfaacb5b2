"""Pages that show nothing of their own: the same as a made-up address, or the home page once more under an article's address.

A page is compared with what its host answers for addresses that nobody made (``crawler.soft_errors``). The same words there and
here mean that there is nothing behind the address, whatever its status says; then it is kept as an error page and never judged
as content. What looks alike for another reason proves nothing: pages drawn by a script, empty lists, pages of few words, and a
frame that most pages of the host share.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal
from urllib.parse import unquote, urlsplit

import regex

from crawler.addresses import host_of, page_key
from crawler.facts import ListState, PageFacts, PageKind, SameAs
from crawler.home_words import names_article, speaks_of_home
from crawler.store import FactsStore, Referrers
from crawler.store.codec import pack
from crawler.vocabulary import load

_TIMEOUT = 1.0
_MIN_TOKEN = 4
"""Characters of a part of an address that is taken out of the text, where it may be quoted."""

_NO_PROOF = frozenset({PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.ERROR_PAGE, PageKind.FORWARD})
"""Kinds that say what they are, or nothing."""
_FILLED_LATER = frozenset({ListState.EMPTY, ListState.NOTE, ListState.SCRIPTED, ListState.UNTESTED})
_OWN_PLACE = frozenset({PageKind.SEARCH, PageKind.FORM})
"""Pages that an unknown address may show and that have a place of their own."""


class _Words:
    def __init__(self) -> None:
        words = load("soft_errors")
        self.least_text: int = words["least_text"]
        self.most_difference: int = words["most_difference"]
        self.most_share: float = words["most_share"]
        self.volatile = regex.compile(words["volatile"])
        self.home_address = regex.compile(words["home_address"], regex.IGNORECASE)


@cache
def _words() -> _Words:
    return _Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a page says, without what changes from one asking to the next."""

    title: str
    lines: Counter[str]
    length: int
    """Characters of all lines."""

    @classmethod
    def of(cls, page: PageFacts) -> "Likeness":
        tokens = _address_tokens(page.url)
        said = (*page.text.split("\n"), *(entry.title for entry in page.entries or ()))
        lines = Counter(line for text in said if (line := _plain(text, tokens)))
        title = f"{_plain(page.page_title, tokens)}|{_plain(page.title.value or '', tokens)}"
        return cls(title=title, lines=lines, length=sum(len(line) * count for line, count in lines.items()))

    def is_same(self, other: "Likeness") -> bool:
        """Both say the same, but for a few characters, and enough to say it."""
        if self.title != other.title or min(self.length, other.length) < _words().least_text:
            return False
        differing = (self.lines - other.lines) + (other.lines - self.lines)
        return sum(len(line) * count for line, count in differing.items()) <= _words().most_difference


def _address_tokens(url: str) -> list[str]:
    """Ways to quote an address, the longest first: a page that quotes its own says nothing by it."""
    parts = urlsplit(url)
    tokens = {url, unquote(parts.path), parts.path, parts.query, *regex.split(r"[/.?&=_]", parts.path)}
    return sorted((token for token in tokens if len(token) >= _MIN_TOKEN), key=lambda token: (-len(token), token))


def _plain(text: str, tokens: Iterable[str]) -> str:
    for token in tokens:
        text = text.replace(token, "")
    return str(_words().volatile.sub("", text, timeout=_TIMEOUT)).lower()


def as_read(page: PageFacts) -> PageFacts:
    """``page`` as it was read by itself, for a run in which other answers may stand beside it."""
    return page if page.same_as is None else replace(page, kind=page.same_as.kind, same_as=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """What pages are compared with."""

    what: Literal["unknown", "home"]
    page: PageFacts
    likeness: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    number: int
    page: PageFacts
    model: _Model


def mark_same_answers(store: FactsStore) -> int:
    """Keep every page that shows nothing of its own as an error page, with what it is the same as; returns how many.

    Done anew each time: a page that was marked before and is not the same any more is what it was read as.
    """
    marks: dict[int, SameAs] = {}
    before: dict[int, PageFacts] = {}
    matches = list(_matches(store, before))
    groups: dict[tuple[str, str], list[_Match]] = defaultdict(list)
    for match in matches:
        groups[host_of(match.page.url), match.model.page.url].append(match)
    pages = Counter(host_of(url) for _, url, _ in store.page_places())
    for (host, _), group in groups.items():
        if len(group) <= _words().most_share * pages[host]:
            marks.update(_marked(store, group))
    for match in matches:
        if match.number in marks:
            mark = marks[match.number]
            facts = replace(match.page, kind=PageKind.ERROR_PAGE, same_as=mark)
            store.replace_reading(("page", match.number), PageKind.ERROR_PAGE.value, pack(facts))
    for number, page in before.items():
        if number not in marks:
            store.replace_reading(("page", number), page.kind.value, pack(page))
    return len(marks)


def _matches(store: FactsStore, before: dict[int, PageFacts]) -> Iterator[_Match]:
    """Pages that say what a model says; ``before`` takes those that an earlier call had marked, as they were read."""
    home, unknown = _home(store), _unknown(store)
    kinds = {model.page.kind for models in unknown.values() for model in models}
    for number, url, kind in store.page_places():
        is_article = names_article(url)
        if kind is not PageKind.ERROR_PAGE and kind not in kinds and not (home is not None and is_article and _is_loose(kind)):
            continue
        read, _ = store.reading(("page", number))
        page = as_read(read)
        if read.same_as is not None:
            before[number] = page
        if page.kind in _NO_PROOF or page.kind is PageKind.HOME or page.list_state in _FILLED_LATER or page.rendered:
            continue
        models = unknown.get(host_of(url), [])
        if is_article and home is not None:
            models = [*models, home]
        own = Likeness.of(page)
        model = next(
            (model for model in models if page_key(model.page.url) != page_key(url) and model.likeness.is_same(own)), None
        )
        if model is not None:
            yield _Match(number=number, page=page, model=model)


def _is_loose(kind: PageKind) -> bool:
    """A home page under another address is read as something that is no article."""
    return kind in {PageKind.COLUMN, PageKind.LIST, PageKind.DEPARTMENT, PageKind.OTHER}


def _home(store: FactsStore) -> _Model | None:
    page = store.page(store.get_meta("home_url", ""))
    if page is None or page.list_state in _FILLED_LATER:
        return None
    return _Model(what="home", page=page, likeness=Likeness.of(page))


def _unknown(store: FactsStore) -> dict[str, list[_Model]]:
    """By host: the answers to made-up addresses that look like any page."""
    home = _home(store)
    found: dict[str, list[_Model]] = defaultdict(list)
    for answer in store.get_meta("unknown_pages", []) + store.get_meta("unknown_elsewhere", []):
        if answer["status"] != 200 or answer["forwards"]:
            continue
        for page in store.sightings(answer["url"])[-1:]:
            if page.kind in _NO_PROOF or page.list_state in _FILLED_LATER:
                continue
            likeness = Likeness.of(page)
            shows_home = home is not None and home.likeness.is_same(likeness)
            found[host_of(page.url)].append(_Model(what="home" if shows_home else "unknown", page=page, likeness=likeness))
    return found


def _marked(store: FactsStore, group: list[_Match]) -> dict[int, SameAs]:
    """Who of those that show the same has nothing of its own.

    One of them may be the place where the page belongs. An article's address is not; of others the one that most pages lead to
    may be, and addresses or links that say 首页 are. Of all but articles we are not certain, unless made-up addresses show
    the home page: what shows it then, and is not called so, has nothing of its own.
    """
    articles = [match for match in group if names_article(match.page.url)]
    others = [match for match in group if match not in articles and match.page.kind not in _OWN_PLACE]
    named = store.referrers_of(match.page.url for match in others)
    if group[0].model.what == "home":
        others = [match for match in others if not _is_home_by_name(match.page.url, named.get(match.page.url))]
    else:
        leading = {url: referrers.count for url, referrers in named.items()}
        others = sorted(others, key=lambda match: (-leading.get(match.page.url, 0), match.page.url))[1:]
    return {
        match.number: SameAs(
            what=match.model.what,
            url=match.model.page.url,
            capture=match.model.page.capture,
            kind=match.page.kind,
            certain=match in articles or match.model.what == "home",
        )
        for match in (*articles, *others)
    }


def _is_home_by_name(url: str, named: Referrers | None) -> bool:
    words = _words()
    by_address = words.home_address.search(urlsplit(url).path or "/", timeout=_TIMEOUT)
    return by_address is not None or (named is not None and speaks_of_home(named.text))
