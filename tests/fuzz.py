"""How much is tried: a bounded number of examples in ``./dev test``, more by hand.

``ZHAOCUO_FUZZ=100 .venv/bin/python -m pytest -q tests/crawler/test_fuzz.py tests/rules/test_fuzz.py`` tries a hundred times
as many.
"""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("ZHAOCUO_FUZZ", "1"))


def tries(examples: int) -> settings:
    """Settings of one test: ``examples`` in ``./dev test``."""
    return settings(max_examples=examples * TIMES, suppress_health_check=list(HealthCheck))
