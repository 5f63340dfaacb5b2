"""The seven marks of the foot: printed, drawn, brought in from elsewhere, or really absent."""

from dataclasses import asdict

import pytest

from tests.crawler.extractors.written import facts_of, page_of

CODE = "4209230001"
ORGANIZER = "主办单位：云梦县人民政府办公室"
CONTACT = "联系电话：0712-4321000"
CODE_TEXT = f"网站标识码：{CODE}"
ICP = '<a href="https://beian.miit.gov.cn/">鄂ICP备05001234号</a>'
POLICE = '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=42092302000011">鄂公网安备 42092302000011号</a>'
CONAC = '<script id="_ideConac" src="https://dcs.conac.cn/js/17/x.js"></script>'
JIUCUO = f'<script id="_jiucuo_" sitecode="{CODE}" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>'
FULL = f"{ORGANIZER} {CONTACT} {CODE_TEXT} {ICP} {POLICE} {CONAC} {JIUCUO}"
PART_OF = {
    "site_id_code": CODE_TEXT,
    "icp_record": ICP,
    "police_record": POLICE,
    "organizer": ORGANIZER,
    "contact": CONTACT,
    "party_government_mark": CONAC,
    "error_report_entry": JIUCUO,
}
ALL = dict.fromkeys(PART_OF, True)
NONE = dict.fromkeys(PART_OF, None)


def marks_of(foot: str) -> dict[str, bool | None]:
    page = page_of('<div class="x"><p>本页介绍县情概况。</p></div>', foot=foot)
    return asdict(facts_of(page, url="http://www.yunmeng.gov.cn/zjym/").marks)


@pytest.mark.parametrize(
    "foot",
    ['<div class="footer"><p>{}</p></div>', '<div class="wb12"><p>{}</p></div>', "<center>{}</center>", "<footer>{}</footer>"],
)
def test_all_marks_are_seen_in_every_kind_of_foot(foot: str) -> None:
    assert marks_of(foot.format(FULL)) == ALL


@pytest.mark.parametrize("mark", PART_OF)
def test_a_mark_missing_from_a_printed_foot_is_missing(mark: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(PART_OF[mark], "")}</div>') == {**ALL, mark: False}


@pytest.mark.parametrize(
    "text",
    [
        f"政府网站标识码 ：{CODE}",
        f"网站标识码:{CODE}",
        f"网站标识码{CODE}",
        f"<span>网站标识码：</span><b>{CODE}</b>",
        "网站标识码：bm12345678",
        f'<a title="网站标识码：{CODE}" href="/about/">关于</a>',
    ],
)
def test_the_site_code_is_seen_in_every_writing(text: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(CODE_TEXT, text)}</div>')["site_id_code"] is True


def test_the_police_number_is_no_site_code() -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(CODE_TEXT, "")}</div>')["site_id_code"] is False


def test_marks_inside_comments_are_not_there() -> None:
    seen = marks_of(
        f'<div class="footer">{ORGANIZER} {CONTACT} 版权所有<!-- {CODE_TEXT} {ICP} {POLICE} {CONAC} {JIUCUO} --></div>'
    )
    assert seen == {**dict.fromkeys(PART_OF, False), "organizer": True, "contact": True}


@pytest.mark.parametrize(
    "foot",
    [
        '<div id="footer"></div><script src="/js/footer.js"></script>',
        '<iframe src="/common/foot.html" width="100%"></iframe>',
        '<div class="bottom"></div><script>$(".bottom").load("/html/weibu/index.html")</script>',
        '<script src="/images/gx_dbnr.js"></script>',
    ],
)
def test_a_foot_that_was_not_read_tells_nothing(foot: str) -> None:
    assert marks_of(foot) == NONE


def test_a_page_cut_off_before_its_foot_tells_nothing() -> None:
    page = page_of("<p>本页介绍县情概况。</p>", foot="").removesuffix("</body></html>")
    assert asdict(facts_of(page).marks) == NONE


def test_a_complete_page_without_any_foot_lacks_all() -> None:
    assert marks_of("") == dict.fromkeys(PART_OF, False)


