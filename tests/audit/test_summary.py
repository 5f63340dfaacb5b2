"""The lines an audit ends with."""

from audit.summary import summary
from reports.standing import NO_UNITS
from tests.reports.factories import make_result, make_unit

PORTAL, GOVERNMENT = make_unit(slug="portal", kind="portal"), make_unit(slug="松湖县人民政府", kind="government")


def test_the_terminal_says_that_no_list_of_units_was_found() -> None:
    assert NO_UNITS in summary(make_result(PORTAL, GOVERNMENT), None)
    assert NO_UNITS not in summary(make_result(PORTAL, GOVERNMENT, make_unit()), None)
    void = summary(make_result(PORTAL, GOVERNMENT, void="线路不通。"), None)
    assert "本次运行作废" in void
    assert NO_UNITS not in void
