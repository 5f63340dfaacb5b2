"""Elements of a guide in many wordings: what stands there in any usual form is never called missing."""

from collections.abc import Callable
from datetime import date

import pytest

from rules.checks.guide_elements import Params, guide_elements
from rules.factories import make_column, make_facts
from rules.loader import load_pack
from rules.model import Context, Judgement, Outcome
from rules.shipped import PACKS_FOLDER

PADDING = "为方便公民、法人和其他组织了解本机关依法应当公开的情况，编写本文，供公众使用。" * 6


@pytest.fixture(scope="module")
def judge() -> Callable[[str], Judgement]:
    params = {rule.id: rule for rule in load_pack(PACKS_FOLDER / "xxgk-platform").rules}["incomplete-guide"].params
    assert isinstance(params, Params)
    context = Context(facts=make_facts({}), audit_date=date(2026, 11, 20), departments={})

    def run(text: str) -> Judgement:
        judgement = guide_elements(make_column(column_type="guide", text=f"{PADDING}{text}"), params, context)
        assert isinstance(judgement, Judgement)
        return judgement

    return run


def missing(judgement: Judgement) -> tuple[str, ...]:
    found = judgement.values.get("missing", ())
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("信息分类", "一、信息的分类和编排"),
        ("信息分类", "公开范围：机构职能、规划、财政等"),
        ("信息分类", "本机关主动公开的内容包括：机构概况、人事信息等"),
        ("编排体系", "二、目录编排体系"),
        ("编排体系", "每条信息编有索引号"),
        ("获取方式", "三、获取形式"),
        ("获取方式", "公众可在档案馆查阅场所查看"),
        ("获取方式", "可以通过本县门户网站查询有关内容"),
        ("工作机构名称", "受理机构：示例县水利局办公室"),
        ("工作机构名称", "工作机构为示例县水利局政务股"),
        ("工作机构名称", "本局办公室负责信息公开的日常工作"),
        ("工作机构名称", "机构名称：示例镇党政办"),
        ("办公地址", "地址：示例县新城区安康路8号"),
        ("办公地址", "办公地点：示例镇人民政府大院一楼"),
        ("办公地址", "我局位于示例县滨河大道与学府路交叉口"),
        ("办公地址", "通信地址（邮编000000）：示例县安康路水利大厦三楼"),
        ("办公时间", "工作时间：周一至周五8:00-12:00，14:30-17:30"),
        ("办公时间", "办公时间为法定工作日上午八点到下午五点半"),
        ("办公时间", "8：30—12：00"),
        ("办公时间", "上午8时30分至12时"),
        ("联系电话", "电话：0790-8000001"),
        ("联系电话", "联系电话:（0790）8000001"),
        ("联系电话", "咨询电话 8000001"),
        ("联系电话", "监督热线12345"),
        ("传真号码", "传真：0790-8000002"),
        ("传真号码", "电话/传真：0790-8000002"),
        ("传真号码", "联系电话（传真）0790-8000002"),
        ("传真号码", "传真：同电话号码，传真与电话相同"),
        ("传真号码", "传真电话:(0790)8000002"),
        ("互联网联系方式", "电子邮箱：a@shili.example"),
        ("互联网联系方式", "E-mail：a.b@shili.example"),
        ("互联网联系方式", "网址：http://www.shili.example"),
        ("互联网联系方式", "互联网申请请登录www.shili.example"),
    ],
)
def test_an_element_in_a_usual_wording_is_not_missing(judge: Callable[[str], Judgement], element: str, text: str) -> None:
    assert element in missing(judge("没有要素的一段话。"))
    assert element not in missing(judge(f"{text}。"))


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("传真号码", "可以当面、邮寄或者传真提交申请表"),
        ("联系电话", "欢迎来电垂询"),
        ("办公时间", "自收到申请之日起20个工作日内答复"),
        ("办公地址", "请按规定的地址形式填写申请表"),
    ],
)
def test_words_that_only_come_near_an_element_are_not_it(judge: Callable[[str], Judgement], element: str, text: str) -> None:
    assert element in missing(judge(f"{text}。"))


def test_a_label_without_readable_content_cannot_be_told(judge: Callable[[str], Judgement]) -> None:
    full = (
        "信息分类、编排体系、获取方式：登录网站查阅。机构名称：示例局办公室。地址：示例县安康路8号。"
        "办公时间：上午8:30—12:00。电话：0790-8000001。传真号码：。电子邮箱：a@shili.example。"
    )
    assert judge(full).outcome is Outcome.CANT_TELL


def test_a_guide_of_megabytes_does_not_hold_the_audit_up(judge: Callable[[str], Judgement]) -> None:
    assert judge("办公地址" * 250_000).outcome in {Outcome.FAILED, Outcome.CANT_TELL, Outcome.PASSED}
