"""主办单位 of the foot."""

from datetime import UTC, datetime

import pytest

from crawler.extractors.document import Document
from crawler.extractors.organizer import extract_organizer


@pytest.mark.parametrize(
    ("foot", "name"),
    [
        ("主办单位：青岭县人民政府办公室　联系电话：0555-1234567", "青岭县人民政府办公室"),
        ("<p>主办: 青岭县人民政府</p><p>承办：某局</p>", "青岭县人民政府"),
        ("主办单位：青岭县人民政府办公室<a>联系我们</a>网站标识码：1234567890", "青岭县人民政府办公室"),
        ("版权所有：青岭县财政局 备案号", "青岭县财政局"),
        ("Copyright 2026", ""),
    ],
)
def test_the_foot_names_the_organizer(foot: str, name: str) -> None:
    article = f"<div>活动由主办单位：某某大学承担。</div><div>{'正文' * 2_000}</div>"
    page = f"<html><body>{article}<div class='foot'>{foot}</div></body></html>"
    assert extract_organizer(Document(page, "http://www.example.gov.cn/", datetime.now(tz=UTC))) == name
