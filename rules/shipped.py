"""The packs that come with the program, by name: light to ask, checks none of them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rules.yamlfile import read_yaml

PACKS_FOLDER = Path(__file__).with_name("packs")
ALL_SHIPPED = "all"
"""Name under which all of them can be chosen, beside a local pack that replaces one of them."""


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that come with the program."""
    return tuple(sorted(path.parent.name for path in PACKS_FOLDER.glob("*/pack.yaml")))


def are_shipped(names: Iterable[str]) -> bool:
    """Whether all of ``names`` are packs of the program's own, or ``all`` of them."""
    return {*names} <= {ALL_SHIPPED, *shipped_packs()}


def shipped_params(names: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """``params`` of every rule of the named packs as its file gives them; of all packs when none is named.

    What reads and checks whole packs takes twenty times the memory.
    """
    named = {*names}
    chosen = shipped_packs() if ALL_SHIPPED in named or not named else sorted(named)
    for name in chosen:
        for path in sorted((PACKS_FOLDER / name / "rules").glob("*.yaml")):
            yield read_yaml(path).plain.get("params") or {}
