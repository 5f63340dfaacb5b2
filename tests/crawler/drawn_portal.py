"""A portal whose lists only a browser can read, crawled with the real extractors.

``python -m tests.crawler.drawn_portal FOLDER JSON`` crawls.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.assembly import assemble
from crawler.facts import ColumnFacts
from crawler.store import FACTS_NAME, FactsStore
from tests.mockserver.server import Asked, Behaviour, FaultServer

REPO = Path(__file__).parents[2]
SETTINGS = {"delay": 0, "allow_private": True, "pauses": (0.1, 0.2), "timeout": 20.0, "processes": 0, "browser_seconds": 20.0}
TITLES = ("关于开展城乡居民养老保险缴费工作的通知", "关于2026年中秋节放假安排的通知", "关于调整公交12路运行线路的通告")
MENU = {"/tzgg/": "通知公告", "/zwyw/": "政务要闻", "/zcwj/": "政策文件", "/zcjd/": "政策解读"}
FOOT = "<div class='footer'>主办单位：云岭县人民政府办公室 网站标识码：5299990001 版权所有</div>"


def shell(script: str, name: str, inside: str = "<ul class='news'></ul>") -> str:
    """A column page with an empty place that ``script`` fills."""
    menu = "".join(f"<li><a href='{path}'>{word}</a></li>" for path, word in MENU.items())
    return (
        f"<html><head><meta charset='utf-8'><title>{name}-云岭县人民政府</title>"
        f"<meta name='ColumnName' content='{name}'></head>"
        f"<body><div class='nav'><ul><li><a href='/'>首页</a></li>{menu}</ul></div>"
        f"<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='./'>{name}</a></div>"
        f"<div class='main'><h2>{name}</h2><div class='list' id='rows'>{inside}</div></div>{FOOT}"
        f"<script>{script}</script></body></html>"
    )


def home() -> str:
    menu = "".join(f"<li><a href='{path}'>{word}</a></li>" for path, word in MENU.items())
    return (
        "<html><head><meta charset='utf-8'><title>云岭县人民政府</title><meta name='SiteName' content='云岭县人民政府'></head>"
        f"<body><div class='nav'><ul><li><a href='/'>首页</a></li>{menu}</ul></div>"
        f"<div class='main'><h2>欢迎访问云岭县人民政府门户网站</h2></div>{FOOT}</body></html>"
    )


def article(title: str) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{title}-云岭县人民政府</title></head>"
        f"<body><div class='article'><h1>{title}</h1>"
        f"<div class='info'>发布时间：2026-11-03 来源：县政府办</div><div class='content'><p>{'现将有关事项通知如下。' * 20}</p>"
        f"</div></div>{FOOT}</body></html>"
    )


ROWS = json.dumps({"z9": [{"k1": title, "k2": f"a{number}", "k3": number} for number, title in enumerate(TITLES)]})
"""Rows under names that mean something to the page's own script alone."""

FILL = (
    "fetch('/svc/q?c=7').then(r => r.json()).then(j => {document.getElementById('rows').innerHTML = '<ul>' + j.z9.map(o => "
    "`<li><a href=\"/tzgg/${o.k2}.html\">${o.k1}</a><span>2026-11-0${o.k3 + 1}</span></li>`).join('') + '</ul>'})"
)


def serves(
    text: str, kind: str = "text/html; charset=utf-8", status: int = 200, headers: dict[str, str] | None = None
) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(text.replace("{base}", asked.base), kind=kind, status=status, headers=headers)

    return answer


@contextmanager
def portal(**pages: str) -> Iterator[FaultServer]:
    """``pages`` by the first part of their path: ``tzgg``, ``zwyw`` …"""
    routes = {"/": serves(home()), "/svc/q": serves(ROWS, "application/json")}
    routes |= {f"/tzgg/a{number}.html": serves(article(title)) for number, title in enumerate(TITLES)}
    routes |= {f"/{name}/": serves(text) for name, text in pages.items()}
    with FaultServer(routes=routes) as server:
        yield server


@dataclass
class Audited:
    """A finished crawl, assembled."""

    folder: Path
    start: str

    def __post_init__(self) -> None:
        self.store = FactsStore.open(self.folder / FACTS_NAME)
        site = assemble(self.store, f"{self.start}/")
        self.columns: dict[str, ColumnFacts] = {column.url.removeprefix(self.start): column for column in site.columns}

    def reason_of(self, path: str) -> tuple[bool | None, str]:
        return self.store.outcome(self.start + path)

    def reopened(self) -> "Audited":
        return Audited(self.folder, self.start)


def crawl_drawn(folder: Path, server: FaultServer, path: str | None = None, **options: Any) -> Audited:
    """Crawl and assemble; ``path`` replaces PATH, so that no program is found."""
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | {"PYTHONPATH": str(REPO)}
    if path is not None:
        env["PATH"] = path
    words = json.dumps({**SETTINGS, **options, "start_url": f"{server.base}/"})
    command = [sys.executable, "-W", "error", "-m", "tests.crawler.drawn_portal", str(folder), words]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr + (folder / "crawl.log").read_text()
    assert done.stderr == ""
    return Audited(folder, server.base)


def main() -> None:
    from crawler.crawl import run_crawl
    from crawler.options import CrawlOptions

    words = json.loads(sys.argv[2])
    words["pauses"] = tuple(words["pauses"])
    run_crawl(CrawlOptions(**words), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
