"""A small county whose portal is in order, as HTML: home, news, notices, a disclosure section, seven units with four columns."""

from dataclasses import dataclass
from html import escape

SITE = "http://www.qinghe.example"
HOME = f"{SITE}/"
NAME = "清河县人民政府门户网站"
CODE = "4209990001"
DEPARTMENTS = {
    "czj": "清河县财政局",
    "jyj": "清河县教育局",
    "mzj": "清河县民政局",
    "slj": "清河县水利局",
    "nyj": "清河县农业农村局",
}
TOWNS = {"txz": "桃溪镇人民政府", "lqz": "柳泉镇人民政府", "shx": "石河乡人民政府"}
UNITS = DEPARTMENTS | TOWNS
WORDS = {"zn": "政府信息公开指南", "zd": "政府信息公开制度", "fd": "法定主动公开内容", "nb": "政府信息公开年报"}
DAYS = ("2026-11-18", "2026-11-12", "2026-11-05", "2026-10-28", "2026-10-15", "2026-09-30")

_NEWS = "县里召开秋收工作会议"

Crumbs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """One page before it is dressed."""

    url: str
    title: str
    main: str
    kind: str = "column"
    crumbs: Crumbs = ()
    day: str = ""


def clean_portal() -> dict[str, str]:
    """Address to HTML."""
    pages = [
        _home(),
        *_channel("/yw/", "清河要闻", "县里召开秋收工作会议"),
        *_channel("/tzgg/", "通知公告", "关于停水检修的通告"),
    ]
    pages += [_section(), *_four("/xxgk/", "清河县人民政府", "2026-03-10")]
    for stem, name in UNITS.items():
        pages += [_front(stem, name), *_four(f"/xxgk/{stem}/", name, "2026-01-20")]
    return {page.url: _dressed(page) for page in pages}


def _home() -> Written:
    rows = [(f"/yw/{n}.html", _headline(_NEWS, n), day) for n, day in _rows()]
    main = f'<div class="news"><h2><a href="/yw/">清河要闻</a></h2>{_list(rows)}</div>'
    return Written(url=HOME, title=NAME, main=main, kind="home")


def _rows() -> list[tuple[int, str]]:
    return list(enumerate(DAYS, 1))


def _headline(words: str, number: int) -> str:
    return f"{words}（第{number}期）"


def _channel(path: str, name: str, words: str) -> list[Written]:
    crumbs = ((name, path),)
    rows = [(f"{path}{n}.html", _headline(words, n), day) for n, day in _rows()]
    articles = [_article(row, crumbs) for row in rows]
    return [Written(url=SITE + path, title=name, main=_list(rows), crumbs=crumbs), *articles]


