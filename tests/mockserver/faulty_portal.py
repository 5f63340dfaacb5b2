"""A portal whose home page leads to every fault."""

from tests.mockserver import behaviours as do
from tests.mockserver.server import Asked, Behaviour, FaultServer

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
PDF = b"%PDF-1.4\n" + b"x" * 200

FINE = [
    "/fine.html",
    "/500-twice.html",
    "/429-once.html",
    "/head405.html",
    "/gzip.html",
    "/from-gzip.html",
    "/chunked.html",
    "/moved.html",
    "/to-foreign.html",
    "/empty-204.html",
    "/file.pdf",
    "/picture.png",
    "/style.css",
    "/script.js",
    "/huge.zip",
    "/getfile",
    "/getbigfile",
    "/chain/5",
    "/list.html",
    "/behind-frame.html",
    "/user/login.html",
    "/cookie-gate.html",
]

FAILING = {
    "/404.html": ("not-found", 3),
    "/410.html": ("not-found", 3),
    "/500.html": ("5xx", 3),
    "/reset.html": ("reset", 3),
    "/close.html": ("reset", 3),
    "/cut.html": ("truncated", 3),
    "/garbage.html": ("other", 3),
    "/big.html": ("too-large", 2),
    "/bomb.html": ("too-large", 2),
    "/bad-gzip.html": ("bad-encoding", 3),
    "/loop-a": ("redirect-loop", None),
    "/loop-b": ("redirect-loop", None),
    "/self": ("redirect-loop", 3),
    "/go.html?n=1": ("redirect-loop", 3),
    "/304.html": ("other", 3),
    "/chain/0": ("redirect-loop", None),
    "/to-nowhere.html": ("redirect-invalid", 3),
    "/no-location.html": ("redirect-invalid", 3),
    "/401.html": ("login", 2),
    "/403.html": ("4xx", 2),
    "/405.html": ("4xx", 2),
    "/412.html": ("blocked", 2),
    "/521.html": ("blocked", 2),
    "/waf-403.html": ("blocked", 2),
    "/waf-200.html": ("blocked", 2),
    "/my-page.html": ("login", 2),
    "/bomb.pdf": ("too-large", 2),
    "/dead.pdf": ("not-found", 3),
    "/dead.png": ("not-found", 3),
    "/dead.css": ("not-found", 3),
}
"""Path → kind of failure, and how often it is asked for (None: shared with others)."""

SKIPPED = {"/private/secret.html": "robots", "/private/secret.pdf": "robots", "/private/secret.png": "robots", "/search": "form"}


async def chain(asked: Asked) -> None:
    number = int(asked.path.rsplit("/", 1)[1])
    if number < 13:
        await asked.redirect(f"/chain/{number + 1}")
    else:
        await asked.send(do.html("到了"))


async def go(asked: Asked) -> None:
    """Forwards to itself with another number, where there is nothing."""
    if asked.target.endswith("n=1"):
        await asked.redirect("/go.html?n=2")
    else:
        await asked.send("没有", status=404)


async def data(asked: Asked) -> None:
    await asked.send('{"rows": [{"title": "甲", "url": "/row-1.html"}], "next": "/data.json?page=2"}', kind="application/json")


async def more_data(asked: Asked) -> None:
    if "page=2" not in asked.target:
        await data(asked)
        return
    await asked.send('{"rows": [{"title": "乙", "url": "/row-2.html"}]}', kind="application/json")


