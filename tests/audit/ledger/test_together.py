"""Two processes at once, and one that is killed: nothing lost, nobody locked out, never half a run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audit.ledger.ledger import Ledger
from audit.ledger.states import State, Verb
from tests.audit.ledger.ledgers import HOME, at
from tests.audit.ledger.nights import FINE, fault, merge, night

TRANSACTIONS = 300
TICKETS = 20
REPO = Path(__file__).parents[3]

AUDITING = f"""
import sys
from datetime import date, timedelta
from pathlib import Path
from audit.ledger.ledger import Ledger
from tests.audit.ledger.ledgers import HOME, at
from tests.audit.ledger.nights import fault, merge, night
faults = [fault("dead-link", f"a/{{n}}.html", found_on=(HOME,)) for n in range({TICKETS})]
with Ledger.open(Path(sys.argv[1]), at("2026-11-20")) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({TRANSACTIONS}):
        day = (date(2020, 1, 1) + timedelta(days=number)).isoformat()
        assert merge(ledger, night(day, *faults)).merged
"""

REPLYING = f"""
import sys
from pathlib import Path
from audit.ledger.ledger import Ledger
from audit.ledger.states import Verb
from audit.ledger.views import Deed
from tests.audit.ledger.ledgers import CLERK, INSPECTOR, at
with Ledger.open(Path(sys.argv[1]), at("2026-11-20")) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({TRANSACTIONS}):
        ticket = ledger.ticket(f"T{{number % {TICKETS} + 1}}")
        verb, by = (Verb.REJECT, INSPECTOR) if ticket.state == "申诉中" else (Verb.REPLY if number % 3 else Verb.APPEAL, CLERK)
        ledger.act(ticket.number, Deed(verb=verb, by=by, at=at("2019-12-31"), note=f"第 {{number}} 次。"))
"""


def start(code: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPO,
        env=os.environ | {"PYTHONPATH": str(REPO)},
    )


def test_one_audits_and_one_replies_and_nothing_is_lost(database_url, tmp_path):
    with Ledger.open(tmp_path, at("2019-12-31")) as ledger:
        faults = [fault("dead-link", f"a/{number}.html", found_on=(HOME,)) for number in range(TICKETS)]
        merge(ledger, night("2019-12-31", *faults))
    both = [start(AUDITING, tmp_path), start(REPLYING, tmp_path)]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=280) for process in both]
    assert [(process.returncode, err[-2_000:]) for process, (_, err) in zip(both, ended, strict=True)] == [(0, "")] * 2
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        tickets = list(ledger.tickets())
        said = sorted(
            event.note for ticket in tickets for event in ticket.events if event.verb in {Verb.REPLY, Verb.APPEAL, Verb.REJECT}
        )
        assert said == sorted(f"第 {number} 次。" for number in range(TRANSACTIONS))
        assert {ticket.seen_run for ticket in tickets} == {"run-2020-10-26"}
        for ticket in tickets:
            states = [event.after for event in ticket.events]
            befores = [event.before for event in ticket.events]
            assert befores == [None, *states[:-1]]
            assert ticket.state is states[-1]
        from audit.ledger.models import Run

        assert Run.objects.filter(merged=True).count() == TRANSACTIONS + 1


DYING = """
import os, signal, sys
from pathlib import Path
from audit.ledger.ledger import Ledger
from tests.audit.ledger.ledgers import HOME, at
from tests.audit.ledger.nights import FINE, fault, merge, night
with Ledger.open(Path(sys.argv[1]), at("2026-11-20")) as ledger:
    from audit.ledger import merge as merging
    real = getattr(merging, sys.argv[2])
    def last(*words, **named):
        done = real(*words, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(merging, sys.argv[2], last)
    merge(ledger, night("2026-11-21", *(fault("dead-link", f"b/{n}.html") for n in range(500))), news__=FINE)
"""


@pytest.mark.parametrize("moment", ["portal_row", "match_units", "update_many", "note_seen", "settled_in", "trends"])
def test_a_kill_in_the_midst_of_a_merge_leaves_the_ledger_as_it_was_and_the_next_one_says_so(database_url, tmp_path, moment):
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        merge(ledger, night("2026-11-20", fault("stale-news-column", "news/")))
        before = list(ledger.tickets())
    process = start(DYING, tmp_path, moment)
    _, err = process.communicate(timeout=120)
    assert process.returncode == -9, err
    with Ledger.open(tmp_path, at("2026-11-21")) as ledger:
        assert list(ledger.tickets()) == before
        if moment != "portal_row":
            assert ledger.interrupted_runs() == ("run-2026-11-21",)
        report = merge(ledger, night("2026-11-21", *(fault("dead-link", f"b/{n}.html") for n in range(500))), news__=FINE)
        assert (report.merged, report.counts["new"], report.counts["fixed"]) == (True, 500, 1)
        assert ledger.interrupted_runs() == ()
        assert next(ledger.tickets()).state is State.CLOSED
