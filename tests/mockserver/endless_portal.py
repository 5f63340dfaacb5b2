"""A portal with spaces that never end: each must be bounded, and each refusal named."""

from urllib.parse import parse_qs, urlsplit

from tests.mockserver import behaviours as do
from tests.mockserver.server import Asked, Behaviour


async def calendar(asked: Asked) -> None:
    """Each month leads to the next and to its days."""
    month = int(asked.path.removeprefix("/rili/").removesuffix(".html"))
    days = [f"/rili/{month}.html?day={day}" for day in range(1, 29)]
    await asked.send(do.html(do.links(f"/rili/{month + 1}.html", f"/rili/{month - 1}.html", *days)))


async def filters(asked: Asked) -> None:
    """Each combination of filters leads to more combinations."""
    query = parse_qs(urlsplit(asked.target).query)
    values = {name: int(query.get(name, ["0"])[0]) for name in ("year", "type", "unit")}
    more = ["&".join(f"{name}={values[name] + (name == changed)}" for name in values) for changed in values]
    await asked.send(do.html(do.links(*[f"/facet.html?{query}" for query in more])))


async def sessions(asked: Asked) -> None:
    """The same list under a new session id each time it is shown."""
    start = 10 * asked.number
    await asked.send(do.html(do.links(*[f"/list.html;jsessionid={start + step}?page=1" for step in range(5)])))


async def articles(asked: Asked) -> None:
    """Articles of one shape, known from the list: no trap however many they are."""
    await asked.send(do.html("正文", kind="article"))


async def endless_pager(asked: Asked) -> None:
    number = int(parse_qs(urlsplit(asked.target).query).get("page", ["1"])[0])
    row = f"<a class='entry' href='/news/{number}.html'>新闻{number}</a>"
    await asked.send(do.html(f"{row}<a class='pager' href='/endless.html?page={number + 1}'>下一页</a>", kind="list"))


async def deeper(asked: Asked) -> None:
    """A relative link that makes the path longer each time."""
    await asked.send(do.html(do.links("zwgk/"), kind="article"))


async def stairs(asked: Asked) -> None:
    """Each step leads to one more, of another shape: only depth bounds it."""
    letters = asked.path.removeprefix("/stairs/").removesuffix(".html")
    await asked.send(do.html(do.links(f"/stairs/{letters}x.html")))


async def empty_columns(asked: Asked) -> None:
    """Empty columns that only know each other: columns all the same, by their names."""
    number = int(asked.path.removeprefix("/lm/").removesuffix(".html"))
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    await asked.send(do.html(do.links(f"/lm/{number + 1}.html") if number < 24 else "", kind="list", title=f"栏目{letters}"))


def routes() -> dict[str, Behaviour]:
    news = "".join(f"<a class='entry' href='/news/{number}.html'>新闻</a>" for number in range(60))
    numbered = do.links(*[f"/show.jsp?id={number}" for number in range(120)])
    starts = ("/rili/1.html", "/facet.html", "/list.html", "/endless.html", "/deep/zwgk/", "/stairs/x.html", "/lm/1.html")
    return {
        "/": do.page(do.links(*starts) + news + numbered, kind="home"),
        "/rili/*": calendar,
        "/facet.html": filters,
        "/list.html*": sessions,
        "/news/*": articles,
        "/show.jsp": articles,
        "/endless.html": endless_pager,
        "/deep/*": deeper,
        "/stairs/*": stairs,
        "/lm/*": empty_columns,
    }
