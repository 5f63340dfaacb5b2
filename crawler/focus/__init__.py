"""Crawls that look at a part of a portal only: a spot check of one address, or a drawn sample."""

from crawler.focus.model import META, SAMPLE, SPOT, Focus
from crawler.focus.sampled import SampleFocus
from crawler.focus.spot import SpotFocus
from crawler.parts import Sampled, Spot

__all__ = ["META", "SAMPLE", "SPOT", "Focus", "SampleFocus", "Sampled", "Spot", "SpotFocus", "focus_of"]


def focus_of(wanted: Spot | Sampled | None) -> Focus | None:
    """What keeps a crawl to its part; None: the whole portal is looked at."""
    if wanted is None:
        return None
    return SpotFocus(wanted) if isinstance(wanted, Spot) else SampleFocus(wanted)
