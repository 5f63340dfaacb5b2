"""Whose an address is: the longest prefix, hosts below a portal's, names with and without 市."""

import pytest

from audit.intake.places import Places
from audit.ledger.views import DepartmentView

CITY, OTHER = "http://www.qianhe.gov.cn/", "http://www.linhe.gov.cn/"
PLACES = Places(
    {
        CITY: [
            DepartmentView(
                name="财政局", url=f"{CITY}czj/", url_prefixes=(f"{CITY}czj/", "http://cz.example.cn/"), aliases=("财税局",)
            ),
            DepartmentView(name="财政局国库科", url_prefixes=(f"{CITY}czj/gkk/",)),
            DepartmentView(name="教育局", url_prefixes=(f"{CITY}col/col12",)),
            DepartmentView(name="体育局"),
        ],
        OTHER: [],
    }
)


@pytest.mark.parametrize(
    ("url", "portal", "department"),
    [
        (f"{CITY}czj/a.html", CITY, "财政局"),
        ("https://qianhe.gov.cn/czj/gkk/1.html", CITY, "财政局国库科"),
        ("http://cz.example.cn/x", CITY, "财政局"),  # a host of its own
        (f"{CITY}czjx/a.html", CITY, None),
        (f"{CITY}col/col123/", CITY, None),  # col12 is no prefix of col123
        ("http://jyj.qianhe.gov.cn/a", CITY, None),
        (OTHER, OTHER, None),
        ("http://notqianhe.gov.cn/", None, None),
        ("http://gov.cn/", None, None),
        ("http://127.0.0.1/", None, None),
    ],
)
def test_an_address_belongs_to_the_longest_prefix(url: str, portal: str | None, department: str | None) -> None:
    assert (PLACES.portal_of(url), PLACES.department_by_address(url)) == (portal, department)


@pytest.mark.parametrize(
    ("name", "department"),
    [
        ("财政局", "财政局"),
        ("千禾市财政局", "财政局"),
        ("财税局", "财政局"),
        ("育局", None),
        ("民政局", None),
        (" 教 育 局 ", "教育局"),
    ],
)
def test_a_unit_is_known_by_its_names(name: str, department: str | None) -> None:
    assert PLACES.department_by_name(CITY, name) == department
