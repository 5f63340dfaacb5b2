"""Word lists: readable, compiled once, and without contradictions."""

import pytest
import regex

from crawler.extractors.column_names import kind_of_stem, kinds_of_name
from crawler.facts import MANDATORY_ROLES
from crawler.vocabulary import VocabularyInvalid, load

COLUMNS = load("columns")


def test_a_word_list_is_read_once() -> None:
    assert load("columns") is load("columns")


@pytest.mark.parametrize("name", ["nothing_here", "../../pyproject", "Columns", ""])
def test_an_unknown_or_odd_name_is_refused(name: str) -> None:
    with pytest.raises(VocabularyInvalid):
        load(name)


def test_every_type_is_complete() -> None:
    for kind, entry in COLUMNS["types"].items():
        assert set(entry) <= {"label", "prefix", "exact", "patterns", "exclude", "stems", "tags", "freshness"}, kind
        assert entry["label"], kind
        assert entry["exact"], kind
        assert entry.get("freshness") in {None, "news", "policy"}, kind
    assert set(MANDATORY_ROLES) <= set(COLUMNS["types"])
    assert list(COLUMNS["statutory"]) == list(range(1, 16))


def test_every_exact_name_is_recognised_as_its_type() -> None:
    for kind, entry in COLUMNS["types"].items():
        for name in entry["exact"]:
            assert kind in kinds_of_name(name), (kind, name)
    for number, entry in COLUMNS["statutory"].items():
        for name in entry["exact"]:
            assert f"statutory:{number}" in kinds_of_name(name), (number, name)


def test_no_name_of_one_of_the_four_names_another_of_them() -> None:
    for role in MANDATORY_ROLES:
        for name in COLUMNS["types"][role]["exact"]:
            assert set(kinds_of_name(name)) & set(MANDATORY_ROLES) == {role}, name


def test_every_stem_opens_one_type() -> None:
    stems = [stem for entry in COLUMNS["types"].values() for stem in entry["stems"]]
    doubled = {stem for stem in stems if stems.count(stem) > 1}
    assert not doubled
    for kind, entry in COLUMNS["types"].items():
        for stem in entry["stems"]:
            assert kind_of_stem(f"http://www.yunxi.gov.cn/zwgk/{stem}/") == kind


def test_all_patterns_compile() -> None:
    patterns = [pattern for entry in COLUMNS["types"].values() for pattern in (*entry["patterns"], *entry["exclude"])]
    patterns += [pattern for entry in COLUMNS["statutory"].values() for pattern in entry["patterns"]]
    phrases = load("phrases")
    patterns += [pattern for key in ("empty", "not_empty", "loading", "note", "note_title") for pattern in phrases[key]]
    pagers = load("pagers")
    patterns += [pattern for key in ("pages_patterns", "total_patterns", "current_patterns") for pattern in pagers[key]]
    for pattern in patterns:
        regex.compile(pattern)
