"""``zhaocuo tickets recheck`` on the demo portal: one subject looked at again, before and after it was mended."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from audit.demo import DEMO_AS_OF
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer
from audit.ledger.account import Fault
from audit.ledger.ledger import Ledger
from audit.ledger.views import Deed, TicketView
from rules.addresses import canonical
from rules.loader import load_packs
from tests.audit.ledger.ledgers import CLERK, at
from tests.audit.ledger.nights import RULES, fault, merge, night
from tests.audit.ledger.test_ten_nights import mended

pytestmark = [pytest.mark.xdist_group("recheck"), pytest.mark.timeout(600)]

BUS = "bmcx/gongjiao.html"
LEAK = "zwgk/tzgg/fj/gongshi.pdf"


@dataclass
class Rechecking:
    server: DemoServer
    data: Path

    def at(self, rule: str, path: str, named_on: str) -> Fault:
        url = self.server.base_url + path
        named = (self.server.base_url + named_on,)
        return fault(rule, path, url=url, address=canonical(url), found_on=named, found_on_count=1)

    def recheck(self, number: str) -> tuple[int, str]:
        words = [
            "tickets",
            "recheck",
            number,
            "--by",
            "王科长",
            "--as-of",
            str(DEMO_AS_OF),
            "--data",
            str(self.data),
            "--delay",
            "0",
        ]
        command = [sys.executable, "-m", "audit", *words, "--allow-private", "--no-browser"]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=240, check=False, env=os.environ | {"no_proxy": "*"}
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stderr

    def ticket(self, number: str) -> TicketView:
        with Ledger.open(self.data, at("2026-11-20")) as ledger:
            return ledger.ticket(number)


@pytest.fixture(scope="module")
def rechecking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rechecking]:
    with pytest.MonkeyPatch.context() as patch, DemoServer(build_portal(DEMO_AS_OF)) as server:
        patch.delenv("ZHAOCUO_DATABASE_URL", raising=False)
        yield Rechecking(server, tmp_path_factory.mktemp("recheck"))


def test_one_subject_is_looked_at_again_before_and_after_it_was_mended(rechecking):
    bus = rechecking.at("dead-link", BUS, "bmcx/")
    leak = rechecking.at("exposed-id-number", LEAK, "zwgk/tzgg/202611/t20261113_3428672.html")
    rules = RULES | {"exposed-id-number": replace(RULES["missing-column-label"], title="身份证号", check="exposed-number")}
    with Ledger.open(rechecking.data, at("2026-11-20")) as ledger:
        merge(ledger, night("2026-11-20", bus, leak, portal_url=rechecking.server.base_url, rules=rules))
        from audit.ledger.states import Verb

        ledger.act("1", Deed(verb=Verb.REPLY, by=CLERK, at=at("2026-11-20"), note="已修复。"))
    assert rechecking.recheck("1")[0] == 1
    assert rechecking.recheck("2")[0] == 1
    assert rechecking.ticket("1").state == "待整改"
    rechecking.server.portal = mended(rechecking.server.portal)
    assert rechecking.recheck("1")[0] == 0
    assert rechecking.recheck("2")[0] == 0
    assert [event.after.value for event in rechecking.ticket("1").events] == ["待整改", "已反馈", "待整改", "复查通过", "销号"]
    gone = rechecking.ticket("2")
    assert (gone.state, "已不再指向它" in gone.events[-2].note) == ("销号", True)
    assert rechecking.recheck("1")[0] == 0
    assert len(rechecking.ticket("1").events) == 5
    assert {rule.id for pack in load_packs() for rule in pack.rules} >= {"dead-link", "exposed-id-number"}
