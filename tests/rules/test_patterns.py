"""Patterns from YAML."""

import pytest

from rules.patterns import PatternTimeoutError, SafePattern


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(", "写法有误"),
        ("a*", "空文字"),
        ("((a{100}){100}){100}", "重复次数"),
        ("a{300}{300}", "重复次数"),
        ("(" * 20 + "a" + ")" * 20, "括号套了"),
        ("年" * 1_001, "超过 1000"),
    ],
)
def test_a_pattern_that_could_hurt_is_refused_in_words(pattern: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SafePattern.of(pattern)


@pytest.mark.parametrize("pattern", ["[]{9999}]x", r"\{9999}x", "(?:a{10}){20}b", "[^]]{5}", "年{3"])
def test_braces_that_are_no_counts_are_let_through(pattern: str) -> None:
    assert SafePattern.of(pattern).text == pattern


def test_a_pattern_that_runs_away_on_a_page_raises_instead_of_hanging() -> None:
    with pytest.raises(PatternTimeoutError):
        SafePattern.of(r"^(.*?,){11}P").search("1," * 60_000)


def test_chinese_classes_work() -> None:
    found = SafePattern.of(r"\p{Han}{2,4}局").search("由示例县财政局负责")
    assert found is not None
