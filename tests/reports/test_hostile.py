"""Whatever a page writes, the report shows it as text."""

import json
import re

import pytest
from lxml import html

from reports.render import ReportSet, render_report
from reports.text import clean_text
from tests.reports.payloads import ATTRIBUTES, FORMULAS, ID_NUMBER, MARKUP, PAYLOADS, SCHEMES, TEMPLATES, hostile_result

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
LOCAL = re.compile(r"(?:#|\.\./index\.html$|departments/[^/]+\.html(?:#|$)|%E5%8F%B0%E8%B4%A6\.xlsx$|[a-z]+\.jsonl?$)")
ELEMENTS = {
    "a", "article", "blockquote", "body", "button", "caption", "circle", "code", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "g", "h1", "h2", "h3", "h4", "head", "header", "html", "input", "label", "li", "line",
    "link", "main", "mark", "meta", "nav", "ol", "option", "p", "path", "polyline", "rect", "script", "section", "select", "span",
    "strong", "style", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "time", "title", "tr", "ul",
}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> ReportSet:
    return render_report(hostile_result(), tmp_path_factory.mktemp("hostile") / "out")


@pytest.fixture(scope="module")
def parsed(written: ReportSet) -> dict[str, html.HtmlElement]:
    return {path.name: html.fromstring(path.read_bytes()) for path in (written.index, *written.scorecards)}


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_every_unit_has_its_own_file_inside_the_folder(written: ReportSet) -> None:
    folder = (written.out / "departments").resolve()
    assert len(set(written.scorecards)) == len(PAYLOADS) + 1
    assert all(path.resolve().parent == folder and path.is_file() for path in written.scorecards)
    assert len(list(written.out.rglob("*"))) == len(PAYLOADS) + 1 + 7


def test_no_element_of_theirs_no_handler_and_only_our_script(parsed: dict[str, html.HtmlElement]) -> None:
    for name, page in parsed.items():
        assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= ELEMENTS, name
        assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1, name
        attributes = {attribute for element in page.iter() for attribute in element.attrib}
        assert not {
            attribute for attribute in attributes if attribute.startswith("on") or attribute in {"src", "style", "action"}
        }, name


def test_only_web_addresses_and_our_own_files_are_linked(parsed: dict[str, html.HtmlElement]) -> None:
    for name, page in parsed.items():
        for href in page.xpath("//a/@href"):
            assert re.fullmatch(r"https?://[^\s\\/?#]+([/?#]\S*)?", href, re.IGNORECASE) or LOCAL.match(href), (name, href)


@pytest.mark.parametrize("payload", [*MARKUP, *ATTRIBUTES, *TEMPLATES, *SCHEMES, *FORMULAS], ids=range(72))
def test_the_payload_is_shown_as_the_text_it_is(payload: str, parsed: dict[str, html.HtmlElement]) -> None:
    titles = {" ".join(title.text_content().split()) for title in parsed["portal.html"].xpath("//article//h4")}
    assert " ".join(clean_text(payload).split()) in titles


def test_no_control_or_direction_sign_is_in_any_file(written: ReportSet) -> None:
    for path in (written.index, *written.scorecards, written.findings, written.result, written.run, written.tickets):
        assert not CONTROLS.search(path.read_text(encoding="utf-8")), path.name


def test_the_identity_number_is_in_no_text(written: ReportSet) -> None:
    for path in (written.index, *written.scorecards, written.findings, written.result, written.run):
        text = re.sub(r"http://www\.songhu\.example/[^\s\"<]*", "", path.read_text(encoding="utf-8"))
        assert ID_NUMBER not in text, path.name
        assert ID_NUMBER not in path.name


def test_every_finding_is_still_a_line_of_json(written: ReportSet) -> None:
    lines = [json.loads(line) for line in written.findings.read_text(encoding="utf-8").splitlines()]
    assert {line["department"] for line in lines} >= {clean_text(text) for text in (*MARKUP, *SCHEMES)}


def test_pages_stay_small_whatever_the_length_of_names(written: ReportSet) -> None:
    assert max(path.stat().st_size for path in written.scorecards) < 1_000_000
