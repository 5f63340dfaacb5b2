"""主办单位: the name that the page's foot gives."""

import re

from crawler.extractors.document import Document

_FOOT_CHARS = 2_500
"""Characters at the end of the page's text in which a foot is looked for."""

_LABELLED = re.compile(
    r"(?:主\s?办\s?单\s?位|主\s?办)\s?[：:]?\s?(?P<name>[\u4e00-\u9fff（）()·]{4,30}?)"
    r"(?=承办|协办|主管|技术|运维|维护|版权|联系|电话|地址|网站|备案|邮|ICP|[^\u4e00-\u9fff（）()·]|$)"
)
_COPYRIGHT = re.compile(r"版权所有[：:©\s]*(?P<name>[\u4e00-\u9fff（）()·]{4,30})")


def extract_organizer(doc: Document) -> str:
    """Name after 主办单位, else after 版权所有; ``""`` when the foot names nobody."""
    foot = doc.body_text[-_FOOT_CHARS:]
    found = None
    for pattern in (_LABELLED, _COPYRIGHT):
        for found in pattern.finditer(foot):  # noqa: B007  the last one stands in the foot, earlier ones in articles
            pass
        if found is not None:
            return found["name"]
    return ""
