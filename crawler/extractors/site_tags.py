"""The standard page tags (页面标签) of 国办发〔2017〕47号's annex 网页设计规范, whatever their case, order and spelling."""

from functools import cache, lru_cache

from crawler.extractors.document import Document, clean
from crawler.vocabulary import load

_MAX_VALUE_CHARS = 500


@cache
def _official() -> dict[str, str]:
    """Spelling met (lower case, letters only) → official spelling."""
    spellings: dict[str, str] = {}
    for official, others in load("site_tags").items():
        for spelling in (official, *(others or ())):
            spellings[_letters(spelling)] = official
    return spellings


def extract_site_tags(doc: Document) -> dict[str, str]:
    """Tags present, by official spelling, values stripped (``""`` for a blank tag); the first non-blank one wins.

    Also understands ``property`` for ``name`` and names run together with the next attribute (``SiteDomain"content=``).
    """
    tags: dict[str, str] = {}
    official = _official()
    for element in doc.tagged("meta"):
        name = element.get("name") or element.get("property") or ""
        value = element.get("content")
        if value is None:
            value = next((text for key, text in element.items() if key.endswith("content")), "")
        spelling = official.get(_letters(name.split('"')[0]))
        if spelling and not tags.get(spelling):
            tags[spelling] = clean(value)[:_MAX_VALUE_CHARS]
    return tags


def extract_other_metas(doc: Document) -> dict[str, str]:
    """All further ``<meta name=… content=…>``, names in lower case: build times and dates under vendors' names."""
    official = _official()
    metas: dict[str, str] = {}
    for element in doc.tagged("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if name and _letters(name) not in official:
            metas.setdefault(name.strip().lower(), clean(element.get("content") or "")[:_MAX_VALUE_CHARS])
    return metas


@lru_cache(maxsize=1_024)
def _letters(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())
