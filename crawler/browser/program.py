"""Whether there is a browser on this machine, and how it is started."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""Programs that will do, the one of Debian first. None is ever downloaded."""

_NO_LINE = (
    # The browser has no line of its own: what is not answered by the crawl goes to a proxy that is not there.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SMALL = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--mute-audio",
    # A page that fills the memory loses its own process, not the machine.
    "--js-flags=--max-old-space-size=512",
)


def find_browser() -> Path | None:
    """The program to start; None when there is none, or no playwright to drive it (extra ``browser``)."""
    if find_spec("playwright") is None:
        return None
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def launch_arguments() -> list[str]:
    """Arguments of the program; its sandbox stays on unless we are root, under whom it does not start."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [*_NO_LINE, *_SMALL, *root]
