"""Whether the run can be trusted: the count reconciliation in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports import figures, labels
from reports.result import AuditResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    discovered: int
    fetched: int
    skipped: tuple[tuple[str, int], ...]
    failures: tuple[tuple[str, int], ...]
    skipped_total: int
    failed_total: int
    balances: bool
    missing: int
    """discovered − (fetched + skipped + failed); 0 where it balances."""
    requests: int
    not_modified: int
    not_due: int
    size: str


def health(result: AuditResult) -> Health:
    """The count reconciliation: what does not add up is said, not hidden."""
    counts = result.reconciliation
    skipped, failures = sum(counts.skipped.values()), sum(counts.failures.values())
    missing = counts.discovered - counts.fetched - skipped - failures
    return Health(
        discovered=counts.discovered,
        fetched=counts.fetched,
        skipped=_named(counts.skipped, labels.SKIP_REASON),
        failures=_named(counts.failures, labels.FAILURE_KIND),
        skipped_total=skipped,
        failed_total=failures,
        balances=missing == 0,
        missing=missing,
        requests=result.requests,
        not_modified=result.not_modified,
        not_due=result.not_due,
        size=figures.size(result.bytes),
    )


def _named(counts: Mapping[str, int], words: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (labels.word(words, name), count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
