"""Each family audited end to end: everything found, nothing invented, the planted faults and no others."""

import os
import sys
from pathlib import Path

import pytest

from tests.families.auditing import audit
from tests.families.comparing import differences, tally
from tests.families.drawing import Imitation
from tests.families.empire import Empire
from tests.families.gkmlpt import Gkmlpt
from tests.families.hanweb import Hanweb
from tests.families.lonsun import Lonsun
from tests.families.plan import AS_OF
from tests.families.server import ProxyServer
from tests.families.trs import Trs
from tests.families.ucap import Ucap

IMITATIONS = (Trs, Empire, Lonsun, Hanweb, Ucap, Gkmlpt)
pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("made", IMITATIONS, ids=lambda made: f"{made.family}-{made.__name__}")
def test_everything_is_found_and_only_the_planted_faults_are_reported(made: type[Imitation], tmp_path: Path) -> None:
    imitation = made()
    imitation.build()
    with ProxyServer(imitation.hosts) as server:
        audited = audit(server.address, imitation.home, tmp_path, AS_OF)
    counted = tally(imitation.expected, audited)
    if os.environ.get("FAMILY_TABLE"):
        sys.stdout.write(f"{made.family} {counted}\n")
    wrong = differences(imitation.expected, audited)
    assert not wrong, "\n".join(wrong)
    assert all(found == true for found, true in counted.values()), counted
