"""Siblings: a page is accused of lacking a value only where its siblings show it."""

import pytest

from rules.model import Judgement, Outcome
from rules.siblings import Families

ACCUSED, DOUBTED = Judgement(outcome=Outcome.FAILED), Judgement(outcome=Outcome.CANT_TELL)


@pytest.mark.parametrize(
    ("shown", "lacking", "outcome"),
    [
        (5, 1, Outcome.FAILED),
        (4, 1, Outcome.CANT_TELL),
        (6, 4, Outcome.FAILED),
        (5, 4, Outcome.CANT_TELL),
        (0, 3, Outcome.CANT_TELL),
    ],
)
def test_enough_siblings_and_the_greater_part_of_them_must_show_it(shown: int, lacking: int, outcome: Outcome) -> None:
    families = Families(min_siblings=5, min_share=0.6)
    families.of("a").shown = shown
    for _ in range(lacking):
        families.of("a").lacks(ACCUSED, DOUBTED)
    assert [judgement.outcome for judgement in families.judgements()] == [outcome] * lacking


def test_another_template_proves_nothing() -> None:
    families = Families(min_siblings=5, min_share=0.6)
    families.of("a").shown = 100
    families.of("b").lacks(ACCUSED, DOUBTED)
    assert list(families.judgements()) == [DOUBTED]
