"""The speed of judging, counted and not timed: once warm, an evaluation compiles no pattern and reads no file."""

import builtins
import io
import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
import regex

from rules.cases import read_cases
from rules.engine import evaluate
from rules.loader import load_packs, without_rules
from rules.shipped import PACKS_FOLDER, shipped_packs

PACKS = load_packs()
CASES = [
    (without_rules(pack, [case.rule]), case)
    for name, pack in zip(shipped_packs(), PACKS, strict=True)
    for case in read_cases(PACKS_FOLDER / name)[0]
]


def refuse(*words: Any, **more: Any) -> NoReturn:
    raise AssertionError(f"not while judging: {words[:1]}")


def refuse_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    """``re.search("…", text)`` looks its pattern up in a cache at every call: that counts as compiling."""
    monkeypatch.setattr(re, "compile", refuse)
    monkeypatch.setattr(re, "_compile", refuse)
    monkeypatch.setattr(regex, "compile", refuse)
    monkeypatch.setattr(regex._main, "_compile", refuse)


def refuse_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.parametrize("guard", [refuse_patterns, refuse_files], ids=["patterns", "files"])
def test_judging_compiles_nothing_and_opens_nothing(monkeypatch: pytest.MonkeyPatch, guard: Any) -> None:
    warm = [evaluate(case.facts, [pack], case.as_of) for pack, case in CASES]
    with monkeypatch.context() as patched:
        guard(patched)
        again = [evaluate(case.facts, [pack], case.as_of) for pack, case in CASES]
    assert [each.errors for each in again] == [each.errors for each in warm]
    assert [each.findings for each in again] == [each.findings for each in warm]


def test_the_guard_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        refuse_patterns(patched)
        bites = [_refused(search) for search in (re.search, regex.search)]
    assert bites == [True, True]


def test_the_same_facts_give_the_same_evaluation_whatever_was_judged_before() -> None:
    case = next(case for _, case in CASES if case.fires)
    first = evaluate(case.facts, PACKS, case.as_of)
    evaluate(CASES[-1][1].facts, PACKS, date(2020, 1, 1))
    assert evaluate(case.facts, PACKS, case.as_of) == first


def _refused(search: Any) -> bool:
    try:
        search("a", "b")
    except AssertionError:
        return True
    return False
