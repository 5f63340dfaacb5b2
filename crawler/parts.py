"""The part of a portal that a crawl is asked to look at: a plain value, light to import for whoever asks."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One address to be looked at in seconds, with what its rules need."""

    url: str
    kind: Literal["", "unit", "column"] = ""
    """What it is known to be from an earlier run; ``""``: the page tells."""
    links: int = 30
    """Links of the page that are tried; the rest is left out."""
    entries: int = 20
    """Entries of a list that are opened."""
    list_pages: int = 20
    columns: int = 60
    """Columns of a 单位 that are opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What was drawn of a portal whose overview is stored already."""

    prefixes: tuple[str, ...] = ()
    """URL prefixes of the 单位 drawn."""
    columns: tuple[tuple[str, str], ...] = ()
    """Address and ``column_type`` of their columns, as far as the overview met them."""
    entries: tuple[str, ...] = ()
    """Entries of their 指南 and 年报, which rules read whatever was drawn."""
    pages: tuple[str, ...] = ()
    """Articles drawn."""
    links: int = 40
    """Links of an article drawn that are tried."""
