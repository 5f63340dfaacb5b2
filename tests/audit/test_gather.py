"""The crawl's own process."""

import subprocess
import sys


def test_no_process_is_started_that_only_watches_over_shared_memory():
    """It would hold 12 MiB beside every crawl; the processes that the crawl starts ask for it too."""
    code = (
        "import multiprocessing.resource_tracker as tracking\n"
        "from audit.gather import _watch_over_nothing\n"
        "_watch_over_nothing()\n"
        "handed_on = tracking.getfd()\n"
        "assert tracking.getfd() == handed_on\n"
        "print(tracking._resource_tracker._pid)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "None"
