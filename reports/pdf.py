"""One page of PDF for a scorecard, printed by Chromium where it is there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reports.errors import ReportError

PROGRAMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
TIMEOUT_MS = 30_000


class PdfUnavailable(ReportError):
    """No Chromium, or no package to drive it."""

    code = "pdf-unavailable"


class Printer:
    """A browser that prints and reaches nothing, in a thread of its own: its driver shares no thread with an event loop."""

    def __init__(self, program: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zhaocuo-pdf")
        self._program = program
        self._play: Any = None
        self._browser: Any = None

    def start(self) -> None:
        """Raises :class:`PdfUnavailable` when the browser does not start."""
        self._thread.submit(self._start).result()

    def print_first_page(self, page: Path, target: Path) -> None:
        """The first page of ``page`` on A4 as ``target``: where the 单位 stands, its four columns and what is due next."""
        self._thread.submit(self._print, page, target).result()

    def close(self) -> None:
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _start(self) -> None:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  extra `browser`

        self._play = sync_playwright().start()
        try:
            # Our own pages, offline and without scripts of others; as root Chromium refuses its sandbox.
            self._browser = self._play.chromium.launch(executable_path=self._program, args=["--no-sandbox"])
        except Error as error:
            raise PdfUnavailable(f"Chromium 没有启动（{str(error).splitlines()[0][:100]}），没有生成 PDF。") from error

    def _print(self, page: Path, target: Path) -> None:
        context = self._browser.new_context(offline=True)
        try:
            sheet = context.new_page()
            sheet.goto(page.resolve().as_uri(), timeout=TIMEOUT_MS)
            sheet.pdf(path=str(target), format="A4", page_ranges="1", print_background=True, prefer_css_page_size=True)
        finally:
            context.close()

    def _close(self) -> None:
        if self._browser is not None:
            self._browser.close()
        if self._play is not None:
            self._play.stop()


@contextmanager
def printer() -> Iterator[Printer]:
    """A printer ready for use. Raises :class:`PdfUnavailable`."""
    program = next((path for path in PROGRAMS if Path(path).is_file()), None)
    if program is None:
        raise PdfUnavailable("本机没有 Chromium，不能生成 PDF；请安装 chromium，或用浏览器打开报告后打印成 PDF。")
    if find_spec("playwright") is None:
        raise PdfUnavailable("没有安装驱动浏览器的组件，请执行 pip install 'zhaocuo[browser]' 后重试。")
    made = Printer(program)
    try:
        made.start()
        yield made
    finally:
        made.close()
