"""portals.yaml: what is read, and every mistake told with its line in one go."""

from pathlib import Path

import pytest

from audit.errors import PortalFileInvalid
from audit.nightly.portals import read_portals

HEAD = "schema: zhaocuo.portals/1\n"
PORTAL = "schema: zhaocuo.portal/1\nurl: http://b.gov.cn/\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "portals.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_defaults_hold_where_a_portal_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(PORTAL, encoding="utf-8")
    first, second = read_portals(
        write(
            tmp_path,
            "defaults: {delay: 2, packs: [privacy], timeout_hours: 3, browser: false}\nportals:\n"
            "  - {url: 'http://a.gov.cn/', name: 甲市, delay: 0.5, departments: [财政局, 民政局]}\n"
            "  - {file: b.yaml, browser: true}\n",
        )
    )
    assert (first.name, first.target, first.hours) == ("甲市", "http://a.gov.cn/", 3)
    assert list(first.words()) == [
        *("--delay", "0.5", "--pack", "privacy", "--department", "财政局", "--department", "民政局", "--no-browser")
    ]
    assert (second.name, second.url, second.target) == ("b.gov.cn", "http://b.gov.cn/", str(tmp_path / "b.yaml"))
    assert list(second.words()) == ["--delay", "2", "--pack", "privacy"]


def test_portals_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    found = read_portals(write(tmp_path, "portals: [{url: 'http://a.cn/', name: 市}, {url: 'http://b.cn/', name: 市}]\n"))
    assert len({portal.slug for portal in found}) == 2


def test_a_folder_of_packs_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    examples = Path(__file__).parents[3] / "examples"
    (tmp_path / "qinghe-portal").symlink_to(examples / "local-pack" / "qinghe-portal")
    found = read_portals(write(tmp_path, "portals: [{url: 'http://a.cn/', packs: [qinghe-portal]}]\n"))
    assert found[0].packs == (str(tmp_path / "qinghe-portal"),)


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("schema: zhaocuo.portal/1\nurl: nowhere\n", encoding="utf-8")
    path = write(
        tmp_path,
        "defaults: {packs: [portal-2018]}\nportals:\n  - {url: 'http://a.gov.cn/'}\n  - {name: 无}\n"
        "  - {file: missing.yaml}\n  - {file: broken.yaml}\n  - {url: 'http://A.gov.cn/x/'}\n",
    )
    with pytest.raises(PortalFileInvalid) as caught:
        read_portals(path)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "5", "6", "7", "8"]
    for line, words in zip(lines, ["portal-2019", "其中一个", "missing.yaml", "nowhere", "第 4 行"], strict=True):
        assert words in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("portals: []\n", "至少要有 1 项"),
        ("portals: [{url: ftp://a.cn/}]\n", "不是完整的网址"),
        ("portals: [{urls: 'http://a.cn/'}]\n", "url"),
        ("portals: [{url: 'http://a.cn/', timeout_hours: 0}]\n", "应大于 0"),
        ("portals: [{url: 'http://a.cn/', timeout_hours: 500}]\n", "不能大于 168"),
        ("portals: x\n", "应是列表"),
        ("portals: [\n", "YAML"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PortalFileInvalid, match=said):
        read_portals(write(tmp_path, text))


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PortalFileInvalid, match="读不到"):
        read_portals(tmp_path / "none.yaml")


def test_the_shipped_example_is_good() -> None:
    found = read_portals(Path(__file__).parents[3] / "examples" / "nightly" / "portals.yaml")
    assert len(found) >= 2
