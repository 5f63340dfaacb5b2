"""A page as a judgement shows it: surveys hold many of them."""

from dataclasses import dataclass

from crawler.facts import PageFacts, Read


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a judgement shows of a page: surveys hold many, and none of their texts and lists."""

    url: str
    title: Read[str]
    page_title: str
    capture: str
    fetched_at: str

    @classmethod
    def of(cls, page: PageFacts) -> "Glimpse":
        return cls(page.url, page.title, page.page_title, page.capture, page.fetched_at)
