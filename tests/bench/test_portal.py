"""The bench portal is what its truth says, and the same every time."""

import hashlib
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest
from w3lib.url import safe_url_string

from bench.portal import DEAD_IN_NAV, build_portal

PAGES = 200


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench") / "portal"
    return folder, build_portal(folder, pages=PAGES)


def links(folder: Path, path: str) -> list[str]:
    name = unquote(path) + ("index.html" if path.endswith("/") else "")
    tree = lxml.html.fromstring((folder / name.lstrip("/")).read_bytes())
    found = (target for _, _, target, _ in tree.iterlinks() if not target.startswith(("#", "javascript:")))
    # as a browser sends it: some pages write Chinese names unquoted
    return [urlsplit(safe_url_string(urljoin("http://x" + path, target))).path for target in found]


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return total.hexdigest()


def test_it_has_as_many_pages_as_wished(portal):
    _, truth = portal
    assert len(truth.pages) == len(set(truth.pages)) == PAGES


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(portal, tmp_path):
    folder, _ = portal
    build_portal(tmp_path / "again", pages=PAGES)
    build_portal(tmp_path / "other", pages=PAGES, seed=2)
    assert digest(folder) == digest(tmp_path / "again") != digest(tmp_path / "other")


def test_every_link_leads_to_something_that_exists_or_that_the_truth_calls_dead(portal):
    folder, truth = portal
    known = {*truth.pages, *truth.files, *truth.dead}
    for page in truth.pages:
        unknown = [target for target in links(folder, page) if target not in known]
        assert not unknown, page


def test_dead_targets_do_not_exist_and_stand_where_the_truth_says(portal):
    folder, truth = portal
    assert len(truth.dead) >= 2
    assert DEAD_IN_NAV in truth.dead
    referrers: dict[str, list[str]] = {path: [] for path in truth.dead}
    for page in truth.pages:
        for target in set(links(folder, page)) & referrers.keys():
            referrers[target].append(page)
    assert len(referrers.pop(DEAD_IN_NAV)) == PAGES
    assert referrers == {path: pages for path, pages in truth.found_on.items() if pages}
    assert not [path for path in truth.dead if (folder / unquote(path).lstrip("/")).exists()]


def test_every_page_can_be_reached_from_the_home_page(portal):
    folder, truth = portal
    reached, waiting = {"/"}, ["/"]
    while waiting:
        for target in links(folder, waiting.pop()):
            if target in truth.pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert reached == set(truth.pages)


def test_every_page_has_at_least_110_links_for_navigation(portal):
    folder, truth = portal
    for page in truth.pages:
        name = unquote(page) + ("index.html" if page.endswith("/") else "")
        tree = lxml.html.fromstring((folder / name.lstrip("/")).read_bytes())
        assert len(tree.xpath("//div[@class='nav']//a")) >= 110
