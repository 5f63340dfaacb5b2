"""What pages of one template have in common: a value that most of them show is missing where it is not shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.model import Judgement

MAX_WAITING = 2_000
"""Pages of one template that wait for the end; where so many lack a value, it is no slip of one page."""


@dataclass(slots=True)
class Siblings:
    """Pages of one template, counted."""

    shown: int = 0
    lacking: int = 0
    waiting: list[tuple[Judgement, Judgement]] = field(default_factory=list)

    def lacks(self, accused: Judgement, doubted: Judgement) -> None:
        """A page without the value: what is said when its siblings show it, and what when they do not."""
        self.lacking += 1
        if len(self.waiting) < MAX_WAITING:
            self.waiting.append((accused, doubted))

    def usual(self, min_siblings: int, min_share: float) -> bool:
        return self.shown >= min_siblings and self.shown >= min_share * (self.shown + self.lacking)


class Families:
    """Siblings by template."""

    def __init__(self, min_siblings: int, min_share: float) -> None:
        self.min_siblings = min_siblings
        self.min_share = min_share
        self.by_template: dict[str, Siblings] = {}

    def of(self, template: str) -> Siblings:
        siblings = self.by_template.get(template)
        if siblings is None:
            siblings = self.by_template[template] = Siblings()
        return siblings

    def judgements(self) -> Iterator[Judgement]:
        for siblings in self.by_template.values():
            usual = siblings.usual(self.min_siblings, self.min_share)
            for accused, doubted in siblings.waiting:
                yield accused if usual else doubted
