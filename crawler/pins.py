"""What the operator pinned, corrected or listed (portal.yaml): it wins over every guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.facts import NewMediaAccount, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedUnit:
    """A 单位 as the operator names it."""

    name: str
    kind: UnitKind | None = None
    group: str = ""
    url: str | None = None
    url_prefixes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """``column_type`` of the four to address."""
    ignored: bool = False
    """Not a 单位 of this portal, whatever its lists say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedColumn:
    """A portal column as the operator classifies it."""

    url: str
    name: str = ""
    column_type: str = ""
    """``""``: leave the guess."""
    archived: bool | None = None
    ignored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """All corrections of one portal; empty by default."""

    xxgk_url: str | None = None
    region: str = ""
    units: tuple[PinnedUnit, ...] = ()
    columns: tuple[PinnedColumn, ...] = ()
    institutions: tuple[str, ...] | None = None
    """公共企事业单位 that must have their place on the portal; None: no list."""
    new_media: tuple[NewMediaAccount, ...] | None = None
    """政务新媒体 accounts with their last posts; None: no list."""
