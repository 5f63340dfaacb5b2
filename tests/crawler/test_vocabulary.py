"""Word lists: readable, compiled once, and without contradictions."""

import sys
from pathlib import Path

import pytest
import regex

from crawler.extractors.column_names import kind_of_stem, kinds_of_name
from crawler.facts import MANDATORY_ROLES
from crawler.vocabulary import VocabularyInvalid, _parsed, compiled, load
from crawler.vocabulary.compiled import _place, keep, kept

COLUMNS = load("columns")


def test_a_word_list_is_read_once() -> None:
    assert load("columns") is load("columns")


@pytest.mark.parametrize("name", ["nothing_here", "../../pyproject", "Columns", ""])
def test_an_unknown_or_odd_name_is_refused(name: str) -> None:
    with pytest.raises(VocabularyInvalid):
        load(name)


def test_every_type_is_complete() -> None:
    for kind, entry in COLUMNS["types"].items():
        assert set(entry) <= {"label", "prefix", "weak", "exact", "patterns", "exclude", "stems", "tags", "freshness"}, kind
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


LISTS = sorted(Path(compiled.__file__).parent.glob("*.yaml"))


@pytest.fixture
def writable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.mark.usefixtures("writable")
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_is_kept_as_it_is_parsed(path: Path, tmp_path: Path) -> None:
    data, place = path.read_bytes(), tmp_path / path.name
    keep(place, data, _parsed(path, data))
    assert kept(place, data) == load(path.stem)


@pytest.mark.usefixtures("writable")
def test_what_is_kept_of_other_bytes_or_damaged_is_not_taken(tmp_path: Path) -> None:
    place = tmp_path / "a.yaml"
    keep(place, b"a: 1", {"a": 1})
    assert [kept(place, b"a: 1"), kept(place, b"a: 2")] == [{"a": 1}, None]
    stored = _place(place).read_bytes()
    for damaged in (stored[:-1], stored[:10], b"", stored[:-3] + b"xyz"):
        _place(place).write_bytes(damaged)
        assert kept(place, b"a: 1") is None


@pytest.mark.usefixtures("writable")
def test_where_nobody_may_write_nothing_is_kept_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").touch()
    keep(tmp_path / "a.yaml", b"a: 1", {"a": 1})
    assert kept(tmp_path / "a.yaml", b"a: 1") is None


def test_where_python_writes_nothing_no_list_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(tmp_path / "a.yaml", b"a: 1", {"a": 1})
    assert not list(tmp_path.iterdir())
