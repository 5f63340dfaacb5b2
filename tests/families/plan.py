"""One invented county as values: its 单位, their columns and what stands in them. Each family draws it its own way.

The same four faults are planted everywhere: a 单位 without 制度, one whose 制度 is empty, a 政策文件 column that went stale, a
link of an article that leads nowhere. Everything else is in order, so any further finding is a false one.
"""
# ruff: noqa: E501  # whole sentences stay unbroken

from dataclasses import dataclass, field
from datetime import date, timedelta

AS_OF = date(2026, 11, 20)
REGION = "桐汀县"
SITE_NAME = f"{REGION}人民政府"
CODE = "9903150001"


@dataclass(frozen=True, kw_only=True)
class Item:
    number: int
    title: str
    day: date
    lines: tuple[str, ...] = ()
    html: str = ""
    """Body beside ``lines``: tables of a report."""
    pinned: bool = False
    source: str = SITE_NAME

    @property
    def shown(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, kw_only=True)
class Column:
    slug: str
    name: str
    kind: str
    """Type as the crawler calls it; ``statutory`` below 法定主动公开内容."""
    tag: str = "信息公开目录"
    items: tuple[Item, ...] = ()
    text: tuple[str, ...] = ()
    """A page of text instead of a list."""
    per_page: int = 6
    children: tuple["Column", ...] = ()
    number: int = 0
    """Running number, for the families that number their columns."""

    @property
    def newest(self) -> str | None:
        return max((item.shown for item in self.items), default=None)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.items) // self.per_page))

    def page(self, number: int) -> tuple[Item, ...]:
        """Rows of page ``number``, the first being 1."""
        return self.items[(number - 1) * self.per_page : number * self.per_page]


@dataclass(frozen=True, kw_only=True)
class Unit:
    name: str
    slug: str
    number: int
    group: str
    columns: tuple[Column, ...]

    @property
    def own_name(self) -> str:
        return self.name if self.name.startswith(REGION) else f"{REGION}{self.name}"

    def column(self, kind: str) -> Column | None:
        return next((column for column in self.columns if column.kind == kind), None)


@dataclass(frozen=True, kw_only=True)
class County:
    columns: tuple[Column, ...]
    """The portal's own columns."""
    government: Unit
    units: tuple[Unit, ...]


ROLE_NAMES = {
    "guide": "政府信息公开指南",
    "regulations": "政府信息公开制度",
    "statutory_content": "法定主动公开内容",
    "annual_report": "政府信息公开年报",
}
ROLE_SLUGS = {"guide": "zfxxgkzn", "regulations": "zfxxgkzd", "statutory_content": "fdzdgknr", "annual_report": "zfxxgknb"}
NEWS = ("县林场完成秋季补植", "东渡桥检修后恢复通行", "青石小学新操场启用", "全县茶农交流会在云屏镇举行", "县城南片雨污管网通水",
        "三座山塘除险加固收尾", "汀河两岸步道夜间亮灯", "乡村巡回义诊走进听泉", "县图书馆周末延时开放", "竹编合作社接到首笔外省订单")  # fmt: skip
NOTICES = (
    "城区部分路段临时管制的通告",
    "补办残疾人证的公告",
    "秋冬季森林防火禁火令",
    "公租房配租名单公示",
    "县级非遗传承人公示",
    "停水检修通知",
    "科级干部任前公示",
)
POLICIES = ("农村公路养护奖补办法", "小微企业贷款贴息细则", "城镇居民用水阶梯价格方案", "户外招牌设置管理规定")


FIGURES = {row: (number, 0, 0, 0, 0, 0, number) for row, number in (("r1", 9), ("r3", 6), ("r13", 3), ("r24", 9))}


class _Writer:
    def __init__(self) -> None:
        self.last = 100
        self.columns = 40

    def item(self, title: str, age: int, *lines: str, source: str = SITE_NAME, html: str = "", pinned: bool = False) -> Item:
        self.last += 7
        words = lines or (
            f"{title}一事，经{source}研究并征求有关村（社区）意见后确定，现将具体安排告诉大家。",
            f"本件由{source}负责解释，编排第{self.last}号，有疑问的可在上班时间到办公室查询。",
        )
        day = AS_OF - timedelta(days=age)
        return Item(number=self.last, title=title, day=day, lines=words, source=source, html=html, pinned=pinned)

    def column(self, slug: str, name: str, kind: str, **more: object) -> Column:
        self.columns += 3
        return Column(slug=slug, name=name, kind=kind, number=self.columns, **more)  # type: ignore[arg-type]  # passes through


