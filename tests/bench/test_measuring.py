"""What the bench measures and prints."""

import json
import sys

import pytest
from click.testing import CliRunner

from bench import processes
from bench.__main__ import main
from bench.benches import BENCHES, PLAIN
from bench.peers import Checked, linkchecker, linkinator, lychee, shares
from bench.portal import Truth, build_portal
from bench.processes import Cost, measure
from bench.synthetic import big_result
from bench.table import contenders, lines_of
from bench.yard import Row, Skipped, Yard, dead_link_shares
from reports.result import read_result


def test_the_cost_of_a_command_covers_its_children():
    child = "x = bytearray(60_000_000); sum(range(3_000_000)); import time; time.sleep(1.5)"
    cost = measure([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"])
    assert cost.code == 0
    assert cost.peak > 60
    assert cost.cpu > 0.02


def test_a_child_that_still_lives_in_its_parents_memory_is_no_memory_more(monkeypatch):
    memory = {1: "900 500 80 1 0 300 0", 2: "900 500 80 1 0 300 0", 3: "700 200 80 1 0 300 0", 4: ""}
    monkeypatch.setattr(processes, "_memory", memory.get)
    monkeypatch.setattr(processes, "_children", {1: [2, 3], 2: [], 3: [4], 4: []}.get)
    assert processes._resident_below(1) == 700 * processes._PAGE_BYTES


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


def test_what_crawls_the_portal_stands_side_by_side_with_its_ratio_to_plain_scrapy():
    def rows(name, wall, **more):
        yield Row(name=f"{name}, wall", figure=wall, unit="s")
        yield Row(name=f"{name}, CPU", figure=2 * wall, unit="ms/page")
        yield from (Row(name=f"{name}, {end}", figure=figure, unit="") for end, figure in more.items())

    seen = {}
    for row in (
        *rows("plain Scrapy", 10.0),
        *rows("audit", 4.0, **{"dead links, recall": 1.0}),
        Row(name="x", figure=1, unit=""),
    ):
        seen.setdefault(row.name, []).append(row)
    head, plain, audit = (line.split() for line in contenders(lines_of(seen), PLAIN).splitlines())
    assert head[0] == "contender"
    assert plain == ["plain", "Scrapy", "10", "20", "1.00", "×"]
    assert audit == ["audit", "4", "8", "1", "2.50", "×"]


def yard_of(folder, base="http://127.0.0.1:1/"):
    yard = Yard(folder=folder, pages=200, latency_ms=0, nginx=False, units=1, findings=1)
    yard.base = base
    yard.truth = Truth(pages=("/", "/p.html"), files=(), dead={"/gone.html": "page"}, found_on={}, html_bytes=0)
    return yard


def test_the_answers_of_the_peers_are_read(monkeypatch, tmp_path):
    yard = yard_of(tmp_path)
    said = {
        linkinator: 'x {"links": [{"url": "http://127.0.0.1:1/gone.html", "state": "BROKEN"},'
        ' {"url": "http://127.0.0.1:1/p.html", "state": "OK"}, {"url": "http://elsewhere/x", "state": "BROKEN"}]}',
        lychee: '{"error_map": {"http://127.0.0.1:1/": [{"url": "http://127.0.0.1:1/gone.html", "status": {}}]}}',
        linkchecker: "# made by x\nurlname;url;valid\na;http://127.0.0.1:1/gone.html;False\nb;http://127.0.0.1:1/p.html;True\n",
    }
    monkeypatch.setattr("bench.peers._python", lambda *_: tmp_path)
    monkeypatch.setattr("bench.peers._npm", lambda *_: tmp_path)
    for peer, text in said.items():
        cost = Cost(wall=1, cpu=1, peak=1, code=0, out=text, err="")
        monkeypatch.setattr("bench.peers.measure", lambda _, cost=cost: cost)
        assert shares(yard, peer(yard).dead) == (1.0, 1.0), peer.__name__


def test_a_peer_that_is_not_to_be_had_is_named_and_the_others_go_on(monkeypatch, tmp_path, capsys):
    def missing(_yard):
        raise Skipped("there is no npm")

    def there(_yard):
        return Checked(cost=Cost(wall=1, cpu=1, peak=1, code=0, out="", err=""), dead=frozenset({"/gone.html", "/p.html"}))

    monkeypatch.setattr("bench.benches.PEERS", {"absent": missing, "present": there})
    figures = {row.name: row.figure for row in BENCHES["peers"](yard_of(tmp_path))}
    assert "skipped: absent: there is no npm" in capsys.readouterr().err
    assert (figures["present, dead links, recall"], figures["present, dead links, precision"]) == (1.0, 0.5)


def test_an_editor_changes_one_article_in_so_many(tmp_path):
    yard = Yard(folder=tmp_path, pages=200, latency_ms=0, nginx=False, units=1, findings=1)
    yard.truth = build_portal(yard.portal, pages=200)
    before = {path: yard.file_of(path).read_bytes() for path in yard.truth.pages}
    yard.change_pages(50)
    changed = [path for path, body in before.items() if yard.file_of(path).read_bytes() != body]
    articles = [path for path in before if "/t2" in path]
    assert len(changed) == -(-len(articles) // 50)
    assert all(path in articles for path in changed)


def test_every_bench_says_what_it_measures():
    assert all(bench.__doc__ for bench in BENCHES.values())


@pytest.mark.parametrize("wrong", [["no-such-bench"], ["--pages", "10"], ["--rounds", "0"]])
def test_wrong_usage_is_refused(wrong):
    assert CliRunner().invoke(main, wrong).exit_code == 2