def _list(rows: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<li><a href="{url}" title="{title}">{title}</a><span>{day}</span></li>' for url, title, day in rows)
    return f'<div class="list"><ul>{lines}</ul><div class="pager">共1页 当前第1页</div></div>'


def _article(row: tuple[str, str, str], crumbs: Crumbs, body: str = "", source: str = "清河县人民政府办公室") -> Written:
    path, title, day = row
    said = body or f"<p>{day}，{title}在县城举行，有关单位的负责同志参加，会议对下一阶段的安排作了说明，听取了群众的意见。</p>"
    head = f'<h1>{title}</h1><div class="info"><span>发布时间：{day} 09:30</span> <span>来源：{source}</span></div>'
    main = f'<div class="article">{head}<div class="article-body">{said}</div></div>'
    return Written(url=SITE + path, title=title, main=main, kind="article", crumbs=crumbs, day=day)


def _section() -> Written:
    groups = {"政府部门": DEPARTMENTS, "乡镇": TOWNS}
    units = "".join(
        f"<h3>{group}</h3><ul>" + "".join(f'<li><a href="/xxgk/{stem}/">{UNITS[stem]}</a></li>' for stem in stems) + "</ul>"
        for group, stems in groups.items()
    )
    main = f'{_menu("/xxgk/")}<div class="units"><h2>政府信息公开单位</h2>{units}</div>'
    return Written(url=f"{SITE}/xxgk/", title="政府信息公开", main=main, crumbs=(("政府信息公开", "/xxgk/"),))


def _menu(base: str) -> str:
    links = "".join(f'<li><a href="{base}{stem}/">{words}</a></li>' for stem, words in WORDS.items())
    return f'<div class="four"><ul>{links}<li><a href="{base}ysq/">依申请公开</a></li></ul></div>'


def _front(stem: str, name: str) -> Written:
    crumbs = (("政府信息公开", "/xxgk/"), (name, f"/xxgk/{stem}/"))
    main = f"<h2>{name}政府信息公开</h2>{_menu(f'/xxgk/{stem}/')}"
    return Written(url=f"{SITE}/xxgk/{stem}/", title=f"{name}政府信息公开", main=main, crumbs=crumbs)


def _four(base: str, unit: str, reported: str) -> list[Written]:
    above = (("政府信息公开", "/xxgk/"),) + (((unit, base),) if base != "/xxgk/" else ())
    pages = []
    for stem, words in WORDS.items():
        crumbs = (*above, (words, f"{base}{stem}/"))
        if stem == "zn":
            main = f"{_menu(base)}<div class='article'><h1>{unit}{words}</h1><p>更新日期：2026-08-03</p>{_guide(unit)}</div>"
            pages.append(Written(url=f"{SITE}{base}zn/", title=words, main=main, crumbs=crumbs))
            continue
        rows = _papers(base, stem, unit, reported)
        pages.append(Written(url=f"{SITE}{base}{stem}/", title=words, main=_menu(base) + _list(rows), crumbs=crumbs))
        pages += [_article(row, crumbs, _report(unit, row[1][:4]) if stem == "nb" else "", unit) for row in rows]
    crumbs = (*above, ("依申请公开", f"{base}ysq/"))
    pages.append(Written(url=f"{SITE}{base}ysq/", title="依申请公开", main=_menu(base) + _apply(unit), crumbs=crumbs))
    return pages


def _papers(base: str, stem: str, unit: str, reported: str) -> list[tuple[str, str, str]]:
    if stem == "nb":
        later = f"{int(reported[:4]) - 1}{reported[4:]}"
        titles = [(f"2025年{unit}政府信息公开工作年度报告", reported), (f"2024年{unit}政府信息公开工作年度报告", later)]
    elif stem == "zd":
        titles = [("中华人民共和国政府信息公开条例", "2026-02-03"), (f"{unit}政府信息公开工作制度", "2026-02-02")]
    else:
        titles = [(f"{unit}{day[:4]}年第{number}批行政许可结果公示", day) for number, day in _rows()]
    return [(f"{base}{stem}/{number}.html", title, day) for number, (title, day) in enumerate(titles, 1)]


def _guide(unit: str) -> str:
    parts = [
        f"为了方便公民、法人和其他组织获取政府信息，{unit}编制本指南。",
        "一、政府信息的分类和编排体系：按机构职能、政策文件、规划计划、财政信息分类，每条信息编有索引号。",
        "二、主动公开的范围和获取方式：主动公开的信息可在本网站、县档案馆和政务服务中心查阅。",
        "三、依申请公开：申请人填写申请表，可以当面、邮寄或者通过网站提交。自收到申请之日起二十个工作日内答复。",
        f"四、政府信息公开工作机构：{unit}办公室。办公地址：清河县城关镇文昌路8号。办公时间：工作日8:30—17:30。",
        "联系电话：0712-5550101，传真：0712-5550102，邮政编码：432500，电子邮箱：xxgk@qinghe.example。",
        "五、监督和救济：认为没有依法履行公开义务的，可以向县政府办公室举报，也可以依法申请行政复议或者提起行政诉讼。",
    ]
    return "".join(f"<p>{part}</p>" for part in parts)


def _apply(unit: str) -> str:
    return (
        f"<div class='article'><h1>依申请公开</h1><p>向{unit}提出申请，可以当面提交、邮寄或者在线申请。受理机构：{unit}办公室，"
        "地址：清河县城关镇文昌路8号，联系电话：0712-5550101。申请表可在办公室领取，办理期限为二十个工作日。</p></div>"
    )


_SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


def _report(unit: str, year: str) -> str:
    """The six sections of 国办公开办函〔2021〕30号; the tables are left to the rules' own cases."""
    said = f"<p>{unit}按照《中华人民共和国政府信息公开条例》编制{year}年年度报告。</p>"
    work = f"<p>{year}年这项工作由{unit}办公室承担，做到了及时准确。</p>"
    return said + "".join(f"<h3>{mark}、{head}</h3>{work}" for mark, head in zip("一二三四五六", _SECTIONS, strict=True))


def _dressed(page: Written) -> str:
    column = page.crumbs[-1][0] if page.crumbs else ""
    tags = {"SiteName": NAME, "SiteDomain": "www.qinghe.example", "SiteIDCode": CODE}
    if page.kind != "home":
        tags |= {"ColumnName": column, "ColumnDescription": f"{column}栏目", "ColumnKeywords": column, "ColumnType": column}
    if page.kind == "article":
        tags |= {"ArticleTitle": page.title, "PubDate": f"{page.day} 09:30", "ContentSource": "清河县人民政府办公室"}
        tags |= {"Keywords": column, "Description": page.title}
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in tags.items())
    links = (("首页", "/"), ("清河要闻", "/yw/"), ("通知公告", "/tzgg/"), ("政府信息公开", "/xxgk/"))
    nav = "".join(f'<li><a href="{url}">{text}</a></li>' for text, url in links)
    trail = " &gt; ".join(f'<a href="{url}">{text}</a>' for text, url in (("首页", "/"), *page.crumbs))
    position = f'<div class="position">当前位置：{trail}</div>' if page.crumbs else ""
    title = NAME if page.kind == "home" else f"{page.title}-{NAME}"
    top = f'<div class="top"><a href="/wza/">无障碍浏览</a> <a href="/zzb/">长者版</a></div><div class="nav"><ul>{nav}</ul></div>'
    head = f'<head><meta charset="utf-8"><title>{title}</title>{metas}</head>'
    return (
        f'<!DOCTYPE html><html lang="zh-CN">{head}<body>{top}{position}<div class="main">{page.main}</div>{_FOOT}</body></html>'
    )


_FOOT = (
    '<div class="footer"><p>主办单位：清河县人民政府办公室　联系电话：0712-5550100　网站标识码：' + CODE + "</p>"
    '<p><a href="https://beian.miit.gov.cn/">鄂ICP备05009999号</a> '
    '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=42099902000001">鄂公网安备 42099902000001号</a></p>'
    '<p><script id="_ideConac" src="https://dcs.conac.cn/js/17/x.js"></script>'
    f'<script id="_jiucuo_" sitecode="{CODE}" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script></p></div>'
)
