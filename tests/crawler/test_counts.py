"""What a page costs, in counts instead of seconds: exact, and the same on every machine."""

import json
import statistics
import subprocess
import sys

import pytest

from bench.portal import build_portal
from bench.server import serve

PAGES = 150


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    """Counts of one crawl of the bench portal, whose pages hold some 130 links each."""
    folder = tmp_path_factory.mktemp("counts")
    truth = build_portal(folder / "portal", pages=PAGES)
    with serve(folder / "portal", prefer_nginx=False) as base:
        command = [sys.executable, "-m", "tests.crawler.counting", str(folder / "run"), base]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    said = json.loads(done.stdout)
    said["known"] = len(truth.pages) + len(truth.files) + len(truth.dead)
    said["dead"] = len(truth.dead)
    assert said["pages"] == PAGES
    return said


def test_an_address_is_asked_for_once(counts):
    assert counts["first tries"] == counts["addresses"] == counts["known"]
    confirming = 2 * counts["dead"] + counts["looks"]
    beside = 12  # robots.txt, further looks at the home page, addresses that do not exist, https
    assert counts["known"] + confirming <= counts["requests"] <= counts["known"] + confirming + beside


def test_a_request_is_made_for_what_is_sent_and_not_for_every_link(counts):
    assert counts["request objects"] == counts["requests"]


def test_a_page_is_parsed_once(counts):
    readings = counts["pages"] + counts["looks"]
    assert readings <= counts["trees"] <= readings + 5  # pages that say "not found" are read too


def test_links_of_menus_are_resolved_once_and_not_on_every_page(counts):
    assert counts["resolutions"] / counts["trees"] <= 3


def test_of_a_page_only_its_own_links_are_stored(counts):
    assert statistics.median(counts["own links"]) <= 20


def test_an_answer_takes_few_tasks(counts):
    assert counts["tasks"] / counts["requests"] <= 4


def test_no_record_is_logged_for_an_answer(counts):
    assert counts["log records"] <= 40


def test_the_portal_is_put_together_once_for_drawing_and_for_second_looks(counts):
    assert counts["assemblies"] == 1


def test_nothing_slow_is_loaded_for_a_page(counts):
    assert counts["loaded"] == []
