import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote, urljoin, urlsplit
from zipfile import ZipFile

import lxml.html
import openpyxl
import pytest
from lxml.html import HtmlElement

from audit.demo import DEMO_AS_OF
from audit.demo.annual_report import make_tables, report_words
from audit.demo.answers import OUTSIDE_DOMAIN, PORTAL_HOST, Answer, Question
from audit.demo.expected import load_expected
from audit.demo.plan import load_plan
from audit.demo.portal import FORBIDDEN, DemoPortal, build_portal
from audit.demo.unit_map import FRONT, unit_folder

BASE = f"http://{PORTAL_HOST}"


@pytest.fixture(scope="module")
def portal() -> DemoPortal:
    return build_portal(DEMO_AS_OF)


def text_of(answer: Answer) -> str:
    try:
        return answer.body.decode()
    except UnicodeDecodeError:
        return answer.body.decode("gb18030")


def html_texts(portal: DemoPortal) -> list[str]:
    return [text_of(answer) for answer in portal.pages.values() if answer.content_type.startswith("text/html")]


def html_pages(portal: DemoPortal) -> dict[str, HtmlElement]:
    """Parsed pages that answer 200 and are drawn with a shell or forward."""
    return {
        path: lxml.html.document_fromstring(text_of(answer))
        for path, answer in portal.pages.items()
        if answer.content_type.startswith("text/html") and answer.status == 200 and answer.body
    }


def references(tree: HtmlElement) -> list[str]:
    found = [element.get("href") for element in tree.iter("a", "link")] + [
        element.get("src") for element in tree.iter("img", "script")
    ]
    found += [element.get("action") for element in tree.iter("form")]
    found += [element.get("content").partition("=")[2] for element in tree.iter("meta") if element.get("http-equiv") == "Refresh"]
    for script in tree.iter("script"):
        if script.get("type") == "text/xml":
            found += re.findall(r'href="([^"]+)"', script.text or "")
        found += re.findall(r'url: "([^"]+)"', script.text or "")
    return [href for href in found if href]


def digest(portal: DemoPortal) -> str:
    parts = [f"{path} {answer!r}" for path, answer in sorted({**portal.pages, **portal.outside}.items())]
    return sha256("\n".join(parts).encode()).hexdigest()


