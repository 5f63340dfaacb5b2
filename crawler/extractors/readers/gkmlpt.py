"""Answers of Guangdong's 政府信息公开平台: ``/gkmlpt/api/all/<id>?page=1&sid=<site>``."""

import re
from typing import Any

from crawler.addresses import resolve
from crawler.extractors.document import clean
from crawler.extractors.json_rows import day_of
from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.facts import DataRequest, Entry, Pager

PAGE_SIZE = 100
OWN_COLUMN = "gkmlpt-own"
"""Reader of the one column that a page shows: its rows are the page's own, and no tab of it."""
_COLUMN = re.compile(r"/api/all/(\d+)")
_PAGE = re.compile(r"[?&]page=(\d+)")


def read_gkmlpt(answer: Answer) -> Reading:
    """Articles of one column; the following pages are asked for while the total is not reached."""
    data = answer.json
    if not isinstance(data, dict) or not isinstance(data.get("articles"), list):
        return Reading(entries=None)
    articles = [article for article in data["articles"] if isinstance(article, dict)]
    entries = tuple(entry for article in articles if (entry := _entry(article, answer.page_url)) is not None)
    total = data["total"] if isinstance(data.get("total"), int) and data["total"] >= 0 else None
    asked = _PAGE.search(answer.request.url)
    page = int(asked[1]) if asked else answer.request.page
    size = max(len(articles), PAGE_SIZE) if page == 1 else PAGE_SIZE
    if total is not None and page == 1 and articles and len(articles) < total:
        size = len(articles)
    pages = max(-(-total // size), 1) if total is not None else None
    requests: tuple[DataRequest, ...] = ()
    if page == 1 and pages and articles:
        requests = tuple(
            DataRequest(url=answer.with_parameters(page=number), reader=answer.request.reader, page=number)
            for number in range(2, min(pages, MAX_PAGES) + 1)
        )
    classify = data.get("classify")
    column = _COLUMN.search(answer.request.url)
    return Reading(
        entries=entries,
        pager=Pager(kind="ajax", pages=pages, total=total, current=page),
        requests=requests,
        name=clean(str(classify.get("name") or "")) if isinstance(classify, dict) else "",
        column=column[1] if column and column[1] != "0" and answer.request.reader != OWN_COLUMN else "",
    )


def _entry(article: dict[str, Any], page_url: str) -> Entry | None:
    title = clean(str(article.get("title") or ""))
    if not title:
        return None
    address = article.get("url") or article.get("post_url")
    raw = next((article[key] for key in ("display_publish_time", "date", "created_at", "create_time") if article.get(key)), None)
    return Entry(
        title=title[:500],
        url=resolve(str(address), page_url) if address else None,
        date=day_of(raw),
        date_raw=str(raw) if raw is not None else "",
        date_from="data" if raw is not None else "",
    )
