"""Each family audited end to end: everything found, nothing invented, the planted faults and no others."""

import os
import sys
from pathlib import Path

import pytest

from tests.families.auditing import NotReached, audit
from tests.families.avalon import Avalon
from tests.families.comparing import differences, tally
from tests.families.council import Council
from tests.families.drawing import Imitation
from tests.families.empire import Empire
from tests.families.encoded import Encoded
from tests.families.gkmlpt import Gkmlpt
from tests.families.hanweb import Hanweb
from tests.families.hebei import Hebei
from tests.families.lonsun import Lonsun
from tests.families.old_static import OldStatic, Walled
from tests.families.plan import AS_OF
from tests.families.scripted import JsonLists, Linked, Shell
from tests.families.server import ProxyServer
from tests.families.trs import Trs
from tests.families.ucap import Ucap

IMITATIONS = (Trs, Avalon, Lonsun, Hanweb, Ucap, Gkmlpt, Hebei, Empire, Encoded, Council, JsonLists, OldStatic)
BLIND = (Shell, Linked)
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


@pytest.mark.parametrize("made", BLIND, ids=lambda made: made.__name__)
def test_what_could_not_be_seen_accuses_nobody(made: type[Imitation], tmp_path: Path) -> None:
    imitation = made()
    imitation.build()
    with ProxyServer(imitation.hosts) as server:
        audited = audit(server.address, imitation.home, tmp_path, AS_OF)
    assert [(finding["rule"], finding["url"], finding["message"]) for finding in audited.findings] == []
    assert audited.outcomes.get("untested", 0) + audited.outcomes.get("cant_tell", 0) > 0


def test_a_robot_check_is_reported_as_such_and_never_as_a_portal_without_contents(tmp_path: Path) -> None:
    imitation = Walled()
    imitation.build()
    with ProxyServer(imitation.hosts) as server, pytest.raises(NotReached, match="被防火墙拦截"):
        audit(server.address, imitation.home, tmp_path, AS_OF)
