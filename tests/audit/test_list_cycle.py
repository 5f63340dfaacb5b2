"""An evaluator's list as its people meet it, on the demo portal: in, looked at again, and back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from audit.demo import DEMO_AS_OF
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer

TYPO = "zwgk/tzgg/202609/t20260924_3269915.html"
FILE = "zwgk/tzgg/fj/tongxun.docx"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with DemoServer(build_portal(DEMO_AS_OF)) as server:
        yield server.base_url


def zhaocuo(folder: Path, *words: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "audit", *words, "--data", str(folder / "data")]
    environment = {"PATH": "/usr/bin:/bin", "no_proxy": "*"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, env=environment)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_list_of_wordings_goes_in_is_looked_at_again_and_comes_back(base: str, tmp_path: Path) -> None:
    rows = [
        "错敏词,推荐词(修改词),附件地址或文章所在地,发现时间",
        f"付组长,副组长,{base}{TYPO},2026-11-19",  # still there
        f"绝无此词,组长,{base}{TYPO},2026-11-19",  # gone, and the right one there
        f"获奖人员,获奖同志,{base}{FILE},2026-11-19",  # still there, in a file
        f"坏词,,{base}nowhere.html,2026-11-19",  # the page is gone, and leads to the home page
    ]
    (tmp_path / "错敏词.csv").write_bytes("\r\n".join(rows).encode("gb18030"))
    words = ("--by", "王科长", "--portal", base)
    assert zhaocuo(tmp_path, "tickets", "import", str(tmp_path / "错敏词.csv"), *words)[:2] == (
        0,
        "导入完成：新建 4 张整改单。\n",
    )
    look = ("--by", "王科长", "--allow-private", "--no-browser", "--delay", "0")
    codes = [zhaocuo(tmp_path, "tickets", "recheck", str(number), *look)[0] for number in range(1, 5)]
    assert codes == [1, 0, 1, 4]
    assert zhaocuo(tmp_path, "tickets", "export", str(tmp_path / "out.xlsx"))[0] == 0
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["错敏词"]
    heads, *found = [["" if cell is None else cell for cell in row] for row in sheet.values]
    assert heads[4:] == ["整改单号", "整改结果", "复查结论", "销号时间"]
    assert [row[5:7] for row in found] == [["未整改", "不合格"], ["已整改", "合格"], ["未整改", "不合格"], ["未整改", ""]]
    assert zhaocuo(tmp_path, "tickets", "import", str(tmp_path / "out.xlsx"), *words)[:2] == (0, "导入完成：8 行是已有整改单。\n")
