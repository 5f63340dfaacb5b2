"""How much fits on a page."""

from markupsafe import escape

from reports.room import Room, fitting, html_bytes
from tests.reports.payloads import PAYLOADS


def test_what_fits_exactly_fits_and_lists_have_no_holes() -> None:
    room = Room(10)
    assert room.take(10)
    assert room.is_full
    assert fitting([4, 4, 9, 1], lambda item: item, 10) == (4, 4)


def test_the_rest_is_never_built() -> None:
    built = []

    def rows() -> object:
        for number in range(1000):
            built.append(number)
            yield number

    fitting(rows(), lambda _: 1, 5)  # type: ignore[call-overload]  a generator without its type
    assert len(built) == 6


def test_bytes_are_never_underestimated() -> None:
    for text in PAYLOADS:
        clean = text.encode("utf-8", "ignore").decode()
        assert html_bytes(clean) >= len(str(escape(clean)).encode())
