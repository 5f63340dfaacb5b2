"""The catalogue of rule ids (``catalogue.yaml``): what exists, what is planned."""

import json
from functools import lru_cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from rules.model import Outcome, Subject
from rules.yamlfile import read_yaml

_FILE = Path(__file__).with_name("catalogue.yaml")


@dataclass(frozen=True, config=ConfigDict(extra="forbid", strict=True))
class CatalogueEntry:
    """One id. Exactly one of ``since`` and ``planned`` is given."""

    pack: str
    subject: Subject
    outcome: Outcome
    since: str = ""
    planned: bool = False


@lru_cache(maxsize=1)
def catalogue() -> dict[str, CatalogueEntry]:
    """All ids, in the order of the catalogue."""
    raw = read_yaml(_FILE).plain["rules"]
    return TypeAdapter(dict[str, CatalogueEntry]).validate_json(json.dumps(raw))
