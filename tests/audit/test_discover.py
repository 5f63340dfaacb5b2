"""``zhaocuo discover``: an overview of the portal, written for people; what they correct there wins on the next audit."""

from pathlib import Path

import pytest

from audit.audits import AuditOptions, run_audit, run_discover
from audit.folders import list_runs
from audit.portal_reader import read_portal_file
from crawler.store import FactsStore
from reports.result import read_result
from tests.crawler.drawn_portal import TITLES, portal, shell
from tests.mockserver.server import FaultServer

ROWS = "".join(
    f"<li><a href='/tzgg/a{number}.html'>{title}</a><span>2026-11-0{number + 1}</span></li>"
    for number, title in enumerate(TITLES)
)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy stands between the crawl and our own server."""
    monkeypatch.setenv("no_proxy", "*")


def discover(server: FaultServer, folder: Path) -> Path:
    path = folder / "portal.yaml"
    run_discover(f"{server.base}/", path, folder / "first", delay=0, concurrency=None, max_pages=None, allow_private=True)
    return path


@pytest.mark.usefixtures("plain")
def test_corrections_win_and_those_that_fit_nothing_any_more_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {name: shell("", word, f"<ul>{ROWS}</ul>") for name, word in (("tzgg", "通知公告"), ("zwyw", "政务要闻"))}
    with portal(**pages) as server:
        path = discover(server, tmp_path)
        text = path.read_text(encoding="utf-8")
        assert "# —— 门户 ——" in text
        assert "# 链接文字“通知公告”" in text
        assert all(server.asked(f"/tzgg/a{number}.html") == 0 for number in range(3)), "an overview opens no article"
        found = {column.url: column for column in read_portal_file(path).pins.columns}
        assert found[f"{server.base}/tzgg/"].column_type == "notices"

        corrected = text.replace("column_type: notices", "column_type: personnel")
        corrected += f"  - name: 旧栏目\n    url: {server.base}/jiu/\n    column_type: news\n"
        path.write_text(corrected, encoding="utf-8")
        capsys.readouterr()
        options = AuditOptions(
            target=str(path), out=tmp_path / "out", data=tmp_path / "data", delay=0, allow_private=True, browser=False
        )
        run_audit(options)
    (run,) = list_runs(tmp_path / "data")
    with FactsStore.open(run.facts) as store:
        types = {column.url.removeprefix(server.base): column.column_type for column in store.columns()}
    assert types["/tzgg/"] == "personnel"
    assert types["/zwyw/"] == "news"
    assert "旧栏目" in capsys.readouterr().err
    assert "旧栏目" in str(read_result(run.result).settings)


@pytest.mark.usefixtures("plain")
def test_words_of_a_page_cannot_break_out_of_a_comment(tmp_path: Path) -> None:
    name = "通知公告&#10;xxgk_url: http://evil.example/&#8232;region: 别处"
    with portal(tzgg=shell("", name, f"<ul>{ROWS}</ul>")) as server:
        read = read_portal_file(discover(server, tmp_path))
    assert read.pins.xxgk_url is None
    assert read.pins.region == "云岭县"
