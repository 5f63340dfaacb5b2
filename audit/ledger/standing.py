"""Whether there is a ledger yet: asked before a crawl, which need not load Django for the answer."""

import os
from pathlib import Path

from audit.folders import LEDGER_POLICY_NAME
from audit.ledger.database import NAME, VARIABLE


def is_known(data: Path) -> bool:
    """False: neither was a ledger kept for ``data`` before, nor did the operator say anything of one."""
    return bool(os.environ.get(VARIABLE)) or (data / NAME).exists() or (data / LEDGER_POLICY_NAME).exists()
