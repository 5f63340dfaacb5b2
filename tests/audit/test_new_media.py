from pathlib import Path

import pytest
from pydantic import TypeAdapter

from audit.audits import AuditOptions, run_audit
from audit.errors import AccountListInvalid
from audit.new_media import read_accounts
from audit.portal_reader import read_portal_file
from crawler.pins import Pins

GOOD = """账号名称,平台,主办单位,最后更新时间,网址,状态
示例发布,微信,示例县融媒体中心,2026-11-19,https://example.cn/a,正常
示例教育,微博,县教育局,2026年11月1日,,正常
示例老号,微信,县水利局,20250101,,已注销
示例新号,抖音,县水利局,暂无,,

"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "账号.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_read_in_the_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    accounts = read_accounts(written(tmp_path, GOOD, encoding))
    assert [(each.name, each.platform, each.last_post, each.closed, each.line) for each in accounts] == [
        ("示例发布", "微信", "2026-11-19", False, 2),
        ("示例教育", "微博", "2026-11-01", False, 3),
        ("示例老号", "微信", "2025-01-01", True, 4),
        ("示例新号", "抖音", None, False, 5),
    ]
    assert accounts[0].url == "https://example.cn/a"


def test_headings_may_be_other_words_in_another_order(tmp_path: Path) -> None:
    (account,) = read_accounts(written(tmp_path, "最近发布日期（必填）, 新媒体名称 ,统计日期\n2026/11/3,示例发布,2026-11-18\n"))
    assert (account.name, account.last_post, account.checked) == ("示例发布", "2026-11-03", "2026-11-18")


def test_every_bad_row_is_named_with_its_line_and_nothing_is_taken(tmp_path: Path) -> None:
    text = "账号名称,最后更新时间,网址\n,2026-11-01,\n甲,上周,\n乙,2026-11-01,example.cn\n丙,2026-11-01,\n丙,2026-11-02,\n"
    with pytest.raises(AccountListInvalid) as caught:
        read_accounts(written(tmp_path, text))
    lines = str(caught.value).splitlines()
    assert [line.partition("：")[0].rpartition(" 第 ")[2] for line in lines] == ["2 行", "3 行", "4 行", "6 行"]
    assert all(line.endswith("。") for line in lines)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "是空的"),
        ("账号名称,平台\n示例,微信\n", "缺少“最后更新时间”"),
        ("账号名称,名称,更新时间\n", "同一列"),
        ("账号名称,更新时间\n", "没有一个账号"),
        ("\0\0PK", "不是可以读的 CSV"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(AccountListInvalid, match=says):
        read_accounts(written(tmp_path, text))


def test_portal_yaml_names_the_list_beside_it_and_the_institutions(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    file = tmp_path / "portal.yaml"
    file.write_text(
        "schema: zhaocuo.portal/1\nurl: http://www.example.cn/\ninstitutions: [示例县自来水公司]\nnew_media: 账号.csv\n",
        encoding="utf-8",
    )
    pins = read_portal_file(file).pins
    assert pins.institutions == ("示例县自来水公司",)
    assert pins.new_media is not None
    assert len(pins.new_media) == 4
    adapter = TypeAdapter(Pins)
    assert adapter.validate_python(adapter.dump_python(pins, mode="json")) == pins  # as settings.json keeps them


def test_a_bad_list_stops_the_audit_before_anything_is_fetched(tmp_path: Path) -> None:
    options = AuditOptions(
        target="http://127.0.0.1:9/", data=tmp_path / "data", out=tmp_path / "out", new_media=tmp_path / "nowhere.csv"
    )
    with pytest.raises(AccountListInvalid, match="打不开"):
        run_audit(options)
    assert not (tmp_path / "data").exists()
