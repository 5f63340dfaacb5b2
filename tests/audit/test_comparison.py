"""Two runs compared: new, newly seen, fixed, not seen again, unchanged; and what makes them hard to compare."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from audit.comparison import Comparison, compare, compare_runs, warnings
from audit.errors import RunNotFound
from audit.folders import FACTS_NAME, RunFolder
from audit.history import REJUDGED, trend_table
from audit.run import JudgeSettings, judge_run
from crawler.facts import ColumnFacts, PortalFacts, RunFacts
from crawler.store import FactsStore
from reports.result import AuditResult, PackLine, PortalLine, Reconciliation, Score, Unit, read_result
from rules.factories import make_column

HOME = "http://www.qianhe.gov.cn/"
DAY = date(2026, 11, 20)


def column(path: str, newest: str | None, **more: object) -> ColumnFacts:
    entries = {"entries": [newest]} if newest else {}
    return make_column(name=path, path=[path], url=f"{HOME}{path}/", column_type="personnel", department=None, **entries, **more)


def made_run(
    data: Path, name: str, columns: Sequence[ColumnFacts], *, as_of: date = DAY, packs: tuple[str, ...] = ("portal-2019",)
) -> str:
    run = RunFolder(path=data / "runs" / name)
    run.path.mkdir(parents=True)
    with FactsStore.create(run.path / FACTS_NAME) as store:
        store.save_run(RunFacts(started="2026-11-20T01:00:00+08:00", fetched=10, discovered=10, pages_fetched=10))
        store.save_assembly(PortalFacts(url=HOME, name="千禾市人民政府"), (), columns)
    run.write_settings({"start_url": HOME, "as_of": DAY.isoformat(), "packs": list(packs)})
    judge_run(run, JudgeSettings(as_of=DAY, packs=packs))
    return name


def compared(data: Path, first: str, second: str) -> Comparison:
    runs = [RunFolder(path=data / "runs" / name) for name in (first, second)]
    return compare(*[(run, read_result(run.result)) for run in runs])


def paths(findings: list[object]) -> list[str]:
    return [finding.subject for finding in findings if finding.rule == "stale-column"]  # type: ignore[attr-defined]


READ_100 = Reconciliation(fetched=100)
OLD, FRESH = "2020-01-01", "2026-11-01"


def test_each_problem_stands_where_the_other_run_puts_it(tmp_path: Path) -> None:
    before = [column("甲", OLD), column("乙", OLD), column("丙", OLD), column("丁", FRESH)]
    after = [column("甲", FRESH), column("丙", OLD), column("丁", OLD), column("戊", OLD)]
    found = compared(tmp_path, made_run(tmp_path, "a", before), made_run(tmp_path, "b", after))
    assert paths(found.new) == ["丁"]
    assert paths(found.newly_seen) == ["戊"]  # the earlier run knew no such column
    assert paths(found.fixed) == ["甲"]
    assert paths(found.not_seen) == ["乙"]  # the later run did not look at it: nothing is fixed
    assert paths(found.kept) == ["丙"]


def test_a_column_that_could_not_be_read_again_is_not_fixed(tmp_path: Path) -> None:
    first = made_run(tmp_path, "a", [column("甲", OLD)])
    found = compared(tmp_path, first, made_run(tmp_path, "b", [column("甲", None, state="untested")]))
    assert (paths(found.fixed), paths(found.not_seen)) == ([], ["甲"])


def test_a_rule_that_did_not_run_fixes_nothing(tmp_path: Path) -> None:
    first = made_run(tmp_path, "a", [column("甲", OLD)])
    found = compared(tmp_path, first, made_run(tmp_path, "b", [column("甲", FRESH)], packs=("privacy",)))
    assert (paths(found.fixed), paths(found.not_seen)) == ([], ["甲"])


def test_a_run_compared_with_itself_has_nothing_new(tmp_path: Path) -> None:
    found = compared(tmp_path, made_run(tmp_path, "a", [column("甲", OLD)]), "a")
    assert [*found.new, *found.newly_seen, *found.fixed, *found.not_seen] == []
    assert paths(found.kept) == ["甲"]


def test_the_text_names_the_newly_failing_first(tmp_path: Path) -> None:
    made_run(tmp_path, "a", [column("甲", OLD), column("丁", FRESH)])
    made_run(tmp_path, "b", [column("甲", FRESH), column("丁", OLD)])
    lines = compare_runs(tmp_path, "a", "b").splitlines()
    assert lines.index("新出现：") < lines.index("已整改（重新看过，正常）：")
    assert any("丁/" in line for line in lines)


def test_runs_of_two_portals_are_not_compared(tmp_path: Path) -> None:
    made_run(tmp_path, "a", [])
    other = made_run(tmp_path, "b", [])
    path = tmp_path / "runs" / other / "result.json"
    path.write_text(path.read_text(encoding="utf-8").replace(HOME, "http://other.gov.cn/"), encoding="utf-8")
    with pytest.raises(RunNotFound, match="不是同一个门户"):
        compare_runs(tmp_path, "a", "b")


def result(**more: object) -> AuditResult:
    score = Score(low=80, high=80, verdict="合格", tested_share=1)
    units = tuple(Unit(slug=name, name=name, kind="department", score=score) for name in more.pop("names", ()))  # type: ignore[attr-defined]
    line = PortalLine(name="甲", url=HOME)
    return AuditResult(portal=line, as_of="2026-11-20", started="", finished="", units=units, **more)  # type: ignore[arg-type]


def pack(version: str = "1", **thresholds: str) -> tuple[PackLine, ...]:
    return (PackLine(id="p", title="包", version=version, thresholds=thresholds),)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({}, {}, []),
        ({"packs": pack()}, {"packs": ()}, ["规则包不同（p）"]),
        ({"packs": pack(天数="14")}, {"packs": pack(天数="7")}, ["阈值不同：天数"]),
        ({"packs": pack("1")}, {"packs": pack("2")}, ["版本不同：p"]),
        ({"names": ["甲局", "乙局"]}, {"names": ["甲局", "丙局"]}, ["只有上次查了这些单位：乙局", "只有这次查了这些单位：丙局"]),
        ({"void": "线路不正常。"}, {}, ["已作废"]),
        (
            {"reconciliation": Reconciliation(fetched=100)},
            {"reconciliation": Reconciliation(fetched=89)},
            ["页面数相差较大（100 与 89）"],
        ),
        ({"reconciliation": Reconciliation(fetched=100)}, {"reconciliation": Reconciliation(fetched=90)}, []),
    ],
)
def test_what_makes_runs_hard_to_compare_is_told(first: dict[str, object], second: dict[str, object], said: list[str]) -> None:
    lines = warnings(result(**first), result(**second))
    assert len(lines) == len(said)
    assert all(words in line for words, line in zip(said, lines, strict=True))


def test_the_trend_tells_scores_counts_and_what_was_judged_again(tmp_path: Path) -> None:
    made_run(tmp_path, "a", [column("甲", OLD)])
    run = RunFolder(path=tmp_path / "runs" / made_run(tmp_path, "b", [column("甲", FRESH)]))
    judge_run(run, JudgeSettings(as_of=date(2026, 11, 21), packs=("portal-2019",), shown={REJUDGED: "今天"}))
    lines = trend_table(tmp_path, "www.qianhe.gov.cn").splitlines()
    assert lines[0].startswith("千禾市人民政府")
    assert "2026-11-20" in lines[1]
    assert lines[2].endswith("（重新判断过）")
    assert trend_table(tmp_path, "http://other.gov.cn/").endswith("没有可比的运行。")
