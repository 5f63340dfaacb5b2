"""The command line as its users meet it: one clear Chinese sentence, the right exit code, nothing half-written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit.cli import _run


def words(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and stderr of one call."""
    code = _run(arguments)
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["audit"], "缺少参数"),
        (["audit", "htp://x"], "不是完整的网址"),
        (["audit", "http://"], "不是完整的网址"),
        (["audit", "http://a.cn:99999/"], "不是完整的网址"),
        (["audit", "nofile.yaml"], "找不到文件"),
        (["audit", "http://a.cn/", "--as-of", "2026-13-01"], "不是 YYYY-MM-DD"),
        (["audit", "http://a.cn/", "--delay", "fast"], "不是数字"),
        (["audit", "http://a.cn/", "--delay", "-1"], "不在允许的范围"),
        (["audit", "http://a.cn/", "--max-pages", "0"], "不在允许的范围"),
        (["audit", "http://a.cn/", "--pack", "no-such-pack"], "没有名为"),
        (["audit", "http://a.cn/", "--nope"], "没有 --nope 这个选项"),
        (["audt"], "没有“audt”这个命令"),
        (["inspect", "nofile.html"], "读不到"),
        (["inspect", "a", "b"], "多出了"),
        (["judge", "no-such-run"], "找不到运行"),
        (["report", "no-such-run"], "找不到运行"),
        (["runs", "show", "no-such-run"], "找不到运行"),
        (["rules", "show", "no-such-rule"], "没有“no-such-rule”这条规则"),
    ],
)
def test_wrong_words_are_answered_with_one_sentence_and_code_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, err = words(arguments, capsys)
    assert code == 2
    assert sentence in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "zhaocuo-report"])


def test_escape_sequences_in_an_argument_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = words(["audit", "\x1b[2Jhttp:/x"], capsys)
    assert "\x1b" not in err


def test_an_output_that_cannot_be_written_is_found_before_the_crawl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    code, err = words(["audit", "http://127.0.0.1:9/", "--out", str(tmp_path / "file"), "--data", str(tmp_path / "d")], capsys)
    assert (code, "无法写入" in err) == (2, True)
    assert not (tmp_path / "d").exists()


def test_a_broken_pack_is_named_by_file_and_line_before_the_crawl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "mine"
    (pack / "rules").mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: mine\ntitel: x\n", encoding="utf-8")
    code, err = words(["audit", "http://127.0.0.1:9/", "--pack", str(pack), "--data", str(tmp_path / "d")], capsys)
    assert code == 2
    assert "pack.yaml:2" in err
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("url", "more", "sentence"),
    [
        ("http://127.0.0.1:9/", ["--allow-private"], "连接被拒绝"),
        ("http://127.0.0.1:9/", [], "内网"),
        ("http://no-such-host.invalid/", [], "域名无法解析"),
    ],
)
def test_a_portal_that_cannot_be_reached_is_code_4(url: str, more: list[str], sentence: str, tmp_path: Path) -> None:
    # In a process of its own, as users run it: the crawl starts another one.
    command = [
        sys.executable,
        "-m",
        "audit",
        "audit",
        url,
        "--delay",
        "0",
        "--out",
        str(tmp_path / "o"),
        "--data",
        str(tmp_path / "d"),
    ]
    done = subprocess.run([*command, *more], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 4, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_chinese_all_through(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], ["audit"], ["judge"], ["runs"], ["rules"], ["inspect"], ["discover"], ["report"], ["demo"]):
        assert _run([*command, "--help"]) == 0
        out = capsys.readouterr().out
        assert "用法：" in out
        assert "Usage" not in out
        assert "Options" not in out


def test_inspect_reads_a_file_and_prints_the_contracts_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<html><head><title>关于公布清单的通知</title><meta name='PubDate' content='2026-11-01 09:00'></head>"
        "<body><h1>关于公布清单的通知</h1><p>发布时间：2026-11-01 09:00 来源：某局</p><div>正文</div></body></html>",
        encoding="utf-8",
    )
    assert _run(["inspect", str(page), "--url", "http://www.example.gov.cn/a.html", "--json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["title"] == "关于公布清单的通知"
    assert reading["published"].startswith("2026-11-01")
    assert set(reading) >= {
        "url", "kind", "title", "published", "published_raw", "published_from", "updated", "publisher", "source", "index_number",
        "document_number", "validity", "site_name", "site_id_code", "marks", "columns", "entries", "newest", "pager", "links",
        "attachments", "encoding",
    }  # fmt: skip


def test_rules_are_listed_shown_linted_and_tested(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["rules", "list"]) == 0
    listed = capsys.readouterr().out
    assert "missing-guide-column" in listed
    assert _run(["rules", "show", "outdated-guide"]) == 0
    assert "365" in capsys.readouterr().out
    assert _run(["rules", "lint"]) == 0
    assert _run(["rules", "test"]) == 0
