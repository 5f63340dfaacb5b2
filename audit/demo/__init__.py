"""The built-in demo portal: an invented county with a fault of each kind, a trap beside it, and the table of both."""

from datetime import date

DEMO_AS_OF = date(2026, 11, 20)
"""Audit date of ``zhaocuo demo``: fixed, so that its result is the same for ever."""
