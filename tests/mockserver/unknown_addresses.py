"""Portals that answer addresses nobody made as if there were something, each with what its pages must be taken for."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.mockserver import behaviours as do
from tests.mockserver.server import Asked, Behaviour

MENU = "<div class='nav'><a href='/'>首页</a><a href='/zwgk/'>政务公开</a><a href='/hdjl/'>互动交流</a></div>"
FOOT = "<div class='footer'>主办：云溪县人民政府办公室　网站标识码：4306030001</div>"
FRAME = (
    "<div class='side'><h3>热门服务</h3><p>社会保障卡申领、居住证办理、不动产登记预约、公积金提取、企业开办一窗通办，"
    "请到县政务服务中心综合窗口咨询办理，工作日上午八时三十分至十二时，下午二时三十分至五时三十分。</p></div>"
)
NEWS = "".join(
    f"<li><a href='/art/2026/11/{day}/art_12_{day}99.html'>县政府召开第{day}次常务会议研究民生实事工作</a>"
    f"<span>2026-11-{day}</span></li>"
    for day in range(10, 18)
)
HOME = (
    f"<html><head><title>云溪县人民政府门户网站</title></head><body>{MENU}"
    f"<div class='main'><h2>云溪要闻</h2><ul>{NEWS}</ul>"
    f"<p>今天是2026年11月20日　星期五，欢迎访问云溪县人民政府门户网站，这里公开县政府及其部门的政府信息。</p></div>"
    f"{FOOT}</body></html>"
)
LOST = (
    "<p>您来晚了一步，这里的内容已经搬到了新的地方。请从上面的栏目重新进入，或者拨打县政务服务热线询问，"
    "工作人员会告诉您它现在在哪里。感谢您对云溪县政府网站的关心和支持。</p>"
)


@dataclass(frozen=True, kw_only=True)
class Site:
    """Routes of a portal, and what its addresses are taken for: ``error``, ``unsure`` (no content, and no fault), ``content``."""

    routes: dict[str, Behaviour]
    taken_for: dict[str, str]


def article(day: int, body: str = "") -> str:
    text = (
        body or f"<p>会议听取了第{day}项民生实事进展情况的汇报，研究部署下一阶段重点工作，要求各单位压实责任、按期完成。</p>" * 2
    )
    return (
        f"<html><head><title>县政府召开第{day}次常务会议研究民生实事工作</title></head><body>{MENU}<div class='content'>"
        f"<h1>县政府召开第{day}次常务会议研究民生实事工作</h1><div class='info'>发布时间：2026-11-{day} 来源：县政府办公室</div>"
        f"<div class='TRS_Editor'>{text}</div>{FRAME}</div>{FOOT}</body></html>"
    )


def around(body: str, title: str = "云溪县人民政府门户网站") -> str:
    return f"<html><head><title>{title}</title></head><body>{MENU}<div class='content'>{body}{FRAME}</div>{FOOT}</body></html>"


def whole(text: str) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(text)

    return answer


def echoing(text: Callable[[Asked], str]) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(text(asked))

    return answer


def address(day: int) -> str:
    return f"/art/2026/11/{day}/art_12_{day}99.html"


GOOD = {address(day): whole(article(day)) for day in range(10, 15)}
COLUMNS = {
    "/zwgk/": whole(around(f"<h2>政务公开</h2><ul>{NEWS}</ul>", "政务公开-云溪县人民政府")),
    "/hdjl/": whole(around("<h2>互动交流</h2><p>县长信箱、在线访谈、意见征集，均可在此参与，来信五个工作日内答复。</p>")),
}
DEAD = [address(day) for day in range(15, 18)]


def today(asked: Asked) -> str:
    """The home page of another moment."""
    return HOME.replace("20日　星期五", f"{20 + asked.number % 3}日　星期{'五六日'[asked.number % 3]}")


def shell(asked: Asked) -> str:
    return (
        "<html><head><title>云溪县人民政府</title></head><body><div id='app'></div>"
        "<noscript>本网站需要开启脚本才能浏览，请使用新版本的浏览器访问，给您带来的不便敬请谅解。</noscript>"
        "<script src='/app.js'></script>"
        f"{do.links(*GOOD, *DEAD) if asked.path == '/' else ''}</body></html>"
    )


SENT_HOME = Site(
    routes={
        **GOOD,
        **COLUMNS,
        "/sy/": whole(HOME),
        "/": whole(HOME + do.links("/old/") + "<a href='/sy/'>网站首页</a>"),
        "*": echoing(today),
    },
    taken_for={
        **dict.fromkeys(DEAD, "error"),
        **dict.fromkeys([*GOOD, *COLUMNS, "/sy/"], "content"),
        "/old/": "error",
    },
)
"""Unknown addresses give the home page; the home page also has a second address of its own, which its link calls so."""

SEARCH = (
    "<h2>站内搜索</h2><p>没有找到与“{}”有关的内容。您可以换一个说法再试，也可以按栏目、发布时间、来源单位缩小范围重新检索。</p>"
)
GIVEN_SEARCH = Site(
    routes={
        **GOOD,
        **COLUMNS,
        "/": whole(HOME + do.links("/search/")),
        "/robots.txt": do.status(404),
        "*": echoing(lambda asked: around(SEARCH.format(asked.path), "站内搜索-云溪县人民政府")),
    },
    taken_for={**dict.fromkeys(DEAD, "error"), **dict.fromkeys([*GOOD, *COLUMNS, "/search/"], "content")},
)
"""Unknown addresses give the search page, which has an address of its own."""

SHARED_FRAME = Site(
    routes={
        **GOOD,
        **COLUMNS,
        address(15): whole(article(15, "<p>会议通报情况。</p>")),
        "/": whole(HOME + do.links("/old/a/", "/old/b/")),
        "*": whole(around(LOST)),
    },
    taken_for={
        **dict.fromkeys(DEAD[1:], "error"),
        **dict.fromkeys([*GOOD, *COLUMNS, address(15)], "content"),
        "/old/a/": "content",
        "/old/b/": "unsure",
    },
)
"""Unknown addresses give a page of words that no list knows; a short article stands in the same frame. Of two columns that show
it, one might be its own place."""

SHELL = Site(routes={"*": echoing(shell)}, taken_for=dict.fromkeys([*GOOD, *DEAD], "content"))
"""Everything is drawn by a script: dead and living look the same."""

NOTHING_YET = Site(
    routes={
        **GOOD,
        "/zwgk/": whole(around(f"<h2>政务公开</h2><ul>{NEWS}</ul>", "政务公开-云溪县人民政府")),
        "/hdjl/": whole(
            f"<html><head><title>栏目</title></head><body>{MENU}<div class='content'><ul></ul>暂无内容</div>{FOOT}</body></html>"
        ),
        "/": whole(HOME),
        "*": whole(
            f"<html><head><title>栏目</title></head><body>{MENU}<div class='content'><ul></ul>暂无内容</div>{FOOT}</body></html>"
        ),
    },
    taken_for=dict.fromkeys([*GOOD, "/zwgk/", "/hdjl/", *DEAD], "content"),
)
"""Unknown addresses give the empty list that a real column shows as well."""

SITES = {
    "sent-home": SENT_HOME,
    "given-search": GIVEN_SEARCH,
    "shared-frame": SHARED_FRAME,
    "shell": SHELL,
    "nothing-yet": NOTHING_YET,
}
