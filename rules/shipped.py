"""The packs that come with the program, by name: light to ask, reads none of them."""

from collections.abc import Iterable
from pathlib import Path

PACKS_FOLDER = Path(__file__).with_name("packs")
ALL_SHIPPED = "all"
"""Name under which all of them can be chosen, beside a local pack that replaces one of them."""


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that come with the program."""
    return tuple(sorted(path.parent.name for path in PACKS_FOLDER.glob("*/pack.yaml")))


def are_shipped(names: Iterable[str]) -> bool:
    """Whether all of ``names`` are packs of the program's own, or ``all`` of them."""
    return {*names} <= {ALL_SHIPPED, *shipped_packs()}
