"""How often a process of ours looks for garbage in circles."""

import gc

_YOUNG = 10_000
"""New objects before Python looks; its usual 700 are fewer than one page makes."""
_OLDER = 20
"""Looks at the youngest before the next generation is looked at, and the same again for the oldest."""


def look_rarely() -> None:
    """Have Python look for circles less often, for the process that calls this.

    What pages, links and findings are made of is freed without that: looking at all of it again and again takes a tenth of
    the judging and a twentieth of the crawl, and finds next to nothing.
    """
    gc.set_threshold(_YOUNG, _OLDER, _OLDER)
