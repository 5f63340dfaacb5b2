"""The night in one table for people and one file for programs."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from audit.nightly.ending import AUDITED, ENDING_WORDS, Ending, PortalNight
from audit.run import EXIT_CLEAN, EXIT_FINDINGS, EXIT_RULE_ERROR, EXIT_UNREACHABLE
from audit.terminal import duration
from audit.wording import plain

SCHEMA = "zhaocuo.nightly/1"
FILE_NAME = "nightly.json"
_HEADS = ("门户", "结果", "得分", "问题", "新增", "已整改", "线索", "即将超期", "用时", "说明")


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSummary:
    started: datetime
    finished: datetime
    portals: tuple[PortalNight, ...]
    deleted_runs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """Whole sentences: what was not done, and why."""

    @property
    def exit_code(self) -> int:
        """The gravest of all portals': 4 one was not audited, 3 a rule in error, 1 findings, 0 nothing failed."""
        endings = {portal.ending for portal in self.portals}
        if endings - AUDITED:
            return EXIT_UNREACHABLE
        if Ending.RULE_ERROR in endings:
            return EXIT_RULE_ERROR
        return EXIT_FINDINGS if Ending.FINDINGS in endings else EXIT_CLEAN


def table(night: NightSummary) -> str:
    """One line a portal, in the order of portals.yaml, aligned for letters of double width."""
    rows = [_HEADS, *(_cells(portal) for portal in night.portals)]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(_HEADS) - 1)]
    lines = [
        "  ".join((*(_padded(cell, width) for cell, width in zip(row, widths, strict=False)), row[-1])).rstrip() for row in rows
    ]
    counted = Counter(ENDING_WORDS[portal.ending] for portal in night.portals)
    took = duration((night.finished - night.started).total_seconds())
    lines.append(
        f"共 {len(night.portals)} 个门户：{'，'.join(f'{word} {count} 个' for word, count in counted.items())}；用时 {took}。"
    )
    return "\n".join((*lines, *night.remarks))


def _cells(portal: PortalNight) -> tuple[str, ...]:
    score = "—"
    if portal.low is not None and portal.high is not None:
        score = f"{portal.low:g}" if portal.low == portal.high else f"{portal.low:g}–{portal.high:g}"
    numbers = (portal.failed, portal.new, portal.fixed, portal.leads, portal.due_soon)
    return (
        plain(portal.name),
        ENDING_WORDS[portal.ending],
        score,
        *("—" if number is None else str(number) for number in numbers),
        duration(portal.seconds),
        portal.reason,
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def write_summary(night: NightSummary, path: Path) -> None:
    """Write ``nightly.json`` atomically."""
    record = {
        "schema": SCHEMA,
        "started": night.started.isoformat(),
        "finished": night.finished.isoformat(),
        "exit_code": night.exit_code,
        "portals": [_record(portal) for portal in night.portals],
        "deleted_runs": list(night.deleted_runs),
        "remarks": list(night.remarks),
    }
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def _record(portal: PortalNight) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in asdict(portal).items()}
