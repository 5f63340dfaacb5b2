"""A void run (作废): what pages and workbook may still say of it."""

from reports.result import AuditResult, FindingLine, Score, Unit

NO_REASON = "原因没有记录。"


def unconfirmed(result: AuditResult) -> AuditResult:
    """The result as it is, or, of a void run, without a verdict: problems are leads, columns undecided, nothing is passed.

    The JSON files keep what was judged, beside ``void`` in run.json.
    """
    if result.void is None:
        return result
    return result.model_copy(update={"void": result.void or NO_REASON, "units": tuple(map(_unit, result.units))})


def _unit(unit: Unit) -> Unit:
    return unit.model_copy(
        update={
            "score": Score(low=0, high=100, verdict="未检测", tested_share=0),
            "rank": None,
            "group_median": None,
            "trend": (),
            "lights": (),
            "columns": tuple(column.model_copy(update={"status": "unknown"}) for column in unit.columns),
            "findings": tuple(map(_finding, unit.findings)),
            "fixed": (),
            "due_soon": (),
            "waivers": (),
            "passed": (),
        }
    )


def _finding(finding: FindingLine) -> FindingLine:
    outcome = "lead" if finding.outcome == "failed" else finding.outcome
    return finding.model_copy(update={"outcome": outcome, "due": None, "due_provisional": False, "points": None, "change": ""})
