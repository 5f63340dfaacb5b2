"""Which runs hold the evidence of tickets that are not closed."""

from datetime import datetime
from pathlib import Path

from audit.ledger.ledger import Ledger


def open_ticket_runs(data: Path, moment: datetime) -> frozenset[str]:
    """Names of the run folders that must stay; raises :class:`~audit.errors.LedgerUnusable` when nobody can say."""
    with Ledger.open(data, moment) as ledger:
        return ledger.runs_of_unsettled_tickets()
