"""``zhaocuo inspect``: what the extractors read from one file or address."""

import json
import tempfile
from pathlib import Path

from audit.clock import now
from audit.errors import PortalUnreachable, UsageInvalid
from audit.folders import RunFolder, reason
from audit.portal_file import check_web_address

MAX_FILE_BYTES = 20_000_000


def inspect_target(page: str, *, url: str | None, as_json: bool, allow_private: bool) -> str:
    """Read one page and describe it; raises :class:`UsageInvalid` or :class:`PortalUnreachable`."""
    from crawler.inspect import inspect_page, render_inspection  # noqa: PLC0415  loads lxml

    if "://" in page:
        try:
            address = check_web_address(page)
        except ValueError as error:
            raise UsageInvalid(f"{error}。") from error
        body, content_type, address = _fetch(address, allow_private=allow_private)
    else:
        body, content_type, address = _read(Path(page)), None, url or "http://localhost/"
        if url is not None:
            try:
                check_web_address(url)
            except ValueError as error:
                raise UsageInvalid(f"--url：{error}。") from error
    reading = inspect_page(body, address, content_type, fetched_at=now())
    return json.dumps(reading, ensure_ascii=False, indent=1) if as_json else render_inspection(reading)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UsageInvalid(f"{path} 超过 20 MB，不像网页，请换一个文件。")
        return path.read_bytes()
    except OSError as error:
        raise UsageInvalid(f"读不到 {path}（{reason(error)}），请检查路径；若是网址，请以 http:// 或 https:// 开头。") from error


def _fetch(url: str, *, allow_private: bool) -> tuple[bytes, str | None, str]:
    """Body, content type and final address, fetched with the crawler's manners."""
    from audit.gather import CrawlOptions, crawl  # noqa: PLC0415  loads Scrapy
    from crawler.captures import CaptureReader  # noqa: PLC0415
    from crawler.store import FactsStore  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="zhaocuo-inspect-") as folder:
        run = RunFolder(path=Path(folder))
        crawl(CrawlOptions(start_url=url, max_pages=1, delay=0, allow_private=allow_private, pauses=(0.0, 0.0)), run)
        with FactsStore.open(run.facts) as store:
            facts = store.page(url)
            if facts is None:
                raise PortalUnreachable(f"{url} 没有打开（{store.run_facts().void or store.fate(url).reason}），请核对网址。")
            record = CaptureReader(run.captures, store).get(facts.capture)
            return record.body, record.content_type, facts.final_url or facts.url


__all__ = ["inspect_target"]
