"""The draw of a sample: stratified, repeatable, and with a list to defend it by."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from audit.demo import DEMO_AS_OF
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer
from audit.sampling import Draw, allocate, draw, judged_pages, sampled
from crawler.addresses import page_key
from crawler.facts import MemoryFacts
from rules.factories import HOST, make_column, make_department, make_portal


def portal(host: str = HOST, *, more: int = 0) -> MemoryFacts:
    """Twelve 部门, six 镇, two 街道; a column of news and two of reports."""
    kinds = [("department", "局", 12 + more), ("town", "镇", 6), ("subdistrict", "街道", 2)]
    units = tuple(
        make_department(
            name=f"{number:02}{end}", kind=kind, url=f"{host}/{kind}{number}/", url_prefixes=(f"{host}/{kind}{number}/",)
        )
        for kind, end, many in kinds
        for number in range(many)
    )
    columns = (
        make_column(
            name="要闻", url=f"{host}/news/", column_type="news",
            entries=[{"title": f"新闻{n}", "url": f"{host}/news/{n}.html"} for n in range(30)],
        ),
        *(
            make_column(
                name="年报", url=f"{host}/town{number}/nb/", column_type="annual_report", department=f"{number:02}镇",
                entries=[{"title": "2025年年报", "url": f"{host}/town{number}/nb/2025.html"}],
            )
            for number in range(2)
        ),
    )  # fmt: skip
    return MemoryFacts(portal=make_portal(url=f"{host}/"), department_list=units, column_list=columns)


def test_the_same_seed_draws_the_same_and_another_draws_another() -> None:
    assert draw(portal(), 7, 5, 10) == draw(portal(), 7, 5, 10)
    assert draw(portal(), 7, 5, 10) != draw(portal(), 8, 5, 10)


def test_the_draw_does_not_depend_on_the_order_in_which_the_portal_lists() -> None:
    facts = portal()
    turned = MemoryFacts(portal=facts.portal, department_list=facts.department_list[::-1], column_list=facts.column_list[::-1])
    assert draw(facts, 7, 5, 10) == draw(turned, 7, 5, 10)


def test_a_portal_that_moves_to_another_host_keeps_its_sample() -> None:
    first, second = draw(portal(), 7, 5, 10), draw(portal("http://127.0.0.1:8080"), 7, 5, 10)
    assert [unit.name for unit in first.units] == [unit.name for unit in second.units]
    assert [page.url.removeprefix(HOST) for page in first.pages] == [
        page.url.removeprefix("http://127.0.0.1:8080") for page in second.pages
    ]
    assert first.digest == second.digest


def test_a_unit_more_moves_at_most_one_drawn_one_of_its_kind() -> None:
    before, after = ({unit.name for unit in draw(portal(more=more), 7, 6, 0).units} for more in (0, 1))
    assert len(before - after) <= 1


def test_every_kind_and_every_type_of_column_is_drawn_from() -> None:
    drawn = draw(portal(), 1, 5, 4)
    assert set(Counter(unit.kind for unit in drawn.units)) == {"department", "town", "subdistrict"}
    assert set(Counter(page.column_type for page in drawn.pages)) == {"news", "annual_report"}
    assert (drawn.all_units, drawn.all_pages) == (20, 32)


def test_an_entry_in_two_columns_is_one_page_of_the_known_type() -> None:
    entry = [{"title": "同一条", "url": f"{HOST}/x.html"}]
    facts = MemoryFacts(
        portal=make_portal(),
        column_list=(
            make_column(name="其他", url=f"{HOST}/a/", column_type="other", entries=entry),
            make_column(name="公告", url=f"{HOST}/b/", column_type="notices", entries=entry),
        ),
    )
    assert [page.column_type for page in draw(facts, 1, 0, 9).pages] == ["notices"]


def test_foreign_entries_are_not_drawn() -> None:
    column = make_column(name="要闻", url=f"{HOST}/n/", entries=[{"title": "外站", "url": "http://other.example/1.html"}])
    assert draw(MemoryFacts(portal=make_portal(), column_list=(column,)), 1, 0, 9).pages == ()


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40)), st.integers(0, 120))
def test_places_are_given_out_whole_and_never_beyond_a_stratum(sizes: dict[str, int], quota: int) -> None:
    given_out = allocate(sizes, quota)
    assert sum(given_out.values()) == min(quota, sum(sizes.values()))
    assert all(0 < number <= sizes[name] for name, number in given_out.items())
    if quota >= len(sizes):
        assert set(given_out) == set(sizes)


def test_places_follow_the_sizes() -> None:
    assert allocate({"a": 60, "b": 30, "c": 10}, 10) == {"a": 6, "b": 3, "c": 1}


def test_a_draw_is_stored_and_read_again() -> None:
    drawn = draw(portal(), 7, 5, 10)
    assert Draw.of({"sample": json.loads(json.dumps(drawn.stored()))}) == drawn
    assert Draw.of({}) is None


def test_reports_of_a_drawn_unit_are_read_and_judged_whatever_pages_were_drawn() -> None:
    facts = portal()
    drawn = Draw(seed=1, units=tuple(unit for unit in draw(facts, 1, 20, 0).units if unit.name == "00镇"))
    assert sampled(facts, drawn).entries == (f"{HOST}/town0/nb/2025.html",)
    assert sampled(facts, drawn).prefixes == (f"{HOST}/town0/",)
    assert page_key(f"{HOST}/town0/nb/2025.html") in judged_pages(facts, drawn)
    assert page_key(f"{HOST}/town1/nb/2025.html") not in judged_pages(facts, drawn)


def test_a_sample_of_the_demo_reads_only_what_was_drawn_and_accuses_nobody_else(tmp_path: Path) -> None:
    with DemoServer(build_portal(DEMO_AS_OF)) as server:
        words = ["--seed", "7", "--departments", "4", "--pages", "8", "--delay", "0", "--as-of", str(DEMO_AS_OF), "--no-browser"]
        folders = ["--data", str(tmp_path / "data"), "--out", str(tmp_path / "out")]
        done = subprocess.run(
            [sys.executable, "-m", "audit", "sample", server.base_url, *words, *folders, "--allow-private"],
            capture_output=True, text=True, timeout=240, check=False, env={"PATH": "/usr/bin:/bin", "no_proxy": "*"},
        )  # fmt: skip
        base = server.base_url.rstrip("/")
        asked = {line.removeprefix("GET ") for line in server.asked}
    assert done.returncode == 1, done.stderr
    (run,) = (tmp_path / "data" / "runs").iterdir()
    settings = json.loads((run / "settings.json").read_text())
    drawn = Draw.of(settings)
    assert drawn is not None
    names = {unit.name for unit in drawn.units}
    assert len(names) == 4
    assert len(drawn.pages) == 8
    assert all(page.url in done.stdout for page in drawn.pages)
    urls = {page.url.removeprefix(base) for page in drawn.pages}
    assert urls <= asked
    news = {path for path in asked if path.startswith("/xwzx/jcyw/2") and path.endswith(".html")}
    assert news <= urls  # of the columns of news, the articles drawn and no other
    result = json.loads((run / "result.json").read_text())
    assert result["settings"]["抽样"].startswith("抽样：种子 7，单位 4／26，页面 8／")
    verdicts = {unit["name"]: unit for unit in result["units"] if unit["kind"] != "portal"}
    pages_of = {page.department for page in drawn.pages}
    assert all(unit["score"]["verdict"] == "未检测" for name, unit in verdicts.items() if name not in names | pages_of)
    assert not [finding for name, unit in verdicts.items() if name not in names | pages_of for finding in unit["findings"]]
    again = [sys.executable, "-m", "audit", "judge", run.name, *folders]
    judged = subprocess.run(again, capture_output=True, text=True, timeout=240, check=False)
    assert judged.returncode == 1, judged.stderr
    assert json.loads((run / "result.json").read_text()) == result
    assert not (tmp_path / "data" / "ledger.sqlite").exists()
    assert any("抽样没有抽中" in line["message"] for name, unit in verdicts.items() if name not in names for line in unit["open"])
