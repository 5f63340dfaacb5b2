"""Words looked for in the whole source of a page, all in one pass: asked one by one they cost more than the parser does."""

from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from crawler.extractors.document import Document
from crawler.vocabulary import load

_PLAIN = (
    "<datastore", "datastore", "atob", "jpage", "build/unit", "_CONFIG", "Ls.", "/site/label/", "gkmlpt", "ms-visible", "static",
    "ms-repeat", "ms-for", "ms-each", "ms-include", "ms-controller", "v-for", "v-html", "ng-repeat", "ng-app", "ng-view",
    "ui-view", "data-bind", "data-each", "x-for",
)  # fmt: skip


class _Finder:
    """Finds which of its words a text holds, capitals or not."""

    def __init__(self) -> None:
        report, elder, pagers = load("marks")["error_report"], load("accessibility"), load("pagers")
        words = (*_PLAIN, *report["traces"], *report["name_traces"], *pagers["ajax_marks"])
        words += (*elder["elder_words"], *elder["elder_traces"])
        self.words = sorted({word.lower() for word in words})
        self.known = frozenset(self.words)
        self._automaton = BytesAhoCorasick([word.encode() for word in self.words], implementation=Implementation.DFA)

    def found(self, text: str) -> frozenset[str]:
        source = text.encode("utf-8", "surrogatepass").lower()  # of bytes, which are ten times as fast to lower as signs
        matches = self._automaton.find_matches_as_indexes(source, overlapping=True)
        return frozenset([self.words[index] for index in {match[0] for match in matches}])


@cache
def _finder() -> _Finder:
    return _Finder()


def mentions(doc: Document, words: Iterable[str], *, capitals_count: bool = True) -> bool:
    """Whether one of ``words`` stands in the page's source; words that the pass does not know are looked for one by one."""
    finder = _finder()
    found: frozenset[str] | None = doc.notes.get("source_words")
    if found is None:
        found = doc.notes["source_words"] = finder.found(doc.source)
    for word in words:
        lower = word.lower()
        if lower in finder.known:
            if lower in found and (not capitals_count or word == lower == word.upper() or word in doc.source):
                return True
        elif word in (doc.source if capitals_count else doc.source.lower()):
            return True
    return False