def routes(foreign: FaultServer, dead_port: int) -> dict[str, Behaviour]:
    listed = [address for address in [*FINE, *FAILING, *SKIPPED] if address != "/search"]
    home = do.links(*[address for address in listed if not address.endswith((".png", ".css", ".js", "-frame.html"))])
    home += "".join(f"<img src='{address}'>" for address in ("/picture.png", "/dead.png", "/private/secret.png"))
    home += (
        f"<form action='/search'></form><a href='{foreign.base}/alive.html'>外链</a><a href='{foreign.base}/gone.html'>外链</a>"
    )
    home += f"<a href='http://127.0.0.1:{dead_port}/'>没人听</a><iframe src='/foot.html'></iframe><a href='/twin/'>一</a>"
    home += do.links("/endless.html", "/twin/index.html", "/empty-list.html", "/post-list.html", "/crash.html", "/confuse.html")
    home += "<link rel=stylesheet href='/style.css'><link rel=stylesheet href='/dead.css'><script src='/script.js'></script>"
    return {
        "/": do.page(home, kind="home", title="某某县人民政府"),
        "/robots.txt": do.file(b"User-agent: *\nDisallow: /private/\n", "text/plain"),
        "/fine.html": do.page("好"),
        "/500-twice.html": do.status(500, 500, 200),
        "/429-once.html": do.status(429, 200, headers={"Retry-After": "0"}),
        "/head405.html": do.head_refused,
        "/gzip.html": do.gzipped,
        "/from-gzip.html": do.page("从压缩页来"),
        "/chunked.html": do.chunked,
        "/moved.html": do.redirect("/fine.html", 301),
        "/to-foreign.html": do.redirect(f"{foreign.base}/landing.html"),
        "/empty-204.html": do.file(b"", "text/html"),
        "/file.pdf": do.file(PDF, "application/pdf"),
        "/picture.png": do.file(PNG, "image/png"),
        "/style.css": do.file(b"a{}", "text/css"),
        "/script.js": do.file(b"1", "application/javascript"),
        "/huge.zip": do.endless("application/zip", 200 * do.MEGABYTE),
        "/getfile": do.file(PDF, "application/pdf"),
        "/getbigfile": do.endless("application/zip", 200 * do.MEGABYTE),
        "/list.html": do.page("<a class='data' href='/data.json'></a>", kind="list"),
        "/data.json": more_data,
        "/post-list.html": do.page("<a class='data' data-method='POST' data-body='p=1' href='/post.json'></a>", kind="list"),
        "/post.json": do.file(b'{"rows": [{"title": "\xe4\xb8\x99", "url": "/row-3.html"}]}', "application/json"),
        "/row-1.html": do.page("甲"),
        "/row-2.html": do.page("乙"),
        "/row-3.html": do.page("丙"),
        "/empty-list.html": do.page("", kind="list"),
        "/foot.html": do.page("<a href='/behind-frame.html'>框里</a>"),
        "/behind-frame.html": do.page("框后"),
        "/twin/": do.page("同一页"),
        "/twin/index.html": do.page("同一页"),
        "/user/login.html": do.page("请登录", kind="login"),
        "/crash.html": do.page("please-crash"),
        "/confuse.html": do.page("please-confuse"),
        "/410.html": do.status(410),
        "/500.html": do.status(500),
        "/reset.html": do.reset,
        "/close.html": do.close,
        "/cut.html": do.cut,
        "/garbage.html": do.garbage,
        "/endless.html": do.endless("text/html"),
        "/big.html": do.endless("text/html", 25 * do.MEGABYTE),
        "/bomb.html": do.bomb,
        "/bomb.pdf": do.bomb,
        "/bad-gzip.html": do.bad_gzip,
        "/loop-a": do.redirect("/loop-b"),
        "/loop-b": do.redirect("/loop-a"),
        "/self": do.redirect("/self"),
        "/chain/*": chain,
        "/cookie-gate.html": do.cookie_gate,
        "/go.html": go,
        "/304.html": do.status(304, body=""),
        "/to-nowhere.html": do.redirect("javascript:void(0)"),
        "/no-location.html": do.status(302),
        "/401.html": do.status(401),
        "/403.html": do.status(403),
        "/405.html": do.status(405),
        "/412.html": do.status(412, body="<script>challenge()</script>"),
        "/521.html": do.status(521),
        "/waf-403.html": waf(403),
        "/waf-200.html": waf(200),
        "/my-page.html": do.redirect("/user/login.html?back=my"),
        "/private/*": do.page("机密"),
    }


def waf(code: int) -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(do.html("请开启脚本", kind="block"), status=code)

    return answer
