"""Pictures of the pages that findings rest on, made from the run's own captures: no page is fetched for them.

They go into reports, so numbers of persons are masked in every one of them, whatever its finding is about.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audit.clock import now
from audit.evidence import label_of, write_private
from audit.folders import SCREENSHOTS_NAME, RunFolder
from audit.pictures import MANIFEST, picture_key, read_manifest, with_screenshots
from audit.run import store_result
from audit.terminal import say
from crawler.addresses import page_key, url_key
from crawler.browser.program import find_browser
from crawler.captures import CaptureReader
from crawler.errors import CaptureMissing
from crawler.exhibits import Label, annotated_page
from crawler.store import FactsStore
from reports.result import AuditResult, EvidenceLine, FindingLine
from rules.masking import mask

if TYPE_CHECKING:
    from crawler.browser.photographer import Assets, Sitting

MAX_PICTURES = 80
"""Of one run; problems come before leads."""

MAX_ASSET_BYTES = 2_000_000


def take_screenshots(run: RunFolder, result: AuditResult) -> AuditResult:
    """Photograph the evidence of the findings that have none yet; the result with the pictures named.

    Without a browser one sentence is said and the result stays as it is.
    """
    program = find_browser()
    if program is None:
        say("没有找到浏览器（需要 Chromium 和附加组件 browser），这次不带截图，其余不受影响。")
        return result
    from crawler.browser.photographer import photograph  # noqa: PLC0415  loads playwright

    folder = run.path / SCREENSHOTS_NAME
    folder.mkdir(mode=0o700, exist_ok=True)
    studio = _Studio(run, folder)
    with FactsStore.open(run.facts) as store:
        taken = photograph(program, studio.sittings(store, result), studio.assets(store), studio.keep)
    studio.write_manifest()
    say(f"截图 {taken} 张。")
    shown = with_screenshots(result, run)
    store_result(run, shown)
    return shown


class _Studio:
    """What one taking of pictures shares."""

    def __init__(self, run: RunFolder, folder: Path) -> None:
        self._run = run
        self._folder = folder
        self._known = read_manifest(folder)
        self._places: dict[str, str] = {}
        """Name of a picture under way, to its place in the manifest."""

    def sittings(self, store: FactsStore, result: AuditResult) -> "Iterator[Sitting]":
        """The first piece of evidence of each finding that shows a page, problems first."""
        from crawler.browser.photographer import Sitting  # noqa: PLC0415  loads playwright

        findings = [finding for unit in result.units for finding in unit.findings]
        findings.sort(key=lambda finding: (finding.outcome != "failed", finding.rule, finding.url, finding.fingerprint))
        reader = CaptureReader(self._run.captures, store)
        left = MAX_PICTURES - len(self._known)
        for finding in findings:
            if left <= 0:
                return
            made = self._page_of(finding, reader)
            if made is not None:
                line, url, html = made
                name = f"{finding.number}.jpg"
                self._places[name] = picture_key(finding.fingerprint, line.capture)
                left -= 1
                yield Sitting(name=name, url=url, html=html)

    def _page_of(self, finding: FindingLine, reader: CaptureReader) -> tuple[EvidenceLine, str, bytes] | None:
        for line in finding.evidence:
            if not line.capture or picture_key(finding.fingerprint, line.capture) in self._known:
                continue
            try:
                capture = reader.get(line.capture)
            except CaptureMissing:
                continue
            facts = dict(label_of(finding, line, capture).facts)
            facts.pop("副本", None)
            label = Label(title=f"{finding.number} {finding.rule_title}", facts=facts | {"截图时间": now().isoformat()})
            quotes = [other.quote for other in finding.evidence if other.capture == line.capture]
            refers = page_key(capture.url) in {page_key(url) for url in finding.found_on}
            page = annotated_page(capture, label, quotes=quotes, link=finding.url if refers else "", hide=mask)
            if page is None or mask(page.text) != page.text:
                continue  # a person's number that runs across elements cannot be hidden: no picture of it
            return line, capture.url, page.html
        return None

    def assets(self, store: FactsStore) -> "Assets":
        """Style sheets and pictures that the run holds whole."""
        kept = {
            url_key(url): (answer.content_type, answer.capture)
            for url, kind, answer in store.answers()
            if kind in {"css", "image"} and answer.complete and answer.status == 200 and (answer.size or 0) <= MAX_ASSET_BYTES
        }
        reader = CaptureReader(self._run.captures, store)

        def find(url: str) -> tuple[str, bytes] | None:
            known = kept.get(url_key(url))
            if known is None:
                return None
            try:
                return known[0], reader.get(known[1]).body
            except CaptureMissing:
                return None

        return find

    def keep(self, name: str, picture: bytes) -> None:
        write_private(self._folder / name, picture)
        self._known[self._places[name]] = name

    def write_manifest(self) -> None:
        text = json.dumps(self._known, ensure_ascii=False, indent=1, sort_keys=True)
        write_private(self._folder / MANIFEST, text.encode())
