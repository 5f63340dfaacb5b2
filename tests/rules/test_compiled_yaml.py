"""Shipped YAML kept as JSON: the same values, for the very same bytes, and never a reason to fail."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules import compiled_yaml
from rules.compiled_yaml import keep, kept
from rules.precompile import precompile
from rules.shipped import PACKS_FOLDER
from rules.yamlfile import parse_yaml, read_yaml

DATA = "a: 1\nb:\n  - 甲\n".encode()
PLAIN = {"a": 1, "b": ["甲"]}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A YAML file of a program of its own, in which Python may write."""
    package = tmp_path / "program"
    package.mkdir()
    (package / "__init__.py").touch()
    path = package / "a.yaml"
    path.write_bytes(DATA)
    monkeypatch.setattr(compiled_yaml, "_ROOT", tmp_path)
    monkeypatch.setattr(compiled_yaml, "_FOLDER", tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compiled_yaml._is_package.cache_clear()
    yield path
    compiled_yaml._is_package.cache_clear()


def only_kept(folder: Path) -> Path:
    (found,) = (folder.parents[1] / "kept").iterdir()
    return found


def test_a_file_read_once_is_not_parsed_again(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_yaml(shipped)
    monkeypatch.setattr("rules.yamlfile.parse_yaml", None)
    assert read_yaml(shipped).plain == first.plain == PLAIN


def test_every_shipped_rule_is_kept_as_it_is_read(shipped: Path) -> None:
    for path in sorted(PACKS_FOLDER.rglob("rules/*.yaml")):
        data = path.read_bytes()
        parsed = parse_yaml(data.decode(), path).plain
        keep(shipped, data, parsed)
        assert kept(shipped, data) == parsed, path


def test_other_bytes_are_another_file(shipped: Path) -> None:
    keep(shipped, DATA, PLAIN)
    assert kept(shipped, DATA + b"c: 1\n") is None
    shipped.write_bytes(b"a: 2\n")
    assert read_yaml(shipped).plain == {"a": 2}


def test_another_reader_reads_anew(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shipped, DATA, PLAIN)
    monkeypatch.setattr(compiled_yaml, "_reader", lambda: b"another")
    assert kept(shipped, DATA) is None


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-3], lambda kept: kept.replace(b"1", b"2"), lambda _: b"", lambda _: b"\xff"]
)
def test_what_is_damaged_is_read_anew(shipped: Path, damage: object) -> None:
    read_yaml(shipped)
    place = only_kept(shipped)
    place.write_bytes(damage(place.read_bytes()))  # type: ignore[operator]  one of the functions above
    assert kept(shipped, DATA) is None
    assert read_yaml(shipped).plain == PLAIN


def test_where_nobody_may_write_the_file_is_read(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = shipped.parent / "a-file"
    blocked.touch()
    monkeypatch.setattr(compiled_yaml, "_FOLDER", blocked / "kept")
    assert [read_yaml(shipped).plain, read_yaml(shipped).plain] == [PLAIN, PLAIN]


def test_where_python_writes_nothing_nothing_is_written(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read_yaml(shipped)
    assert not (shipped.parents[1] / "kept").exists()


def test_beside_files_of_the_operator_nothing_is_written(shipped: Path) -> None:
    own = shipped.parents[1] / "packs" / "a.yaml"
    own.parent.mkdir()
    own.write_bytes(DATA)
    read_yaml(own)
    assert kept(own, DATA) is None
    assert not (shipped.parents[1] / "kept").exists()


def test_a_complaint_about_a_kept_file_names_its_line(shipped: Path) -> None:
    assert [str(read_yaml(shipped).problem("甲。", ("b", 0))).partition("yaml:")[2] for _ in range(2)] == ["3:5：甲。"] * 2


def test_all_that_lies_below_a_folder_is_kept_even_where_python_writes_nothing(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (shipped.parent / "broken.yaml").write_text("a: [", encoding="utf-8")
    precompile([shipped.parent])
    assert kept(shipped, DATA) == PLAIN
    assert len(list((shipped.parents[1] / "kept").iterdir())) == 1
