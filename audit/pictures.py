"""Which pictures were taken of a run's evidence: named in the result, also when the run is judged again."""

import json
from pathlib import Path

from audit.folders import SCREENSHOTS_NAME, RunFolder
from reports.result import AuditResult, FindingLine, Unit

MANIFEST = "pictures.json"
"""Beside the pictures: fingerprint and capture to file name."""


def with_screenshots(result: AuditResult, run: RunFolder) -> AuditResult:
    """The result with the pictures that were taken for it."""
    known = read_manifest(run.path / SCREENSHOTS_NAME)
    if not known:
        return result
    return result.model_copy(update={"units": tuple(_unit_with(unit, known) for unit in result.units)})


def picture_key(fingerprint: str, capture: str) -> str:
    """Place of a picture in the manifest."""
    return f"{fingerprint} {capture}"


def read_manifest(folder: Path) -> dict[str, str]:
    """Place to file name; empty where no pictures were taken."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(name) for key, name in raw.items()} if isinstance(raw, dict) else {}


def _unit_with(unit: Unit, known: dict[str, str]) -> Unit:
    return unit.model_copy(update={"findings": tuple(_finding_with(finding, known) for finding in unit.findings)})


def _finding_with(finding: FindingLine, known: dict[str, str]) -> FindingLine:
    lines = tuple(
        line.model_copy(update={"screenshot": known.get(picture_key(finding.fingerprint, line.capture), "")})
        for line in finding.evidence
    )
    return finding.model_copy(update={"evidence": lines})
