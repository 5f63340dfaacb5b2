"""How lists call their columns (``headings.yaml``), read once."""

import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from rules.yamlfile import read_yaml

_FILE = Path(__file__).with_name("headings.yaml")
_ASIDE = regex.compile(r"[(\[【〔<].*?[)\]】〕>]")
_NOISE = regex.compile(r"[\s*:：/、,，.。“”\"'‘’()（）_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    fields: Mapping[str, str]
    """Field by normalised heading."""
    names: Mapping[str, str]
    """First wording of each field's heading."""
    ledger: tuple[str, ...]
    """Fields of the master ledger in their order."""
    sentences: tuple[tuple[str, frozenset[str]], ...]
    """Templates with the fields they need."""
    bare_url: str
    blanks: frozenset[str]
    problem_rules: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    """Words of a problem, and the rules that find the same."""
    mended: frozenset[str]

    def field_of(self, heading: str) -> str | None:
        """Field of a column called ``heading``; what stands in brackets counts only where the rest says nothing."""
        whole = normalised(heading)
        return self.fields.get(whole) or self.fields.get(normalised(_ASIDE.sub("", unicodedata.normalize("NFKC", heading))))

    def rules_like(self, text: str) -> frozenset[str]:
        """Rules that find what ``text`` describes."""
        found = (rules for words, rules in self.problem_rules if any(word in text for word in words))
        return frozenset().union(*found)


def normalised(heading: str) -> str:
    bare: str = _NOISE.sub("", unicodedata.normalize("NFKC", heading[:200]))
    return bare.upper()


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    raw = read_yaml(_FILE).plain
    return Vocabulary(
        fields={normalised(word): field for field, words in raw["headings"].items() for word in words},
        names={field: words[0] for field, words in raw["headings"].items()},
        ledger=tuple(raw["ledger"]),
        sentences=tuple((text, _needed(text)) for text in raw["sentences"]),
        bare_url=raw["bare_url"],
        blanks=frozenset(raw["blanks"]),
        problem_rules=tuple((tuple(map(str, each["words"])), frozenset(each["rules"])) for each in raw["problem_rules"]),
        mended=frozenset(raw["mended"]),
    )


def _needed(template: str) -> frozenset[str]:
    return frozenset(field for _, field, _, _ in string.Formatter().parse(template) if field)
