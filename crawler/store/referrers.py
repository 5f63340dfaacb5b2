"""Which pages refer to an address: counted exactly, sampled in order, over own links and shared menus alike."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection

from crawler.store.codec import unpack_ids, unpack_texts
from crawler.store.page_codec import PackedPage

MAX_SAMPLES = 20

TEMPLATE_PAGES = 5
TEMPLATE_SHARE = 0.2
"""A link that stands in the menus of so many pages with one text, or of such a share of all, is one repair."""


@dataclass(slots=True)
class Referrers:
    """Pages that refer to one address."""

    count: int = 0
    samples: list[str] = field(default_factory=list)
    """At most 20, the home page first, then by address."""
    text: str = ""
    on_home: bool = False
    owners: set[str | None] = field(default_factory=set)
    menu_texts: Counter[str] = field(default_factory=Counter)
    """Number of pages on which it stands in a menu, banner or foot, by its text."""
    template: str = ""

    def in_template(self, pages: int) -> bool:
        most = max(self.menu_texts.values(), default=0)
        return most >= TEMPLATE_PAGES or most >= max(2, TEMPLATE_SHARE * pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    digest: str
    mentions: dict[int, _Mention]
    """Of the wanted targets that it holds."""


class ReferrerScan:
    """One pass over all pages, looking for a few targets."""

    def __init__(self, sql: Connection, wanted: frozenset[int], home_keys: frozenset[str]) -> None:
        self._sql = sql
        self._wanted = wanted
        self._home_keys = home_keys
        self.pages = 0
        self.found: dict[int, Referrers] = {}

    def run(self, owner: Callable[[str], str | None] | None = None) -> dict[int, Referrers]:
        """Target → its referrers; a target nobody refers to is absent. ``owner`` names the 单位 of a page."""
        if not self._wanted:
            return {}
        templates = self._templates()
        for home in (True, False):
            for target, url, part_of, prefix, suffix, own in self._rows(home=home):
                self.pages += 1
                mentions: dict[int, tuple[_Mention, str]] = {}
                hits = self._wanted.intersection(unpack_ids(own))
                if hits:
                    mentions.update((number, (mention, "")) for number, mention in self._own(target, hits).items())
                for template in (templates.get(prefix), templates.get(suffix)):
                    if template is not None:
                        mentions.update((number, (mention, template.digest)) for number, mention in template.mentions.items())
                if mentions:
                    shown = url if part_of is None else self._shown(target, url)
                    self._note(mentions, shown, home=home, owner=owner(shown) if owner is not None else None)
        return self.found

    def _note(self, mentions: dict[int, tuple[_Mention, str]], url: str, *, home: bool, owner: str | None) -> None:
        for number, (mention, digest) in mentions.items():
            entry = self.found.setdefault(number, Referrers())
            entry.count += 1
            if len(entry.samples) < MAX_SAMPLES and url not in entry.samples:
                entry.samples.append(url)
            entry.text = entry.text or mention.text
            entry.on_home = entry.on_home or home
            entry.owners.add(owner)
            entry.template = entry.template or digest
            if mention.place != "main":
                entry.menu_texts[mention.text] += 1

    def _rows(self, *, home: bool) -> Iterator[tuple[int, str, str | None, int | None, int | None, bytes]]:
        """The home page under its addresses, or all other pages; by address."""
        keys = sorted(self._home_keys)
        among = f"page_key {'IN' if home else 'NOT IN'} ({', '.join('?' * len(keys))})"
        return self._sql.execute(
            f"SELECT target, url, part_of, prefix, suffix, own FROM page WHERE outside = 0 AND {among} ORDER BY url, target",  # noqa: S608  question marks
            keys,
        )

    def _templates(self) -> dict[int | None, _Template]:
        templates: dict[int | None, _Template] = {}
        for number, own, texts in self._sql.execute("SELECT id, own, texts FROM template"):
            ids = unpack_ids(own)
            hits = self._wanted.intersection(ids)
            if hits:
                digest = hashlib.blake2b(texts, digest_size=6).hexdigest()
                templates[number] = _Template(digest=digest, mentions=_mentions(ids, unpack_texts(texts), hits))
        return templates

    def _own(self, target: int, hits: frozenset[int]) -> dict[int, _Mention]:
        own, texts = self._sql.execute("SELECT own, texts FROM page WHERE target = ?", (target,)).fetchone()
        return _mentions(unpack_ids(own), unpack_texts(texts), hits)

    def _shown(self, target: int, url: str) -> str:
        """Address of the page that a part completes: nobody opens an XML answer."""
        (facts,) = self._sql.execute("SELECT facts FROM page WHERE target = ?", (target,)).fetchone()
        return PackedPage(facts).said("part_of") or url


def _mentions(ids: Iterable[int], texts: list[tuple[str, str, str]], hits: frozenset[int]) -> dict[int, _Mention]:
    found: dict[int, _Mention] = {}
    for number, (text, _, place) in zip(ids, texts, strict=True):
        if number in hits and (number not in found or (not found[number].text and text)):
            found[number] = _Mention(text=text, place=place)
    return found
