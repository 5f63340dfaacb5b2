"""Answers of 大汉's jpaas: JSON whose ``data.html`` is the unit of the page that holds the list."""

import json
import re
from dataclasses import replace

from crawler.extractors.data_requests import JPAAS_PAGE_SIZE
from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.extractors.readers.fragment import read_html
from crawler.facts import DataRequest, Pager

_COUNT = re.compile(r"""['"]?count['"]?\s*[:=]\s*['"]?(\d{1,8})""")
_ROWS = re.compile(r"""['"]?(?:rows|pageSize)['"]?\s*[:=]\s*['"]?(\d{1,4})""")


def read_jpaas(answer: Answer) -> Reading:
    """Rows of the unit; a unit without rows (a header, a foot) is not understood as an empty list."""
    data = answer.json
    inner = data.get("data") if isinstance(data, dict) else None
    html = inner.get("html") if isinstance(inner, dict) else None
    if not isinstance(html, str):
        return Reading(entries=None)
    reading = read_html(answer, html)
    if reading.entries is None:
        return reading
    count, rows = _COUNT.search(html), _ROWS.search(html)
    total = int(count[1]) if count else None
    if total is None or not reading.entries or "paramJson" in answer.request.url:
        return reading
    size = int(rows[1]) if rows and int(rows[1]) else len(reading.entries)
    pages = max(-(-total // size), 1)
    requests: tuple[DataRequest, ...] = ()
    if len(reading.entries) < total:
        # The unit as it stands shows its first page; asked with paramJson it gives pages of any size.
        requests = tuple(
            DataRequest(
                url=answer.with_parameters(paramJson=json.dumps({"pageNo": number, "pageSize": JPAAS_PAGE_SIZE})),
                reader="jpaas",
                page=number,
            )
            for number in range(1, min(-(-total // JPAAS_PAGE_SIZE), MAX_PAGES) + 1)
        )
    return replace(reading, pager=Pager(kind="ajax", pages=pages, total=total, current=1), requests=requests)
