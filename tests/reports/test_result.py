"""Results of every schema version stay readable."""

import json
from pathlib import Path

import pytest

from reports.errors import ReportError
from reports.records import result_json
from reports.render import render_report
from reports.result import ResultInvalid, read_result
from tests.reports.factories import make_result, rich_result
from tests.reports.golden import FOLDER, assert_golden

VERSIONS = sorted(FOLDER.glob("result-*.json"))


def test_a_change_of_the_schema_is_seen(tmp_path: Path) -> None:
    """``result-current.json`` follows the schema; ``result-1.json`` of the first day is never written again."""
    assert_golden("result-current.json", result_json(rich_result()), tmp_path)
    assert (FOLDER / "result-1.json").is_file()


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_kept_results_still_render(path: Path, tmp_path: Path) -> None:
    written = render_report(read_result(path), tmp_path)
    assert len(written.scorecards) == 5
    assert "松湖县教育局" in written.index.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不是可用的结果文件"),
        ("[]", "不是可用的结果文件"),
        ('{"schema": "zhaocuo.result/1"}', "portal 处有误"),
        (json.dumps({**json.loads(result_json(make_result())), "schema": "zhaocuo.result/9"}), "请升级程序"),
    ],
    ids=["empty", "no-object", "incomplete", "newer"],
)
def test_what_is_no_result_is_refused_in_one_sentence(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResultInvalid, match=words) as raised:
        read_result(path)
    assert str(raised.value).endswith("。")
    assert isinstance(raised.value, ReportError)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultInvalid, match="读不到结果文件"):
        read_result(tmp_path / "none.json")
