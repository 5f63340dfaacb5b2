"""Chinese words for codes (``words.yaml``), read once before judging starts."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from rules.yamlfile import read_yaml

_FILE = Path(__file__).with_name("words.yaml")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """All tables of ``words.yaml``. The engine calls this before the first check, so that no check reads a file."""
    return read_yaml(_FILE).plain


def word(table: str, code: str) -> str:
    """The word for ``code``; the code itself where the table has none (a new crawler may know more reasons than we do)."""
    found = words()[table].get(code)
    return str(found) if found else code


def reason_word(code: str) -> str:
    """Why something was not looked at: a skip reason or a kind of failure, in words."""
    return word("failures", code) if code in words()["failures"] else word("reasons", code)


def column_label(column_type: str) -> str:
    return word("columns", column_type)


def sentence(name: str) -> str:
    return str(words()["sentences"][name])
