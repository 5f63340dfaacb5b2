"""The report set: pages that stand alone."""

import hashlib
import json
import re
from base64 import b64encode
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from jinja2 import UndefinedError
from lxml import html

from reports import render
from reports.errors import OutputUnwritable
from reports.files import GENERATOR, HEAD_BYTES
from reports.render import environment, render_report
from reports.result import AuditResult
from tests.reports.factories import HOST, make_column, make_evidence, make_finding, make_open, make_result, make_unit, rich_result
from tests.reports.golden import assert_golden

MAX_BYTES = 5_000_000


def pages(out: Path) -> dict[str, html.HtmlElement]:
    return {path.relative_to(out).as_posix(): html.fromstring(path.read_bytes()) for path in sorted(out.rglob("*.html"))}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def number_in(pattern: str, page: html.HtmlElement) -> int:
    found = re.search(pattern, words(page))
    assert found is not None, pattern
    return int(found[1])


def test_the_whole_set_is_written_and_named(tmp_path: Path) -> None:
    written = render_report(rich_result(), tmp_path / "out")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()} == {
        "index.html", "台账.xlsx", "findings.jsonl", "tickets.json", "result.json", "run.json", "departments/portal.html",
        "departments/松湖县财政局.html", "departments/松湖县教育局.html",
        "departments/松湖县民政局.html", "departments/松湖县卫生健康委员会.html",
    }  # fmt: skip
    assert [path.name for path in written.scorecards][:2] == ["portal.html", "松湖县财政局.html"]
    for path in (written.index, written.workbook, written.findings, written.tickets, written.result, written.run):
        assert path.is_file()


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        render_report(rich_result(), tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes(), path.name


def test_a_written_result_renders_to_the_same_bytes_again(tmp_path: Path) -> None:
    first = render_report(rich_result(), tmp_path / "one")
    again = render_report(AuditResult.model_validate_json(first.result.read_bytes()), tmp_path / "two")
    for one, two in zip((first.index, *first.scorecards), (again.index, *again.scorecards), strict=True):
        assert one.read_bytes() == two.read_bytes()


def test_nothing_changes_when_the_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputUnwritable):
        render_report(rich_result(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rich")
    render_report(rich_result(), out)
    return out


def test_no_page_asks_for_anything_from_outside(rich: Path) -> None:
    for name, page in pages(rich).items():
        assert not page.xpath("//*[@src or @srcset or @action or @background or @data or @style]"), name
        assert not page.xpath("//iframe|//object|//embed|//form|//img|//base"), name
        assert [link.get("href") for link in page.xpath("//link")] == ["data:,"]
        assert "@import" not in page.xpath("string(//style)")
        assert "url(" not in page.xpath("string(//style)")


def test_the_policy_of_a_page_names_exactly_its_own_style_and_script(rich: Path) -> None:
    for page in pages(rich).values():
        policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        for tag in ("style", "script"):
            (text,) = page.xpath(f"//{tag}/text()")
            digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'")


def test_every_link_leads_somewhere(rich: Path) -> None:
    found = pages(rich)
    ids = {name: set(page.xpath("//@id")) for name, page in found.items()}
    for name, page in found.items():
        for href in page.xpath("//a/@href"):
            if href.startswith(("http://", "https://")):
                continue
            target, _, fragment = unquote(href).partition("#")
            path = (rich / name).parent / target if target else rich / name
            assert path.is_file(), href
            assert not fragment or fragment in ids[path.resolve().relative_to(rich.resolve()).as_posix()], href


def test_ids_are_unique_and_every_reference_to_one_holds(rich: Path) -> None:
    for name, page in pages(rich).items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        for reference in page.xpath("//@aria-labelledby|//label/@for"):
            assert reference in ids, (name, reference)


def test_headings_go_down_one_step_at_a_time(rich: Path) -> None:
    for name, page in pages(rich).items():
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), name


def test_pages_have_their_landmarks_and_language(rich: Path) -> None:
    for page in pages(rich).values():
        assert page.get("lang") == "zh-CN"
        assert [len(page.xpath(f"//{tag}")) for tag in ("main", "nav")] == [1, 1]
        assert page.xpath("//body/header")
        assert page.xpath("//body/footer")
        assert page.xpath("string(//a[@class='skip']/@href)") == "#main"
        assert all(table.xpath("caption") and table.xpath(".//th[@scope='col']") for table in page.xpath("//table"))
        assert all(drawing.xpath("title") for drawing in page.xpath("//svg[@role='img']"))
        assert all(drawing.get("aria-hidden") == "true" for drawing in page.xpath("//svg[not(@role)]"))


def test_our_pages_are_known_as_ours_by_their_first_bytes(rich: Path) -> None:
    for path in rich.rglob("*.html"):
        assert GENERATOR.encode() in path.read_bytes()[:HEAD_BYTES]


def test_the_first_screen_says_where_the_unit_stands_and_shows_four_lights(rich: Path) -> None:
    page = pages(rich)["departments/松湖县教育局.html"]
    text = words(page.xpath("//section[contains(@class, 'standing')]")[0])
    for expected in ("不合格", "触及单项否决", "排第 3（中位数 85.5 分）", "比上次下降 10.5 分", "有 4 个问题需要整改"):
        assert expected in text
    lights = page.xpath("//li[contains(@class, 'light-')]")
    assert [light.get("class") for light in lights] == [
        "light light-lead",
        "light light-failed",
        "light light-ok",
        "light light-failed",
    ]
    assert ["待确认" in words(lights[0]), "有问题" in words(lights[1]), "正常" in words(lights[2])] == [True] * 3


def test_a_finding_says_what_where_why_evidence_how_and_by_when(rich: Path) -> None:
    card = pages(rich)["departments/松湖县教育局.html"].get_element_by_id("F-3a9c01d2")
    text = words(card)
    for expected in (
        "“政府信息公开制度”栏目没有任何内容",
        "政府信息公开 › 松湖县教育局 › 政府信息公开制度",
        f"{HOST}/bm/jyj/zfxxgkzd/",
        "国办公开办函〔2019〕61号第二条",
        "官方原文",
        "本栏目暂无内容",
        "2026-11-20 02:14:37",
        "urn:uuid:6f1d2c7e",
        "把现行有效的政府信息公开制度文件发布到本栏目。",
        "2026-12-04",
        "F-3a9c01d2",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("name", "slug"), [("good", "松湖县财政局"), ("bad", "松湖县教育局"), ("untested", "松湖县卫生健康委员会")]
)
def test_the_words_of_a_scorecard_are_as_they_were_read(name: str, slug: str, rich: Path, tmp_path: Path) -> None:
    main = pages(rich)[f"departments/{slug}.html"].xpath("//main")[0]
    lines = (" ".join(text.split()) for text in main.itertext())
    assert_golden(f"card-{name}.txt", "".join(f"{line}\n" for line in lines if line), tmp_path)


def test_what_was_not_seen_has_its_own_section_and_what_was_fine_too(rich: Path) -> None:
    page = pages(rich)["departments/松湖县民政局.html"]
    assert "页面三次打开都超时，没有看到内容。" in words(page.get_element_by_id("open"))
    assert "共 3 次检查合格" in words(page.get_element_by_id("passed"))
    assert "已检测的内容中没有发现问题" in words(page.get_element_by_id("findings"))


def test_an_untested_unit_is_never_said_to_be_fine_or_faulty(rich: Path) -> None:
    text = words(pages(rich)["departments/松湖县卫生健康委员会.html"].xpath("//main")[0])
    assert "本次未能检测，不评分，也不视为有问题。" in text
    assert "没有发现问题" not in text.replace("不能当作没有问题", "")
    assert "不合格" not in text


def test_thresholds_versions_and_manual_clauses_are_shown(rich: Path) -> None:
    text = words(pages(rich)["departments/portal.html"].xpath("//main")[0])
    for expected in (
        "max_age_days=14",
        "portal-2019 2026.1",
        "待人工核对",
        "依申请公开答复是否按期",
        "zhaocuo 0.1.0",
        "本地设定",
    ):
        assert expected in text


def test_an_unreconciled_count_is_said_aloud(tmp_path: Path) -> None:
    counts = rich_result().reconciliation.model_copy(update={"discovered": 9999})
    render_report(rich_result(reconciliation=counts), tmp_path)
    assert "账目不符，相差 8795 个" in words(pages(tmp_path)["index.html"].get_element_by_id("health"))


def test_a_void_run_shows_no_score_no_light_and_no_rank(tmp_path: Path) -> None:
    render_report(rich_result(void="本机线路不通，探测站点也打不开。"), tmp_path)
    for name, page in pages(tmp_path).items():
        text = words(page.xpath("//main")[0])
        assert "本次检查作废。本机线路不通，探测站点也打不开。" in text.replace(" ", ""), name
        assert not page.xpath("//li[contains(@class, 'light-')]"), name
        assert not re.search(r"得 ?[0-9]|扣 ?[0-9]|排第|合格 \d|不合格", text.replace("次检查合格", "")), name
    assert "以下均未经确认，不计分。" in words(pages(tmp_path)["departments/松湖县教育局.html"].get_element_by_id("findings"))
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["void"] == "本机线路不通，探测站点也打不开。"


def test_five_hundred_findings_with_much_to_say_stay_below_five_megabytes(tmp_path: Path) -> None:
    places = tuple(f"{HOST}/bm/jyj/{'路径' * 40}/t{n}.html?a=1&b=2" for n in range(20))
    evidence = tuple(make_evidence(url=url, quote="“引文”<b>&" * 60) for url in places[:6])
    findings = tuple(
        make_finding(
            number=f"F-{n:08x}", fingerprint=f"{n:016x}", rule=f"rule-{n % 40}", url=places[n % 20] + str(n),
            message="问题描述" * 60, rationale="理由" * 200, remediation="办法" * 150,
            evidence=evidence, found_on=places, found_on_count=900,
        )
        for n in range(500)
    )  # fmt: skip
    open_lines = tuple(
        make_open(message="原因" * 150, outcome=word) for word in ("untested", "cant_tell", "error") for _ in range(700)
    )
    columns = tuple(make_column(name="栏目" * 40, path="路径" * 100, url=places[0]) for _ in range(2000))
    unit = make_unit(findings=findings, open=open_lines, columns=columns)
    written = render_report(make_result(unit), tmp_path)
    assert written.scorecards[0].stat().st_size < MAX_BYTES
    page = pages(tmp_path)["departments/松湖县教育局.html"]
    brief = number_in(r"排在后面的 (\d+) 条只列要点", page)
    assert len(page.xpath("//article")) == 500
    assert len(page.xpath("//article[.//blockquote]")) == 500 - brief
    assert 0 < brief < 450


def test_five_hundred_ordinary_findings_all_keep_their_evidence(tmp_path: Path) -> None:
    findings = tuple(make_finding(number=f"F-{n:08x}", fingerprint=f"{n:016x}", url=f"{HOST}/{n}") for n in range(500))
    written = render_report(make_result(make_unit(findings=findings)), tmp_path)
    assert written.scorecards[0].stat().st_size < MAX_BYTES
    assert len(pages(tmp_path)["departments/松湖县教育局.html"].xpath("//article[.//blockquote]")) == 500


def test_a_flood_of_findings_is_bounded_and_counted(tmp_path: Path) -> None:
    findings = tuple(make_finding(number=f"F-{n:08x}", fingerprint=f"{n:016x}", url=f"{HOST}/{n}") for n in range(6000))
    written = render_report(make_result(make_unit(findings=findings)), tmp_path)
    assert written.scorecards[0].stat().st_size < MAX_BYTES
    page = pages(tmp_path)["departments/松湖县教育局.html"]
    left_out = number_in(r"另有 (\d+) 条因篇幅未列在本页", page)
    assert len(page.xpath("//article")) + left_out == 6000
    assert len(written.findings.read_text(encoding="utf-8").splitlines()) == 6000


def test_the_environment_is_built_once_and_refuses_unknown_names() -> None:
    assert environment() is environment()
    with pytest.raises(UndefinedError):
        environment().from_string("{{ view.nothing_of_that_name }}").render(view=rich_result())
    assert environment().from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"


def test_our_own_script_and_style_cannot_end_their_element() -> None:
    for path in (render.FOLDER / "static").iterdir():
        assert "</" not in path.read_text(encoding="utf-8"), path.name
