"""Nights taken into the ledger: ``python -m bench.ledger_nights FOLDER FINDINGS`` is one ledger in a process of its own."""

import json
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from audit.ledger.account import Coverage, Fault, RuleInForce, RunAccount, Seen, Subject, UnitSeen
from audit.ledger.ledger import Ledger
from bench.processes import measure
from bench.yard import Skipped
from rules.outcomes import fingerprint

_HOME = "http://www.bench.example/"
_BEGUN = datetime(2026, 11, 20, 1, tzinfo=UTC)
_UNITS = 60
_RULE = "dead-link"
_REASON = "三次打开都答复 404，最后一次在检查结束前；请改正链接，或者把已经撤下的页面从列表中去掉。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nights:
    findings: int
    new: float
    """Seconds to take in the first night: every finding is new."""
    still: float
    """The same night again: every finding finds its ticket."""
    half: float
    """Half of them mended, as many new ones."""
    listed: float
    """All tickets read with their histories."""
    peak: float
    """MiB of the whole process."""


def nights_of_sizes(folder: Path, sizes: Sequence[int]) -> list[Nights]:
    return [_measured(folder / f"ledger-{findings}", findings) for findings in sizes]


def _measured(folder: Path, findings: int) -> Nights:
    cost = measure([sys.executable, "-m", "bench.ledger_nights", folder, str(findings)])
    if cost.code:
        raise Skipped(f"the ledger's nights ended with exit code {cost.code}: {(cost.err.strip() or '?').splitlines()[-1][:160]}")
    return Nights(findings=findings, **json.loads(cost.out))


class _AllFine:
    """A second look that saw everything and found it mended."""

    def at(self, subject: Subject) -> Seen:
        del subject
        return Seen(state="fine", note="重新访问，已能正常打开。")


def _faults(numbers: Iterable[int]) -> tuple[Fault, ...]:
    return tuple(_fault(number, f"第{number % _UNITS}局") for number in numbers)


def _fault(number: int, department: str) -> Fault:
    address = f"www.bench.example/u{number % _UNITS}/2026/a{number:07}.html"
    return Fault(
        fingerprint=fingerprint(_RULE, department, address, ""),
        matter=fingerprint(_RULE, None, address, ""),
        rule=_RULE,
        pack="portal-2019",
        clause="2.1",
        department=department,
        url=f"http://{address}",
        address=address,
        subject=f"关于第 {number} 件事项的通知",
        message=_REASON,
        found_on=(f"{_HOME}u{number % _UNITS}/list.html",),
        found_on_count=1,
        due_days=10,
    )


def _night(number: int, faults: tuple[Fault, ...]) -> RunAccount:
    begun = _BEGUN + timedelta(days=number)
    return RunAccount(
        name=f"night-{number}",
        portal_url=_HOME,
        portal_name="基准门户",
        as_of=date(2026, 11, 20) + timedelta(days=number),
        started=begun,
        finished=begun + timedelta(hours=2),
        coverage=Coverage.COMPLETE,
        pages=10_000,
        rules={_RULE: RuleInForce(title="死链", check="dead-link", kind="link", digest="1")},
        units=tuple(UnitSeen(name=f"第{unit}局", url=f"{_HOME}u{unit}/") for unit in range(_UNITS)),
        faults=faults,
    )


def main(folder: Path, findings: int) -> None:
    first = _night(0, _faults(range(findings)))
    nights = [first, replace(_night(1, first.faults)), _night(2, _faults(range(findings // 2, findings + findings // 2)))]
    seconds = []
    with Ledger.open(folder, _BEGUN) as ledger:
        for night in nights:
            begun = time.perf_counter()
            ledger.merge(night, _AllFine(), _BEGUN)
            seconds.append(time.perf_counter() - begun)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
        begun = time.perf_counter()
        sum(1 for _ in ledger.tickets())
        listed = time.perf_counter() - begun
    said = {"new": seconds[0], "still": seconds[1], "half": seconds[2], "listed": listed, "peak": peak}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
