"""Page tags: official spelling whatever the page writes."""

from datetime import UTC, datetime

import pytest

from crawler.extractors.document import Document
from crawler.extractors.site_tags import extract_other_metas, extract_site_tags


def tags_of(head: str) -> dict[str, str]:
    return extract_site_tags(
        Document(f"<html><head>{head}</head></html>", "http://a.gov.cn/", datetime(2026, 11, 20, tzinfo=UTC))
    )


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="SiteIDCode" content="4209230001">',
        '<META CONTENT="4209230001" NAME="SiteIDCode">',
        "<meta name='siteidcode' content='4209230001' />",
        "<meta name=Siteidcode content=4209230001>",
        '<meta name="SiteIDCode" content=" 4209230001\n ">',
        '<meta name="SiteIDCode"content="4209230001">',
        '<meta property="SiteIDCode" content="4209230001">',
    ],
)
def test_a_tag_is_found_in_every_spelling(tag: str) -> None:
    assert tags_of(tag) == {"SiteIDCode": "4209230001"}


def test_misspelt_names_count_as_what_they_mean() -> None:
    assert tags_of('<meta name="ColumnKeywods" content="公告">') == {"ColumnKeywords": "公告"}


def test_a_blank_tag_is_present_but_blank_and_a_filled_one_wins() -> None:
    assert tags_of('<meta name="ContentSource" content="">') == {"ContentSource": ""}
    assert tags_of('<meta name="SiteName" content=""><meta name="SiteName" content="云梦县">') == {"SiteName": "云梦县"}


def test_tags_in_comments_are_not_there() -> None:
    assert tags_of('<!-- <meta name="SiteName" content="云梦县"> -->') == {}


def test_vendors_tags_are_kept_apart() -> None:
    doc = Document(
        '<head><meta name="others" content="页面生成时间 2026-11-10 15:33:34"><meta name="SiteName" content="x"></head>',
        "http://a.gov.cn/",
        datetime(2026, 11, 20, tzinfo=UTC),
    )
    assert extract_other_metas(doc) == {"others": "页面生成时间 2026-11-10 15:33:34"}
