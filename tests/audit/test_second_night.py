"""Night after night on the demo portal: the same findings for a fraction of the bytes, and exactly what changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.second_night import GONE, LONGEST_WAIT, Night, Nights, nights

pytestmark = [pytest.mark.xdist_group("second-night"), pytest.mark.timeout(900)]

QUICK = ("--no-browser", "--pack", "portal-2019", "--pack", "privacy")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    with nights(tmp_path_factory.mktemp("nights"), *QUICK) as made:
        yield made


@pytest.fixture(scope="module")
def three(place: Nights) -> tuple[Night, Night, Night, list[str]]:
    first, second = place.night(), place.night()
    place.days_pass(LONGEST_WAIT)
    changed = place.change()
    return first, second, place.night(), changed


def test_a_second_night_on_the_same_pages_finds_the_same_for_a_fraction_of_the_bytes(
    three: tuple[Night, Night, Night, list[str]],
) -> None:
    first, second, _, _ = three
    assert second.findings == first.findings
    assert len(first.findings.splitlines()) > 20
    assert second.unchanged >= 0.95 * second.pages
    assert (first.unchanged, first.pages) == (0, second.pages)
    assert second.run["bytes"] * 3 < first.run["bytes"]
    assert set(second.run["skipped"]) == set(first.run["skipped"])
    assert {**second.run["skipped"], "trap-calendar": 0} == {**first.run["skipped"], "trap-calendar": 0}
    assert second.run["failures"] == first.run["failures"]


def test_attachments_that_did_not_change_are_not_sent_again(three: tuple[Night, Night, Night, list[str]]) -> None:
    first, second, _, _ = three
    files = {path for path in first.fetched if path.endswith((".pdf", ".docx", ".xlsx"))}
    again = files & second.fetched
    assert len(again) * 2 < len(files)


def test_when_one_page_in_fifty_changed_these_are_read_again_and_hardly_another(
    place: Nights, three: tuple[Night, Night, Night, list[str]]
) -> None:
    _, second, third, changed = three
    assert len(changed) >= 5
    assert set(changed) <= third.fetched
    # Not to the page: on a busy machine another spelling of an address may answer first than did the night before.
    assert abs(second.unchanged - len(changed) - third.unchanged) < len(changed)
    before, after = (set(night.findings.splitlines()) for night in (second, third))
    (new,) = (json.loads(line) for line in after - before)
    assert (new["rule"], new["url"]) == ("dead-link", place.server.base_url.rstrip("/") + GONE)
    assert {Path(url).name for url in new["found_on"]} == {Path(path).name for path in changed}
    assert before <= after
