"""Answers of 大汉's ``/module/web/jpage/dataproxy.jsp``: records in CDATA, the next group by address."""

import re
from urllib.parse import parse_qs, urlsplit

from crawler.addresses import resolve
from crawler.extractors.datastore import read_datastore
from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.facts import DataRequest, Pager


def read_jpage(answer: Answer) -> Reading:
    """Records of one group; the next group is asked for while the answer names one and brought rows itself."""
    text = answer.text
    store = read_datastore(text, answer.page_url, answer.fetched_at)
    if not store.entries and (re.search(r"<record[\s>]", text) or not re.search(r"<(?:recordset|datastore)\b", text)):
        # No store at all, or one whose records could not be read.
        return Reading(entries=None)
    query = parse_qs(urlsplit(answer.request.url).query)
    per_page = int(query["perpage"][0]) if query.get("perpage", [""])[0].isdigit() else 0
    pages = store.pages or (-(-store.total // per_page) if store.total and per_page else None)
    pager = Pager(kind="jpage", pages=pages, total=store.total, current=answer.request.page)
    requests: tuple[DataRequest, ...] = ()
    if store.next_url and store.entries and answer.request.method == "GET" and answer.request.page < MAX_PAGES:
        url = resolve(store.next_url, answer.page_url)
        if url is not None and url != answer.request.url:
            requests = (DataRequest(url=url, reader="jpage", page=answer.request.page + 1),)
    return Reading(entries=store.entries, pager=pager, requests=requests)
