"""An empty ledger for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.ledger.database import VARIABLE
from audit.ledger.ledger import Ledger
from tests.audit.intake.lists_made_here import NOW


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.delenv(VARIABLE, raising=False)
    with Ledger.open(tmp_path / "data", NOW) as opened:
        yield opened