def test_a_printed_foot_without_any_mark_lacks_all_of_them_whatever_scripts_follow_it() -> None:
    foot = '<div class="footer"><p>单位地址：云梦县城关镇建设路 邮编：432500</p></div><script src="/js/count.js"></script>'
    assert marks_of(foot) == {**dict.fromkeys(PART_OF, False), "contact": None}


def test_a_printed_foot_into_which_a_script_brings_the_rest_tells_nothing() -> None:
    foot = '<div class="footer"><p>单位地址：云梦县城关镇建设路 邮编：432500</p><script src="/js/footer.js"></script></div>'
    assert marks_of(foot) == NONE


def test_a_foot_written_by_the_pages_own_script_is_read() -> None:
    text = f"{ORGANIZER} {CONTACT} {CODE_TEXT} 鄂ICP备05001234号 鄂公网安备 42092302000011号"
    drawn = f'<script>document.write("<div class=foot>{text}</div>")</script>'
    assert marks_of(drawn) == {**ALL, "party_government_mark": False, "error_report_entry": False}


@pytest.mark.parametrize(
    "mark",
    [
        '<a href="//bszs.conac.cn/sitename?method=show&id=0B"><img src="/blue.png"></a>',
        "<script>document.write(unescape(\"%3Cscript src='//dcs.conac.cn/js/x.js'%3E%3C/script%3E\"))</script>",
        '<span id="_ideConac"></span>',
    ],
)
def test_the_party_and_government_mark_has_several_forms(mark: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(CONAC, mark)}</div>') == ALL


@pytest.mark.parametrize("entry", ['<a href="/hdjl/wyjc/">网页纠错</a>', '<a href="/cms/pub/interact/jiucuo.htm">内容纠错</a>'])
def test_a_sites_own_correction_form_is_not_the_national_one(entry: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(JIUCUO, entry)}</div>')["error_report_entry"] is False


@pytest.mark.parametrize("hint", ["版权所有：云梦县人民政府", "承办：云梦县大数据中心"])
def test_what_may_stand_for_the_organizer_is_left_open(hint: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(ORGANIZER, hint)}</div>')["organizer"] is None


@pytest.mark.parametrize("hint", ['<a href="/about/lxwm.html">联系我们</a>', "地址：云梦县城关镇"])
def test_what_may_lead_to_a_contact_is_left_open(hint: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(CONTACT, hint)}</div>')["contact"] is None


@pytest.mark.parametrize(
    "contact", ["电话：4321000", "传真:(0712)4321000", "联系邮箱：a.b@ym.gov.cn", "值班热线 12345", "联系人手机：13800000000"]
)
def test_a_contact_is_a_number_or_an_address(contact: str) -> None:
    assert marks_of(f'<div class="footer">{FULL.replace(CONTACT, contact)}</div>')["contact"] is True


def test_a_frame_beside_a_printed_foot_changes_nothing() -> None:
    page = page_of('<iframe src="/about/weather.html"></iframe><p>正文。</p>', foot=f'<div class="foot">{FULL}</div>')
    assert asdict(facts_of(page).marks) == ALL


@pytest.mark.parametrize("talk", ["网站要完成ICP备案。", "公安机关备案和公网安备号是两回事。"])
def test_talk_about_records_is_no_record_and_no_proof_that_one_is_missing(talk: str) -> None:
    read = marks_of(f'<div class="footer"><p>{ORGANIZER} {CODE_TEXT} {talk}</p></div>')
    assert {read["icp_record"], read["police_record"]} <= {None, False}
    assert None in {read["icp_record"], read["police_record"]}


@pytest.mark.parametrize("record", ["ICP备案号：鄂ICP备 0500 1234 号-1", "鄂公网安备<img src='ga.png'> 42092302000011号"])
def test_a_records_number_may_stand_a_little_behind_its_name(record: str) -> None:
    read = marks_of(f'<div class="footer"><p>{ORGANIZER} {record}</p></div>')
    assert True in {read["icp_record"], read["police_record"]}
