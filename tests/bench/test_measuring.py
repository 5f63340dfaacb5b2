"""What the bench measures and prints."""

import json
import sys

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.benches import BENCHES
from bench.portal import Truth
from bench.processes import measure
from bench.synthetic import big_result
from bench.yard import Row, Skipped, dead_link_shares
from reports.result import read_result


def test_the_cost_of_a_command_covers_its_children():
    child = "x = bytearray(60_000_000); sum(range(3_000_000)); import time; time.sleep(0.3)"
    cost = measure([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"])
    assert cost.code == 0
    assert cost.peak > 60
    assert cost.cpu > 0.02


def test_the_exit_code_and_the_words_of_a_failing_command_are_kept():
    cost = measure([sys.executable, "-c", "import sys; print('out'); sys.exit('err')"])
    assert (cost.code, cost.out.strip(), cost.err.strip()) == (1, "out", "err")


def test_the_made_up_result_can_be_read_and_has_the_wished_size(tmp_path):
    big_result(tmp_path / "result.json", units=3, findings=4)
    result = read_result(tmp_path / "result.json")
    assert [len(unit.findings) for unit in result.units] == [0, 4, 4, 4]


def test_recall_and_precision_count_failed_dead_links_and_samples(tmp_path):
    truth = Truth(pages=(), files=(), dead={"/a": "page", "/b": "page", "/c": "image", "/d": "page"}, found_on={}, html_bytes=0)
    findings = [
        {"rule": "dead-link", "outcome": "failed", "url": "http://x/a", "samples": ["http://x/b"]},
        {"rule": "dead-image", "outcome": "failed", "url": "http://x/alive"},
        {"rule": "dead-link-in-disguise", "outcome": "lead", "url": "http://x/c"},
        {"rule": "stale-column", "outcome": "failed", "url": "http://x/d"},
    ]
    path = tmp_path / "findings.jsonl"
    path.write_text("\n".join(map(json.dumps, findings)), encoding="utf-8")
    assert dead_link_shares(truth, "http://x/", path) == (0.5, 2 / 3)


def test_one_table_comes_out_with_medians_ratios_and_skipped_parts_named(monkeypatch, tmp_path):
    figures = iter([1.0, 3.0, 2.0])

    def base(_yard):
        yield Row(name="base", figure=2.0, unit="s")

    def other(_yard):
        yield Row(name="other", figure=next(figures), unit="s", against="base")

    def absent(_yard):
        raise Skipped("there is no such part")
        yield

    def broken(_yard):
        raise KeyError("x")
        yield

    monkeypatch.setattr("bench.__main__.BENCHES", {"broken": broken, "base": base, "other": other, "absent": absent})
    answer = CliRunner().invoke(main, ["--pages", "150", "--rounds", "3", "--no-nginx", "--json", str(tmp_path / "x.json")])
    assert answer.exit_code == 0, answer.output
    assert "skipped: absent: there is no such part" in answer.stderr
    assert "failed: broken: KeyError: 'x'" in answer.stderr
    assert [line.split() for line in answer.stdout.splitlines()] == [
        ["name", "figure", "unit", "ratio"],
        ["base", "2", "s"],
        ["other", "2", "s", "1", "×", "base"],
    ]
    assert (
        json.loads((tmp_path / "x.json").read_text())[1] | {"least": 1.0, "most": 3.0}
        == json.loads((tmp_path / "x.json").read_text())[1]
    )


def test_the_bare_fetch_asks_for_everything_once_and_is_told_what_is_dead(monkeypatch, tmp_path):
    answer = CliRunner().invoke(main, ["floor", "--pages", "150", "--no-nginx", "--keep", str(tmp_path)])
    assert answer.exit_code == 0, answer.output
    assert "bare fetch, wall" in answer.stdout
    asked = (tmp_path / "paths.txt").read_text().split()
    assert len(asked) == len(set(asked)) > 150


def test_every_bench_says_what_it_measures():
    assert all(bench.__doc__ for bench in BENCHES.values())


@pytest.mark.parametrize("wrong", [["no-such-bench"], ["--pages", "10"], ["--rounds", "0"]])
def test_wrong_usage_is_refused(wrong):
    assert CliRunner().invoke(main, wrong).exit_code == 2
