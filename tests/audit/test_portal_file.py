"""portal.yaml: written, corrected, read back; every mistake named with its line, all at once."""

import re
from datetime import date
from pathlib import Path

import pytest

from audit.errors import OutputUnwritable, PortalFileInvalid
from audit.portal_reader import read_portal_file
from audit.portal_writer import write_portal_file
from crawler.facts import ColumnFacts, DepartmentFacts, MandatoryColumn, MemoryFacts, PortalFacts, UnitKind

URL = "http://www.example.gov.cn/"


def facts() -> MemoryFacts:
    guide = MandatoryColumn(column_type="guide", url=f"{URL}czj/zn/")
    return MemoryFacts(
        portal=PortalFacts(url=URL, name="某县人民政府", region="某县"),
        department_list=(
            DepartmentFacts(name="某县财政局", url=f"{URL}czj/", columns={"guide": guide}),
            DepartmentFacts(name="某镇", kind=UnitKind.TOWN, url=None),
        ),
        column_list=(ColumnFacts(name="要闻", url=f"{URL}xw/", column_type="news"),),
    )


def test_what_discover_writes_audit_reads(tmp_path: Path) -> None:
    path = tmp_path / "portal.yaml"
    write_portal_file(facts(), path, date(2026, 11, 20))
    portal = read_portal_file(path)
    assert portal.url == URL
    assert [(unit.name, unit.kind, unit.url) for unit in portal.pins.units] == [
        ("某县财政局", UnitKind.DEPARTMENT, f"{URL}czj/"),
        ("某镇", UnitKind.TOWN, None),
    ]
    assert dict(portal.pins.units[0].columns) == {"guide": f"{URL}czj/zn/"}
    assert portal.pins.columns[0].column_type == "news"
    assert path.read_text(encoding="utf-8").startswith("# zhaocuo discover")


def test_where_to_object_is_asked_for_and_read(tmp_path: Path) -> None:
    path = tmp_path / "portal.yaml"
    write_portal_file(facts(), path, date(2026, 11, 20))
    written = path.read_text(encoding="utf-8")
    assert read_portal_file(path).contact == ""
    path.write_text(re.sub(r"(?m)^contact:.*$", "contact: ' 县政府办，0000-1234567 '", written), encoding="utf-8")
    assert read_portal_file(path).contact == "县政府办，0000-1234567"


def test_all_mistakes_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "portal.yaml"
    path.write_text(
        "url: www.example.gov.cn\n"
        "delay: fast\n"
        "departments:\n"
        "  - name: 财政局\n"
        "    kind: bureau\n"
        "    adress: http://a.cn/\n"
        "  - group: 部门\n",
        encoding="utf-8",
    )
    with pytest.raises(PortalFileInvalid) as caught:
        read_portal_file(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    for line, words in zip((1, 2, 5, 6, 7), ("不是完整的网址", "delay", "kind", "adress", "name"), strict=True):
        assert any(f":{line}:" in item and words in item for item in lines), (line, words, lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("url: [", "YAML"),
        ("- a\n", "名称: 值"),
        ("url: http://a.cn/\nurl: http://b.cn/\n", "写了两遍"),
        ("url: http://a.cn/\nschema: zhaocuo.portal/9\n", "schema"),
        ("url: http://a.cn/\ndepartments: [{name: 甲局}, {name: 甲局}]\n", "甲局"),
        ("name: 某县\n", "url"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "portal.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PortalFileInvalid, match=words):
        read_portal_file(path)


def test_a_file_that_cannot_be_written_leaves_the_old_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "portal.yaml"
    target.mkdir()
    with pytest.raises(OutputUnwritable, match="无法写入"):
        write_portal_file(facts(), target, date(2026, 11, 20))
    assert not list(tmp_path.glob(".portal*"))
