"""What can be wrong with a rule pack: problems with their place, all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One mistake in a pack's files."""

    file: Path
    line: int = 0
    """1-based; 0: the file as a whole."""
    column: int = 0
    message: str
    """One Chinese sentence: what is wrong and, where it helps, what would be right."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else f"{self.file}"
        return f"{place}：{self.message}"


class PackInvalid(Exception):
    """``pack-invalid``: a pack cannot be used; carries every problem found, before anything ran."""

    code = "pack-invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class RuleRefused(Exception):
    """``rule-refused``: a new rule's files were not written; ``str(error)`` is one Chinese sentence that says why."""

    code = "rule-refused"
