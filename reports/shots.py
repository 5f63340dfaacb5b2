"""Screenshots put into a scorecard itself, so that one file still shows everything when it is mailed on."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reports.cards import Cards

MAX_SHOT_BYTES = 700_000
"""Of one picture; a larger one stays in the run folder, and the card says so."""

_SIGNATURES: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"RIFF", "webp"))
"""Never SVG: a picture of a hostile page must not be a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    uri: str
    """``data:`` address of the picture."""
    card: str
    """Anchor of the first card that shows it; others only point there."""


def wanted(cards: Cards) -> bool:
    """Whether any evidence names a picture."""
    return any(quote.screenshot for group in cards.groups for card in group.cards for quote in card.quotes)


def embed(cards: Cards, folder: Path, room: int) -> dict[str, Shot]:
    """Pictures by file name, most urgent findings first, as long as they fit into ``room`` bytes.

    ``folder``: ``screenshots/`` beside the result. Files that are missing, too large, no picture or outside the folder are
    left out.
    """
    found: dict[str, Shot] = {}
    for group in cards.groups:
        for card in group.cards:
            for quote in card.quotes:
                if not quote.screenshot or quote.screenshot in found:
                    continue
                uri = _data_uri(folder, quote.screenshot)
                if uri and len(uri) <= room:
                    room -= len(uri)
                    found[quote.screenshot] = Shot(uri=uri, card=card.anchor)
    return found


def _data_uri(folder: Path, name: str) -> str:
    path = folder / name
    try:
        if Path(name).name != name or path.is_symlink() or not 0 < path.stat().st_size <= MAX_SHOT_BYTES:
            return ""
        raw = path.read_bytes()
    except (OSError, ValueError):
        return ""
    kind = next((kind for signature, kind in _SIGNATURES if raw.startswith(signature)), "")
    return f"data:image/{kind};base64,{b64encode(raw).decode()}" if kind else ""
