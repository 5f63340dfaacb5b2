"""Numbers of persons in texts: found by digits and words together, masked everywhere, never kept in plain."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.page import extract_page
from crawler.personal import find_personal, keyed, run_key
from crawler.personal.checks import birth_date, is_credit_code, passes_luhn
from crawler.store.page_record import record_of

sys.path.insert(0, str(Path(__file__).parent))
from numbers_made_here import CARD, YOUNG, A, B, C, citizen

TODAY = date(2026, 11, 22)
WRONG = A[:-1] + ("1" if A[-1] != "1" else "2")
M = ("17000000001", "17000000002", "17000000003")


def found(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(number.kind, number.doubt) for number in find_personal(text, TODAY, title=title).numbers]


@pytest.mark.parametrize(
    "text",
    [
        f"经核实，王某（身份证号码：{A}）符合条件。",
        f"姓名\t身份证号\t组别\n甲一\t{A}\t一组",
        f"姓名,身份证号,组别\n甲一,{A},一组",
        f"甲一 {A}",
        f"身份证号：{A[:6]} {A[6:14]} {A[14:]}",
        "身份证号：" + A.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        f"身份证 {YOUNG}",
        f"序号\t姓名\t证件号码\n1\t甲一\t{YOUNG}",
    ],
    ids=["label", "table", "csv", "bare", "blanks", "full width", "a child with label", "a child in a column"],
)
def test_citizen_numbers_are_found(text):
    assert found(text) == [("id-number", "")]


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号：{WRONG}",
        "身份证号：11*************014",
        f"身份证号：{A[:6]}********{A[14:]}",
        f"项目编号：{A}，已办结。",
        f"项目编号\t名称\n{A}\t道路工程",
        f"详见 http://www.shili.example/item_{A}.html?id={B}",
        f"详见 /public/{A}/index.html",
        f"第9{A}号",
        f"编码 {A}0012",
        f"AB{A}",
        f"SN-{A}",
        f"0.{A}",
        f"办件 {YOUNG} 已结。",
        citizen("11010118991231001"),
        citizen("00010119900101001"),
        citizen("11010119900231001"),
    ],
    ids=[
        *("check digit", "masked", "masked inside", "a code by its label", "a code by its column", "address", "path"),
        *("longer", "longer behind", "letters before", "serial", "decimal", "code of today"),
        *("too old", "no province", "no such day"),
    ],
)  # fmt: skip
def test_what_looks_like_a_citizen_number_and_is_none(text):
    assert found(text) == []


def test_a_bare_number_of_a_young_date_is_doubtful():
    assert found(f"甲一 {YOUNG}") == [("id-number", "code-like")]


def test_a_unified_credit_code_is_no_person():
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert found("统一社会信用代码：91350100M000100Y43") == []


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (f"补助发放：户名甲一，开户行：某某农村信用社，银行卡号：{CARD}。", ""),
        (f"户名：甲一\n开户行：某银行某支行\n账号：{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", ""),
        (f"姓名\t一卡通账号\t金额\n甲一\t{CARD}\t100", ""),
        (f"收款单位：某县财政局非税收入专户，开户行：某银行，账号：{CARD}。", "unit-account"),
        (f"户名：某县财政局\n开户行：某银行某支行\n账号：{CARD}", "unit-account"),
        (f"账号：{CARD}", "unit-account"),
        (f"代领人：甲乙丙，开户行：某农商行某支行，银行卡号：{CARD}。", ""),
        (f"救助对象：甲乙\n开户行：某农商行某支行\n账号：{CARD}", ""),
        (f"受益人：某县儿童福利院，银行卡号：{CARD}。", "unit-account"),
        (f"经办人：甲乙丙，单位账号：{CARD}。", "unit-account"),
        (f"由某建设有限公司施工。\n工程款转入承办人甲乙的个人账户，开户行：某农商行，银行卡号{CARD}。", ""),
        (f"请将个人账户注销。账号：{CARD}", "unit-account"),
        (f"县财政局国库集中支付退汇\n退汇人：甲乙丙，账号：{CARD}。", ""),
        (f"县财政局国库集中支付退汇\n退汇人：某县供水公司，账号：{CARD}。", "unit-account"),
    ],
    ids=[
        *("sentence", "lines", "table", "treasury", "treasury in lines", "nobody named"),
        *("drawn for another", "person helped", "home as beneficiary", "clerk of an office"),
        *("somebody's own account", "own account of another sentence"),
        *("money sent back to a person", "money sent back to a company"),
    ],
)
def test_cards_are_found_and_accounts_of_offices_are_doubtful(text, doubt):
    assert found(text) == [("bank-card", doubt)]


@pytest.mark.parametrize("text", [f"订单号：{CARD}", f"账号：{CARD[:-1]}", "账号：6222000000000000000"])
def test_long_numbers_without_the_words_or_the_check_digit_are_no_cards(text):
    assert found(text) == []


def test_a_list_of_persons_with_mobiles_is_found_and_two_are_no_list():
    rows = [f"甲{sign}\t{mobile}\t100" for sign, mobile in zip("一二三", M, strict=True)]
    head = "姓名\t手机号码\t补助金额"
    assert found("\n".join([head, *rows])) == [("mobile", "")] * 3
    assert found("\n".join([head, *rows[:2]])) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("姓名\t职务\t联系电话\n" + "\n".join(f"甲{n}\t镇长\t{m}" for n, m in zip("一二三", M, strict=True)), "公告"),
        ("姓名\t联系电话\n" + "\n".join(f"甲{n}\t{m}" for n, m in zip("一二三", M, strict=True)), "某县河长名单"),
        ("姓名\t手机\n" + "\n".join(f"甲{n}\t{m}" for n, m in zip("一二三", M, strict=True)), "老人名单及上门服务联系人"),
        ("姓名\t手机\n" + "\n".join(f"甲{n}\t{m}" for n, m in zip("一二三", M, strict=True)), "困难群众救助服务热线一览"),
        ("姓名\t岗位\t手机\n" + "\n".join(f"甲{n}\t护理\t{m}" for n, m in zip("一二三", M, strict=True)), "上门服务老人登记表"),
    ],
    ids=["column", "title", "people on duty beside the persons", "hot lines", "a column of duties"],
)
def test_lists_of_people_on_duty_are_doubtful(text, title):
    assert found(text, title) == [("mobile", "duty-list")] * 3


def test_where_somebody_teaches_or_learns_is_no_duty():
    rows = "\n".join(f"甲{n}\t某镇中心校\t{m}" for n, m in zip("一二三", M, strict=True))
    assert found(f"姓名\t任教学校\t手机号码\n{rows}", "名单") == [("mobile", "")] * 3


def test_a_post_that_somebody_applied_for_is_no_duty():
    rows = "\n".join(f"甲{n}\t{m}\t文员" for n, m in zip("一二三", M, strict=True))
    assert found(f"姓名\t手机号\t见习岗位\n{rows}", "就业见习人员名单") == [("mobile", "")] * 3


@pytest.mark.parametrize("title", ["养老驿站享受上门服务老人登记表", "便民服务中心残疾人补贴发放名单", "家庭医生签约患者名册"])
def test_a_service_that_the_listed_persons_get_is_no_duty_of_theirs(title):
    rows = "\n".join(f"甲{n}\t某某社区\t{m}" for n, m in zip("一二三", M, strict=True))
    doubt = "duty-list" if "医生" in title else ""  # 家庭医生 are on duty; whose numbers these are, a person has to see
    assert found(f"姓名\t所在社区\t手机\n{rows}", title) == [("mobile", doubt)] * 3


@pytest.mark.parametrize(
    "text",
    [
        "综合窗口咨询电话：{}，监督电话：{}\n投诉电话：{}",
        "单位\t监督电话\n教育局\t{}\n财政局\t{}\n水利局\t{}",
        "服务热线 {} {} {}",
    ],
)
def test_telephones_of_offices_are_nobodys(text):
    assert found(text.format(*M)) == []


def test_everything_stored_of_a_page_is_masked_and_the_address_stays(tmp_path):
    html = (
        f"<html><head><title>关于甲一（身份证号{A}）的公示</title></head><body><h1>关于甲一（身份证号{A}）的公示</h1><table>"
        f"<tr><td>姓名</td><td><p>身份证号</p></td></tr>"
        f"<tr><td rowspan=2>乙二</td><td><p>{B}</p></td></tr><tr><td>{C}</td></tr></table>"
        f"<a href='/item_{A}.html'>身份证号{A}</a></body></html>"
    )
    page = extract_page(html.encode(), f"http://www.shili.example/{A}.html", fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert {number.kind for number in page.facts.personal} == {"id-number"}
    assert set(page.plain_numbers) == {A, B, C}
    facts = re.sub(r"https?://[^\"\s]+", "", repr(page.facts) + repr([link.text for link in page.links]))
    assert not [number for number in (A, B, C) if number in facts]
    assert page.facts.url.endswith(f"{A}.html")
    assert f"/item_{A}.html" in {link.url.removeprefix("http://www.shili.example") for link in page.links}
    assert B not in repr(record_of(page))


def test_a_digest_knows_a_number_again_under_its_key_only(tmp_path):
    numbers = find_personal(f"身份证号：{A}", TODAY)
    key = run_key(tmp_path)
    assert run_key(tmp_path) == key
    first = keyed(numbers.numbers, numbers.plain, key)[0].digest
    assert keyed(numbers.numbers, numbers.plain, key)[0].digest == first
    assert keyed(numbers.numbers, numbers.plain, b"other")[0].digest != first
    assert (tmp_path / "numbers.key").stat().st_mode & 0o777 == 0o600


def test_a_kill_before_the_key_is_written_leaves_no_key(tmp_path, monkeypatch):
    def killed(_size: int) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("secrets.token_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            run_key(tmp_path)
    assert not (tmp_path / "numbers.key").exists()
    assert len(run_key(tmp_path)) == 32


def test_a_run_takes_the_key_of_its_data_folder_and_keeps_the_one_it_has(tmp_path):
    (tmp_path / "run").mkdir()
    assert run_key(tmp_path / "run", shared=b"k" * 32) == run_key(tmp_path / "run") == b"k" * 32
    assert run_key(tmp_path / "run", shared=b"l" * 32) == b"k" * 32
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["numbers.key"]


def test_a_list_longer_than_is_named_is_masked_to_its_end():
    rows = [citizen(f"110101{1940 + n % 50}0101{n % 1000:03}") for n in range(900)]
    text = "姓名\t身份证号\n" + "\n".join(f"甲一\t{row}" for row in rows)
    numbers = find_personal(text, TODAY)
    assert len(numbers.numbers) == 500
    masked = numbers.masker()(text)
    assert not [row for row in rows if row in masked]


@given(st.text(alphabet="0123456789Xx 身份证号账卡手机甲乙\t\n,-*", max_size=300))
def test_no_text_is_an_error_and_what_is_found_is_masked(text):
    numbers = find_personal(text, TODAY)
    assert not [plain for plain in numbers.plain if plain in re.sub(r"[ \-]", "", numbers.masker()(text)).upper().split()]


@given(st.integers(0, 10**17 - 1))
def test_the_check_sign_decides(number):
    digits = f"{number:017}"
    right = citizen(digits)
    assert sum(birth_date(digits + sign, TODAY) is not None for sign in "0123456789X") <= 1
    assert birth_date(right, TODAY) is None or right[:2] >= "11"


def test_rows_of_one_digit_pass_no_check():
    assert not passes_luhn("0000000000000000")
