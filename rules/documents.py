"""Documents and their interpretations, told by the columns they stand in and by their titles."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from crawler.facts import PageFacts
from rules.at_hand import once_a_page
from rules.patterns import SafePattern
from rules.registry import CheckParams

_NAMED = re.compile(r"《([^《》]{4,120})》")
_LONG = 400
_MIN_NAME = 6
_ABOUT = re.compile(r"关于.+$")
_ISSUED = re.compile(r"关于(?:印发|发布|公布)《?([^《》]+?)》?(?:（[^（）]*）|\([^()]*\))?的(?:通知|决定|公告)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWords(CheckParams):
    """How normative documents and interpretations are told."""

    normative_column: SafePattern
    interpretation_column: SafePattern
    not_normative: SafePattern
    """What stands beside normative documents, by title or column: catalogues, clean-ups, drafts, interpretations."""
    container: SafePattern
    """Columns that hold everything a portal discloses (政府信息公开目录): above a document their name says nothing of it."""
    interpretation_title: SafePattern

    def is_normative(self, page: PageFacts) -> bool:
        """A normative document by the column the page names, not by its words."""
        names = column_names(page)
        if not any(name_fits(self.normative_column, name) for name in names):
            return False
        telling = (name for name in names if not self.container.search(name))
        return not any(self.not_normative.search(name) for name in (*telling, page.title.value or ""))

    def is_interpretation(self, page: PageFacts) -> bool:
        if not any(name_fits(self.interpretation_column, name) for name in column_names(page)):
            return False
        return bool(self.interpretation_title.search(plain(page.title.value or "")))


@lru_cache(maxsize=16_384)
def name_fits(pattern: SafePattern, name: str) -> bool:
    """Whether a column's name fits; a portal has far fewer columns than pages. Raises :class:`PatternTimeoutError`."""
    return pattern.search(name) is not None


@once_a_page
def column_names(page: PageFacts) -> tuple[str, ...]:
    """Names of the column the page says it stands in: its label and its last two crumbs."""
    own = page.title.value if page.title.strategy != "breadcrumb" else None  # a page without a title is called like its column
    crumbs = [crumb.text for crumb in page.breadcrumb if crumb.text != own][-2:]
    return tuple(dict.fromkeys(plain(name) for name in (page.tags.get("ColumnName", ""), *crumbs) if name))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A title or name in one spelling: full-width forms folded, blanks gone, cut after 400 characters."""
    return _folded(text[:_LONG])


def folded(text: str) -> str:
    """``text`` in one spelling, whatever its length: full-width forms folded, blanks gone."""
    return plain(text) if len(text) <= _LONG else _folded(text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def named_documents(title: str) -> tuple[str, ...]:
    """Titles in 《》, in one spelling."""
    return tuple(dict.fromkeys(plain(name) for name in _NAMED.findall("".join(title[:_LONG].split()))))


def names_of(title: str) -> tuple[str, ...]:
    """Names under which others speak of the document: its title, without the organ, and what it issues.

    ``示例县人民政府关于印发示例县河道管理办法的通知`` is also ``关于印发示例县河道管理办法的通知`` and ``示例县河道管理办法``.
    """
    whole = plain(title)
    about = _ABOUT.search(whole)
    issued = _ISSUED.search(whole)
    names = (whole, about[0] if about else "", issued[1] if issued else "", *named_documents(title))
    return tuple(dict.fromkeys(name for name in names if len(name) >= _MIN_NAME))


def same_address(first: str, second: str) -> bool:
    return unquote(first).split("://")[-1].rstrip("/") == unquote(second).split("://")[-1].rstrip("/")