def test_the_same_audit_date_gives_the_same_bytes_in_another_process_too(portal: DemoPortal) -> None:
    code = (
        "from hashlib import sha256; from audit.demo import DEMO_AS_OF; from audit.demo.portal import build_portal;"
        "p = build_portal(DEMO_AS_OF);"
        "parts = [f'{path} {answer!r}' for path, answer in sorted({**p.pages, **p.outside}.items())];"
        "print(sha256('\\n'.join(parts).encode()).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert other.stdout.strip() == digest(portal)


def test_the_portal_is_as_large_as_promised(portal: DemoPortal) -> None:
    assert len(html_pages(portal)) >= 300
    kinds = Counter(unit.kind for unit in load_plan().units)
    assert kinds["department"] >= 8
    assert kinds["town"] + kinds["subdistrict"] >= 3
    endings = Counter(path.rpartition(".")[2] for path in portal.pages)
    assert all(endings[kind] >= 3 for kind in ("pdf", "docx", "xlsx", "zip", "png")), endings


def test_every_unit_stands_in_the_list_below_its_group_headings(portal: DemoPortal) -> None:
    tree = html_pages(portal)[FRONT]
    listed = [
        (heading.text_content(), item.text_content(), link.get("href") if (link := item.find("a")) is not None else None)
        for heading in tree.iter("h3")
        for item in heading.getnext().iter("li")
    ]
    for unit in load_plan().units:
        rows = [row for row in listed if row[1] in {unit.listed, unit.name}]
        assert [row[0] for row in rows] == list(unit.groups)
        assert {row[2] for row in rows} == {None if unit.page == "absent" else unit_folder(unit)}


def test_units_without_a_fault_are_several() -> None:
    faulty = {line.department for line in load_expected().must_find if line.department}
    fine = [unit.name for unit in load_plan().units if unit.name not in faulty]
    assert len(fine) >= 6
    assert len(faulty) >= 8


def test_every_internal_link_opens_or_is_a_seeded_dead_one(portal: DemoPortal) -> None:
    absent = {link.path for link in load_plan().links if link.answer and link.answer.absent}
    absent |= {unit_folder(unit) for unit in load_plan().units if unit.page == "dead"}
    broken, met = [], set()
    for path, tree in html_pages(portal).items():
        for href in references(tree):
            parts = urlsplit(urljoin(BASE + path, href))
            if parts.netloc != PORTAL_HOST:
                continue
            target = unquote(parts.path) or "/"
            met.add(target)
            if not opens(portal, target) and target not in absent:
                broken.append((path, href))
    assert broken == []
    shown = {link.path for link in load_plan().links if link.shows in {"link", "attachment", "image", "row"}}
    assert {path for path in absent if not path.startswith("//") and path in shown} <= met


def opens(portal: DemoPortal, target: str) -> bool:
    if target in portal.pages or (target.endswith("/index.html") and target.removesuffix("index.html") in portal.pages):
        return True
    question = Question(path=target, query="", nth=1)
    return any(target.startswith(folder) and section(question) is not None for folder, section in portal.live.items())


def test_every_page_can_be_reached_from_the_home_page(portal: DemoPortal) -> None:
    trees = html_pages(portal)
    moved = {path: answer.headers["Location"] for path, answer in portal.pages.items() if "Location" in answer.headers}
    seen, waiting = {"/"}, ["/"]
    while waiting:
        path = waiting.pop()
        hrefs = references(trees[path]) if path in trees else [moved[path]] if path in moved else []
        if path in trees:
            hrefs += [
                f"index_{n}.html"
                for n in range(1, 5)
                if "index_" in text_of(portal.pages[path]) or "createPageHTML" in text_of(portal.pages[path])
            ]
        targets = {unquote(urlsplit(urljoin(BASE + path, href)).path) for href in hrefs}
        new = {target for target in targets if target in portal.pages} - seen
        seen |= new
        waiting += new
    hidden = {"/robots.txt", "/static/emblem.png", "/about/clock.html"} | {link.path for link in load_plan().links}
    unreached = {path for path in portal.pages if path not in seen} - hidden
    script_tree = unit_folder(next(unit for unit in load_plan().units if unit.layout == "script-tree"))
    assert {path for path in unreached if not path.startswith(script_tree)} == set()


def test_no_page_refers_to_a_host_that_is_not_played(portal: DemoPortal) -> None:
    for path, tree in html_pages(portal).items():
        for href in references(tree):
            host = urlsplit(urljoin(BASE + path, href)).hostname
            assert host is None or host == PORTAL_HOST or host.endswith(OUTSIDE_DOMAIN), (path, href)


def test_nothing_but_robots_keeps_a_crawler_from_a_page(portal: DemoPortal) -> None:
    assert f"Disallow: {FORBIDDEN}" in portal.pages["/robots.txt"].body.decode()
    assert not any(path.startswith(FORBIDDEN) for path in portal.pages)


def test_every_page_carries_the_standard_tags(portal: DemoPortal) -> None:
    shelled = {path: tree for path, tree in html_pages(portal).items() if tree.find_class("footer") or tree.find_class("gk-foot")}
    assert len(shelled) > 300
    for path, tree in shelled.items():
        tags = {element.get("name").lower(): element.get("content") for element in tree.iter("meta") if element.get("name")}
        wanted = {"sitename", "sitedomain", "siteidcode"} | ({"columnname", "columntype"} if path != "/" else set())
        assert all(tags.get(name) for name in wanted), path
        if "t20" in path.rpartition("/")[2] and "/zn/" not in path:
            blank = [name for name in ("articletitle", "pubdate", "contentsource") if not tags.get(name)]
            assert blank == (["contentsource"] if path == "/xwzx/jcyw/202610/t20261030_1847108.html" else []), path


def test_titles_are_told_apart_and_index_numbers_are_nobody_elses(portal: DemoPortal) -> None:
    numbers = Counter(re.findall(r"\b9901020\d{2}/\d{4}-\d+(?=</td><th>)", "\n".join(html_texts(portal))))
    assert len(numbers) > 50
    shared = {number: count for number, count in numbers.items() if count > 1}
    assert shared == {"990102000/2026-1819424": 2}, "only the fault that expected.yaml names"
    bodies = Counter(
        re.sub(r"\s", "", body[0].text_content())
        for tree in html_pages(portal).values()
        if (body := tree.find_class("article-body") + tree.find_class("document-body"))
    )
    assert len(bodies) > 200
    assert bodies.pop("") == 2, "two articles without a word: one has a picture, the other nothing"
    assert sorted(bodies.values())[-3:] == [1, 2, 2], "one text twice in a column, which is a fault, one in two columns, a trap"


def test_pages_in_gb2312_are_that_and_one_only_says_so(portal: DemoPortal) -> None:
    declared = {path: answer for path, answer in portal.pages.items() if b"charset=gb2312" in answer.body}
    assert len(declared) >= 20
    lying = []
    for path, answer in declared.items():
        assert answer.content_type == "text/html"
        try:
            answer.body.decode("gb18030")
        except UnicodeDecodeError:
            lying.append(path)
            continue
        if "霁川县".encode() in answer.body:
            lying.append(path)
    assert len(lying) == 1


def test_attachments_are_what_their_names_say(portal: DemoPortal) -> None:
    files = {path: answer.body for path, answer in portal.pages.items() if "/P0" in path or path.endswith("biaoge.xlsx")}
    kinds = Counter()
    for path, body in files.items():
        kind = path.rpartition(".")[2]
        kinds[kind] += 1
        if kind == "pdf":
            assert body.startswith(b"%PDF-1.4")
            start = int(body.rpartition(b"startxref\n")[2].split()[0])
            assert body[start:].startswith(b"xref")
        elif kind == "xlsx":
            sheet = openpyxl.load_workbook(BytesIO(body)).active
            assert sheet is not None
            assert sheet["B1"].value
        else:
            with ZipFile(BytesIO(body)) as archive:
                assert archive.testzip() is None
                assert ("word/document.xml" in archive.namelist()) == (kind == "docx")
    assert set(kinds) == {"pdf", "docx", "xlsx", "zip"}


def test_pictures_are_png_files(portal: DemoPortal) -> None:
    pictures = [answer.body for path, answer in portal.pages.items() if path.endswith(".png")]
    assert len(pictures) >= 8
    assert all(body.startswith(b"\x89PNG\r\n\x1a\n") and body.endswith(b"IEND\xaeB`\x82") for body in pictures)


# --- yearly reports -----------------------------------------------------------------------------------------------


def rows_of(table: HtmlElement) -> list[list[int]]:
    """The numbers of each row, rows of words left out."""
    found = []
    for row in table.iter("tr"):
        cells = [cell.text_content().strip() for cell in row.iter("td")]
        numbers = [int(cell) for cell in cells if re.fullmatch(r"\d+", cell)]
        if numbers:
            found.append(numbers)
    return found


def report_pages(portal: DemoPortal) -> dict[str, HtmlElement]:
    return {path: tree for path, tree in html_pages(portal).items() if tree.find_class("annual-report") and tree.find_class("t3")}


def sound_report_pages(portal: DemoPortal) -> dict[str, HtmlElement]:
    """Without the reports that the plan makes odd."""
    odd = [(unit_folder(unit), f"{DEMO_AS_OF.year + year}年") for unit in load_plan().units for year in unit.reports.odd]
    return {
        path: tree
        for path, tree in report_pages(portal).items()
        if not any(path.startswith(folder) and year in tree.findtext(".//h1", "") for folder, year in odd)
    }


def test_the_tables_of_every_sound_yearly_report_balance(portal: DemoPortal) -> None:
    pages = sound_report_pages(portal)
    assert len(pages) >= 50
    for path, tree in pages.items():
        rows = rows_of(tree.find_class("t3")[0])
        assert len(rows) in {23, 25}, path
        received, carried_in, *results, total, carried_over = rows
        for column in range(7):
            assert received[column] + carried_in[column] == total[column] + carried_over[column], path
            assert sum(row[column] for row in results) == total[column], path
        assert all(sum(row[:6]) == row[6] for row in rows), path
        proceedings = rows_of(tree.find_class("t4")[0])[0]
        assert len(proceedings) == 15
        assert all(sum(proceedings[start : start + 4]) == proceedings[start + 4] for start in (0, 5, 10)), path


def test_yearly_reports_have_the_six_headings_in_order_and_the_prose_says_what_the_table_says(portal: DemoPortal) -> None:
    for path, tree in sound_report_pages(portal).items():
        report = tree.find_class("annual-report")[0]
        assert [heading.text_content() for heading in report.iter("h3")] == report_words()["headings"], path
        received, carried_in, *_, carried_over = rows_of(tree.find_class("t3")[0])
        said = re.search(r"申请(\d+)件，上年结转(\d+)件，结转下年度继续办理(\d+)件", report.text_content())
        assert said is not None
        assert [int(number) for number in said.groups()] == [received[-1], carried_in[-1], carried_over[-1]], path


def test_what_one_year_hands_over_the_next_year_takes_in() -> None:
    for unit in load_plan().units:
        for year in range(2019, 2026):
            assert make_tables(unit.name, [year]).carried_over == make_tables(unit.name, [year + 1]).carried_in


def shingles(text: str) -> set[str]:
    return {text[place : place + 6] for place in range(len(text) - 5)}


def test_reports_of_two_units_or_years_are_not_copies(portal: DemoPortal) -> None:
    own_words = []
    for tree in sound_report_pages(portal).values():
        paragraphs = [paragraph.text_content() for paragraph in tree.find_class("annual-report")[0].findall("p")]
        own_words.append(shingles("".join(paragraphs[1:6] + paragraphs[-3:-1])))
    closest = max(len(a & b) / len(a) for n, a in enumerate(own_words) for b in own_words[:n])
    assert closest < 0.7


# --- ages ---------------------------------------------------------------------------------------------------------


def list_days(portal: DemoPortal, path: str) -> list[date]:
    return [date.fromisoformat(day) for day in re.findall(r"\b20\d\d-\d\d-\d\d\b", text_of(portal.pages[path]))]


@pytest.mark.parametrize("as_of", [DEMO_AS_OF, date(2027, 3, 2), date(2028, 2, 29)])
def test_ages_are_counted_from_the_audit_date(as_of: date) -> None:
    portal = build_portal(as_of)
    news = list_days(portal, "/xwzx/jcyw/")
    assert max(news) == as_of - timedelta(days=1)
    assert news[0] < as_of - timedelta(days=365), "the pinned row comes first"
    towns = list_days(portal, "/xwzx/xzdt/")
    assert towns[0] > as_of
    assert max(day for day in towns if day <= as_of) == as_of - timedelta(days=46)
    assert any(f"{as_of.year - 1}年政府信息公开" in text for text in html_texts(portal))


def test_a_list_of_several_pages_holds_every_article_once(portal: DemoPortal) -> None:
    for folder, names, count in (
        ("/xwzx/jcyw/", ("", "index_1.html", "index_2.html"), 34),
        ("/zwgk/zfxxgk/bm/czj/fd/zdly/", ("", "index_2.html", "index_3.html"), 34),
    ):
        rows = [
            link.get("href")
            for name in names
            for item in html_pages(portal)[folder + name].find_class("list")
            for link in item.iter("a")
        ]
        assert len(rows) == len(set(rows)) == count
        assert f"{folder}index_{len(names)}.html" not in portal.pages or folder.endswith("zdly/")
