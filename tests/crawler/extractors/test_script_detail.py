"""Articles that stand in a script of their page."""

import json

import pytest

from crawler.facts import PageKind
from tests.crawler.extractors.written import FOOT, TITLE, facts_of

DETAIL = {
    "id": 3255421,
    "title": TITLE,
    "date": 1793668500,
    "publisher": "县林业局",
    "identifier": "A1B2C3D4/2026-00012",
    "document_number": "云林发〔2026〕12号",
    "content": "<p>各乡镇人民政府：</p><p>现将有关事项通知如下。</p>",
}
URL = "http://www.yunmeng.gov.cn/gkmlpt/content/3/3255/post_3255421.html"


def page(script: str) -> str:
    head = "<head><title>政府信息公开平台</title></head>"
    return f"<html>{head}<body><div id='app'></div><script>{script}</script>{FOOT}</body></html>"


@pytest.mark.parametrize("form", ['window._CONFIG = {{"SID": 1, "DETAIL": {}, "X": {{}}}};', "_CONFIG.DETAIL = {};"])
def test_the_article_is_read_from_the_script(form: str) -> None:
    facts = facts_of(page(form.format(json.dumps(DETAIL, ensure_ascii=False))), url=URL)
    assert (facts.kind, facts.title.value, facts.has_head_block) == (PageKind.ARTICLE, TITLE, True)
    assert (facts.published.value, facts.published.strategy) == ("2026-11-03T09:15+08:00", "script")
    assert (facts.publisher.value, facts.index_number.value) == ("县林业局", "A1B2C3D4/2026-00012")
    assert facts.document_number.value == "云林发〔2026〕12号"
    assert facts.text == "各乡镇人民政府： 现将有关事项通知如下。"


@pytest.mark.parametrize(
    "script", ["window._CONFIG={DETAIL:{title:f()}}", 'X={"DETAIL": {"title": ""}}', 'X={"DETAIL": {', "var DETAIL=1"]
)
def test_a_script_that_is_no_data_changes_nothing(script: str) -> None:
    facts = facts_of(page(script), url=URL)
    assert facts.kind is not PageKind.ARTICLE
    assert (facts.published.value, facts.publisher.value) == (None, None)
