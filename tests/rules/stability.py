"""What people's scores hang on, as one text a pack; ``python -m tests.rules.stability PACK…`` accepts a change on purpose."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules.loader import load_pack
from rules.model import Clause, Pack, Rule
from rules.shipped import PACKS_FOLDER, shipped_packs

GOLDEN = Path(__file__).with_name("golden")

_SHOWN_ITEMS = 16
"""Longer lists (words, patterns) stand with their number of items and a digest: a change shows, the list is read in the rule."""


def snapshot(pack: Pack) -> str:
    """Selection, points, counting rules and thresholds, one fact a line: a change of one is a change of one line."""
    return "\n".join([_head(pack), *map(_clause, pack.clauses), *_rules(pack)]) + "\n"


def _head(pack: Pack) -> str:
    return f"pack {pack.id}: base_points {pack.base_points:g}, pass_mark {pack.pass_mark:g}, due_days {pack.due_days}"


def _clause(clause: Clause) -> str:
    values: dict[str, Any] = {
        "kind": clause.kind.value,
        "status": clause.status.value,
        "scope": clause.scope,
        "points": clause.points,
        "per_finding": clause.per_finding,
        "sureness": clause.points_sureness.value,
        "fail_at": clause.fail_at,
        "counts": clause.counts,
        "rules": list(clause.rules),
    }
    return f"clause {clause.id}: {_line(values)}"


def _rules(pack: Pack) -> Iterator[str]:
    for rule in sorted(pack.rules, key=lambda rule: rule.id):
        yield f"rule {rule.id}: {_line(_verdict(rule))}"
        for name, value in sorted(rule.raw_params.items()):
            yield f"rule {rule.id}, {name}: {_line(_short(value))}"


def _verdict(rule: Rule) -> dict[str, Any]:
    return {"check": rule.check, "outcome": rule.outcome.value, "due_days": rule.due_days, "group_above": rule.group_above}


def _short(value: Any) -> Any:
    if isinstance(value, list) and len(value) > _SHOWN_ITEMS:
        digest = hashlib.sha256(_line(value).encode()).hexdigest()[:12]
        return f"{len(value)} items, digest {digest}"
    return value


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def golden_of(name: str) -> Path:
    return GOLDEN / f"{name}.txt"


def main(names: list[str]) -> int:
    if not names or not set(names) <= set(shipped_packs()):
        sys.stderr.write(f"which packs? {' '.join(shipped_packs())}\n")
        return 2
    GOLDEN.mkdir(exist_ok=True)
    for name in names:
        golden_of(name).write_text(snapshot(load_pack(PACKS_FOLDER / name)), encoding="utf-8")
        sys.stdout.write(f"accepted: {name}; name its changed rules under Rules in CHANGELOG.md\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
