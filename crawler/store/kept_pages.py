"""Pages of an earlier run as the next night takes them over: found in one question, and read no further than needed."""

from dataclasses import dataclass

from crawler.addresses import url_key
from crawler.facts import PageFacts
from crawler.store.answers import Validators
from crawler.store.page_codec import PackedPage
from crawler.store.page_record import PlainLink
from crawler.store.reader import FactsReader
from crawler.store.short import long_hex
from crawler.targets import State


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """The page at one address."""

    brief: PageFacts
    """Without its text and most of what was read of it."""
    packed: PackedPage
    validators: Validators
    prefix: int | None
    own: bytes
    texts: bytes
    suffix: int | None


class KeptPages(FactsReader):
    """The part of the store that an earlier run is read by."""

    def kept_page(self, url: str) -> KeptPage | None:
        """The page that ``url`` opened, under this very spelling; None when it is none of the portal's, or forwards to one."""
        row = self._one(
            "SELECT facts, etag, modified, body_hash, prefix, own, texts, suffix FROM page JOIN target ON target = id"
            " WHERE key = ? AND outside = 0 AND page.url = ? AND state != ?",
            (url_key(url), url, State.REDIRECTED),
        )
        if row is None:
            return None
        facts, etag, modified, body_hash, prefix, own, texts, suffix = row
        packed = PackedPage(facts, self._menus)
        return KeptPage(
            brief=packed.brief(),
            packed=packed,
            validators=Validators(etag=etag, modified=modified, body_hash=long_hex(body_hash)),
            prefix=prefix,
            own=own,
            texts=texts,
            suffix=suffix,
        )

    def kept_links(self, page: KeptPage) -> tuple[PlainLink, ...]:
        """The links of ``page`` as they stand on it, in order."""
        return self._joined(page.prefix, page.own, page.texts, page.suffix)
