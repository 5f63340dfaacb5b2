"""One page of PDF for a scorecard, printed by Chromium where it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reports.errors import ReportError

PROGRAMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
TIMEOUT_MS = 30_000


class PdfUnavailable(ReportError):
    """No Chromium, or no package to drive it."""

    code = "pdf-unavailable"


@contextmanager
def printer() -> Iterator[Any]:
    """A browser that prints and reaches nothing. Raises :class:`PdfUnavailable`."""
    program = next((path for path in PROGRAMS if Path(path).is_file()), None)
    if program is None:
        raise PdfUnavailable("本机没有 Chromium，不能生成 PDF；请安装 chromium，或用浏览器打开报告后打印成 PDF。")
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  extra `browser`
    except ImportError as error:
        raise PdfUnavailable("没有安装驱动浏览器的组件，请执行 pip install 'zhaocuo[browser]' 后重试。") from error
    with sync_playwright() as play:
        try:
            # Our own pages, offline and without scripts of others; as root Chromium refuses its sandbox.
            browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            raise PdfUnavailable(f"Chromium 没有启动（{str(error).splitlines()[0][:100]}），没有生成 PDF。") from error
        try:
            yield browser.new_context(offline=True)
        finally:
            browser.close()


def print_first_page(context: Any, page: Path, target: Path) -> None:
    """The first page of ``page`` on A4 as ``target``: where the 单位 stands, its four columns and what is due next."""
    sheet = context.new_page()
    try:
        sheet.goto(page.resolve().as_uri(), timeout=TIMEOUT_MS)
        sheet.pdf(path=str(target), format="A4", page_ranges="1", print_background=True, prefer_css_page_size=True)
    finally:
        sheet.close()
