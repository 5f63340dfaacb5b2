"""Answers of 大汉's ``/module/xxgk/search.jsp``: a table of index number, title and date, and words that count the pages."""

from urllib.parse import parse_qsl, urlencode

from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.extractors.readers.fragment import read_fragment
from crawler.facts import DataRequest


def read_xxgk(answer: Answer) -> Reading:
    """Rows of one page; the first one asks for the others, whose number stands in the address and in the form alike."""
    reading = read_fragment(answer)
    pages, asked = reading.pager.pages or 1, answer.request
    if not reading.entries or asked.page != 1 or pages < 2:
        return reading
    form = [(name, value) for name, value in parse_qsl(asked.body, keep_blank_values=True) if name != "currpage"]
    requests = tuple(
        DataRequest(
            url=answer.with_parameters(currpage=number),
            reader=asked.reader,
            method=asked.method,
            body=urlencode([*form, ("currpage", str(number))]),
            page=number,
        )
        for number in range(2, min(pages, MAX_PAGES) + 1)
    )
    return Reading(entries=reading.entries, pager=reading.pager, requests=requests)
