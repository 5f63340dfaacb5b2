"""网站标识码 in its places, and the forms of the 找错 entry."""

import pytest

from tests.crawler.extractors.written import FOOT, facts_of, page_of

CODE = "4209230001"
ENTRIES = {
    "unquoted": f"<script id=_jiucuo_ sitecode={CODE} src=https://zfwzgl.www.gov.cn/exposure/jiucuo.js></script>",
    "old-host": f"<script id='_jiucuo_' sitecode='{CODE}' src='//pucha.kaipuyun.cn/exposure/jiucuo.js'></script>",
    "local-copy": f'<script id="_jiucuo_" sitecode="{CODE}" src="/js/jiucuo.js"></script>',
    "src-set-by-script": (
        f'<script>var s=document.createElement("script");s.setAttribute("sitecode","{CODE}");'
        's.src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js";document.body.appendChild(s)</script>'
    ),
    "link": f'<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}&url=http%3A%2F%2Fa"><img src="j.png"></a>',
    "empty-link": f'<div class="zhaocuo"><a href="//zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}&url=x"></a></div>',
    "bare-ip": f'<a href="http://121.43.68.40/exposure/jiucuo.html?site_code={CODE}&url=x">找错</a>',
    "setting": f'<div class="j-jiucuo" data-setting="{{sitecode:{CODE}}}"></div>',
    "onclick": f'<span id="_span_jiucuo"><img onclick="Link(\'{CODE}\')" src="/jiucuo.png"></span>',
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_every_form_of_the_entry_is_found_with_its_code(entry: str) -> None:
    facts = facts_of(page_of("<p>正文。</p>", foot=FOOT.replace("</div>", f"{entry}</div>")))
    assert facts.marks.error_report_entry is True
    assert facts.site_id_code.error_report == CODE
    assert facts.error_report_how


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_no_form_counts_inside_a_comment(entry: str) -> None:
    facts = facts_of(page_of("<p>正文。</p>", foot=FOOT.replace("</div>", f"<!-- {entry} --></div>")))
    assert facts.marks.error_report_entry is False
    assert facts.site_id_code.error_report is None


def test_a_place_holder_alone_is_left_open() -> None:
    facts = facts_of(page_of("<p>正文。</p>", foot=FOOT.replace("</div>", '<span id="_span_jiucuo"></span></div>')))
    assert (facts.marks.error_report_entry, facts.error_report_how) == (None, "place-holder")


def test_a_local_link_that_bears_the_name_is_left_open() -> None:
    facts = facts_of(
        page_of("<p>正文。</p>", foot=FOOT.replace("</div>", '<a href="/zc/"><img alt="我为政府网站找错"></a></div>'))
    )
    assert (facts.marks.error_report_entry, facts.error_report_how) == (None, "local-link")


def test_codes_of_all_places_are_kept_apart_and_together() -> None:
    facts = facts_of(
        page_of(
            "<p>正文。</p>",
            head='<meta name="SiteIDCode" content="4500000001 ">',
            foot=FOOT.replace("</div>", ENTRIES["local-copy"].replace(CODE, "4209230009") + "</div>"),
        )
    )
    code = facts.site_id_code
    assert (code.meta, code.footer, code.error_report) == ("4500000001", CODE, "4209230009")
    assert facts.site_id_codes == ("4500000001", CODE, "4209230009")


def test_a_malformed_code_is_kept_and_a_wellformed_one_preferred() -> None:
    assert facts_of(page_of("", foot="<p>主办单位：县政府 网站标识码：3610782</p>")).site_id_code.footer == "3610782"
    both = page_of("", foot=f"<p>主办单位：县政府 网站标识码：3610782 标识码：{CODE}</p>")
    assert facts_of(both).site_id_code.footer == CODE
