"""Answers of 龙讯's ``/site/label/8888``: a fragment of HTML with the rows of one page."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.extractors.readers.fragment import read_fragment
from crawler.facts import DataRequest


def read_lonsun(answer: Answer) -> Reading:
    """Rows of the fragment; where it tells how many pages there are, the others are asked for with the same parameters."""
    reading = read_fragment(answer)
    pages = reading.pager.pages
    request = answer.request
    if reading.entries is None or not pages or request.page != 1 or request.method != "POST":
        return replace(reading, requests=())
    parameters = [(name, value) for name, value in parse_qsl(request.body, keep_blank_values=True) if name != "pageIndex"]
    requests = tuple(
        DataRequest(
            url=request.url, reader="lonsun", method="POST", body=urlencode([*parameters, ("pageIndex", str(page))]), page=page
        )
        for page in range(2, min(pages, MAX_PAGES) + 1)
    )
    return replace(reading, requests=requests)
