"""``zhaocuo rules``: lists, pages, and that what a local pack sets is what the result prints."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from audit.compose import RunInfo, compose
from audit.errors import OutputUnwritable, UsageInvalid
from audit.rulebook import docs_text, lint_text, list_text, new_text, test_text
from reports.result import AuditResult
from rules.catalogue import catalogue
from rules.engine import evaluate
from rules.factories import make_facts
from rules.loader import load_packs
from rules.shipped import shipped_packs

EXAMPLE = Path(__file__).parents[2] / "examples" / "local-pack"
AS_OF = date(2026, 11, 20)
run_cases_of = test_text  # pytest would collect it under its own name
del test_text


def judged(*packs: str) -> AuditResult:
    """Result of a portal whose news column is nine days old."""
    facts = make_facts({"columns": [{"column_type": "news", "name": "要闻", "entries": ["2026-11-11", "2026-11-01"]}]})
    chosen = load_packs(packs)
    info = RunInfo(name="x", as_of=AS_OF, started="", finished="", version="0")
    return compose(facts, chosen, evaluate(facts, chosen, AS_OF), info)


def test_thresholds_in_force_are_those_of_the_local_pack_and_stand_in_the_result() -> None:
    (national,) = judged("portal-2019").packs
    (local,) = judged(str(EXAMPLE / "qinghe-portal")).packs
    name = "动态要闻类栏目不更新（stale-news-column）"
    assert "max_age_days=14" in national.thresholds[name]
    assert "max_age_days=7" in local.thresholds[name]
    assert local.id == "qinghe-portal"
    assert "statistics" in local.thresholds["应更新栏目长期不更新（stale-column）"]
    assert not [key for key in local.thresholds if "dead-image" in key]


def test_the_local_threshold_decides_and_its_words_are_said() -> None:
    found = [
        [finding.message for unit in judged(pack).units for finding in unit.findings if finding.rule == "stale-news-column"]
        for pack in ("portal-2019", str(EXAMPLE / "qinghe-portal"))
    ]
    assert found[0] == []
    assert len(found[1]) == 1
    assert "超过区里规定的 7 天" in found[1][0]


def test_the_list_shows_every_id_of_the_catalogue() -> None:
    listed = [line.split()[0] for line in list_text(()).splitlines()]
    assert sorted(listed) == sorted(catalogue())


def test_a_list_of_chosen_packs_shows_their_rules_only() -> None:
    listed = {line.split()[0]: line for line in list_text([str(EXAMPLE)]).splitlines()}
    assert "qinghe-portal" in listed["stale-solicitation-column"]
    assert "dead-image" not in listed
    assert not {"guide-without-update-date", "exposed-id-number"} & listed.keys()


def test_folders_of_packs_are_linted_and_tested_pack_by_pack() -> None:
    assert lint_text([EXAMPLE]) == ("2 个规则包没有问题。", True)
    said, good = run_cases_of([EXAMPLE])
    assert good
    assert [line.partition("：")[0] for line in said.splitlines()] == ["qinghe-grassroots", "qinghe-portal"]


def test_pages_of_local_packs_are_written_with_an_index(tmp_path: Path) -> None:
    said = docs_text([EXAMPLE], tmp_path / "new" / "docs")
    assert said.startswith("2 个规则包、")
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new" / "docs").iterdir()}
    assert set(written) == {"index.md", "qinghe-portal.md", "qinghe-grassroots.md"}
    assert "[`qinghe-portal`](qinghe-portal.md)" in written["index.md"]
    assert "## 本地改动" in written["qinghe-portal.md"]
    assert docs_text([EXAMPLE], tmp_path / "new" / "docs") == said


def test_without_a_folder_the_pages_of_all_shipped_packs_are_printed() -> None:
    text = docs_text((), None)
    assert [f"规则包 `{name}`" in text for name in shipped_packs()] == [True] * len(shipped_packs())


def test_pages_that_cannot_be_written_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputUnwritable, match=r"请换一个目录。$"):
        docs_text([EXAMPLE], tmp_path / "file")


def test_a_refused_rule_is_a_mistake_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageInvalid, match="只能用小写字母"):
        new_text(tmp_path, "Bad Id", "column-freshness")


def test_the_command_writes_a_rule_and_says_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "shili").mkdir()
    pack = "id: shili\ntitle: 区细则\nversion: 1.0.0\nextends: portal-2019\n"
    (tmp_path / "shili" / "pack.yaml").write_text(pack, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "audit",
        "rules",
        "new",
        str(tmp_path / "shili"),
        "fresh-rule",
        "--check",
        "column-freshness",
    ]
    done = [subprocess.run(command, capture_output=True, text=True, timeout=120, check=False) for _ in range(2)]
    assert [each.returncode for each in done] == [0, 2], done[0].stderr
    assert "rules: [fresh-rule]" in done[0].stdout
    assert done[1].stderr.strip().endswith("已经存在，没有改动它。")