def county() -> County:
    write = _Writer()
    news = tuple(write.item(f"{NEWS[n % 10]}（{n // 10 + 1}）", 2 + 3 * n) for n in range(15))
    # The pinned row is the oldest: the first row of a list is not its newest.
    pinned = write.item("致全县返乡创业人员的一封信", 500, pinned=True)
    notices = tuple(write.item(f"关于{name}", 5 + 9 * n) for n, name in enumerate(NOTICES))
    stale = tuple(write.item(f"{SITE_NAME}关于印发{name}的通知", 260 + 31 * n) for n, name in enumerate(POLICIES))
    readings = tuple(write.item(f"《{name}》怎么看", 30 + 40 * n) for n, name in enumerate(POLICIES))
    columns = (
        write.column("xwdt", "桐汀要闻", "news", tag="工作动态", items=(pinned, *news)),
        write.column("tzgg", "通知公告", "notices", tag="通知公告", items=notices),
        write.column("zcwj", "政策文件", "policy", tag="政策文件", items=stale),
        write.column("zcjd", "政策解读", "interpretation", tag="政策解读", items=readings),
    )
    named = (("县财政局", "czj"), ("县水利局", "slj"), ("县民政局", "mzj"), ("云屏镇", "ypz"), ("听泉街道", "tqjd"))
    units = tuple(
        _unit(write, name, slug, 3500 + number, group="政府部门" if number < 3 else "乡镇（街道）", nth=number)
        for number, (name, slug) in enumerate(named)
    )
    government = _unit(write, SITE_NAME, "zfbj", 3490, group="政府本级", nth=None)
    return County(columns=columns, government=government, units=units)


def _unit(write: _Writer, name: str, slug: str, number: int, *, group: str, nth: int | None) -> Unit:
    full = name if name.startswith(REGION) else f"{REGION}{name.removeprefix('县')}"
    guide = write.column("zfxxgkzn", ROLE_NAMES["guide"], "guide", tag="政府信息公开指南", text=guide_lines(full, number))
    rules = () if nth == 2 else (write.item(f"{full}信息发布审核办法", 400, source=full),)
    regulations = write.column("zfxxgkzd", ROLE_NAMES["regulations"], "regulations", tag="政府信息公开制度", items=rules)
    reports = write.column("zfxxgknb", ROLE_NAMES["annual_report"], "annual_report", tag="政府信息公开年报", items=tuple(
        _report(write, full, year, number) for year in (2025, 2024)
    ))  # fmt: skip
    children = (
        write.column("jgzn", "机构职能", "statutory", text=(f"{full}负责本县范围内的相关管理工作，内设办公室等{number % 7 + 2}个科室。",
                     f"办公地址：{REGION}滨河路{number}号；办公时间：工作日8:30—17:30；联系电话：0699-555{number}。", "负责人：本单位主要负责同志主持全面工作，其他同志按分工负责。")),
        write.column("bmwj", "政策文件", "statutory", items=(write.item(f"{full}关于做好年度重点工作的通知", 45, source=full),)),
        write.column("ghjh", "规划计划", "statutory", items=(write.item(f"{full}2026年工作要点", 250, source=full),)),
        write.column("czyjs", "财政预决算", "statutory", items=tuple(
            write.item(f"{full}{title}", age, source=full) for title, age in (("2025年度部门决算", 90), ("2026年部门预算", 280))
        )),
    )  # fmt: skip
    statutory = write.column("fdzdgknr", ROLE_NAMES["statutory_content"], "statutory_content", children=children)
    columns = [guide, statutory, reports] if nth == 1 else [guide, regulations, statutory, reports]
    return Unit(name=name, slug=slug, number=number, group=group, columns=tuple(columns))


def guide_lines(full: str, number: int) -> tuple[str, ...]:
    return (
        f"为了方便群众了解{full}公开了什么、怎样取得，特编写本指南。更新日期：2026年3月9日",
        "一、公开的分类：机构概况、政策文件、规划计划、财政资金等类信息；编排体系：每条信息由索引号、名称、内容概述、生成日期组成。",
        "二、获取方式：登录本网站查阅，也可以到县档案馆的查阅点翻看纸质目录。",
        f"三、工作机构：{full}办公室；办公地址：{REGION}滨河路{number}号；办公时间：工作日8:30—12:00，14:30—17:30。",
        f"联系电话：0699-5558101，传真号码：0699-5558102，电子邮箱：gk{number}@tongting.example。",
        "四、依申请公开：公民、法人和其他组织可以当面、邮寄或者在网上提交申请，工作机构自收到之日起二十个工作日内答复。",
    )


def _report(write: _Writer, full: str, year: int, number: int) -> Item:
    from tests.crawler.extractors.report_pages import Page

    head = f"本报告所列数据的统计期限从{year}年1月1日至{year}年12月31日。"
    texts = {
        1: f"{year}年，{full}公开各类信息{number % 90 + year % 10}条，答复群众来电{number % 37 + 4}次，{head}",
        5: f"人手偏紧是{full}{year}年的主要短板，{'已请两名同志轮训' if year % 2 else '已把校对环节交给办公室'}，编号{number * year}。",
        6: f"{year}年没有收取信息处理费，{full}没有别的要报告的。",
    }
    page = Page(rows=FIGURES, texts=texts, title="")
    age = (AS_OF - date(year + 1, 1, 20)).days
    title = f"{full}{year}年政府信息公开工作年度报告"
    return write.item(title, age, head, source=full, html=page.html().replace("<h1></h1>", ""))


@dataclass(kw_only=True)
class Expected:
    """What an audit of one imitation must say."""

    units: dict[str, dict[str, str]] = field(default_factory=dict)
    """Name to the addresses of the four columns, by role; the 单位's page under ``page``."""
    columns: dict[str, Column] = field(default_factory=dict)
    """Lists and pages of text by address."""
    findings: set[tuple[str, str]] = field(default_factory=set)
    """Rule and address."""
    everywhere: set[str] = field(default_factory=set)
    """Rules that are right to fire wherever they do: the family has no page tags, or no marks."""
