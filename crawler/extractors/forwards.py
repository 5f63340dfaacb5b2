"""Pages that only send the browser on: meta refresh, script location, a single frame."""

from crawler.extractors.document import Document
from crawler.extractors.links import refresh_target, script_targets

MAX_FORWARD_CHARS = 120
"""A page that only forwards may say “正在跳转…” and no more."""
_MAX_SECONDS = 10


def forward_target(doc: Document) -> str | None:
    """Where the page sends the browser at once: meta refresh, script location or its only frame; None: nowhere else."""
    for element in doc.tagged("meta"):
        refresh = refresh_target(element)
        if refresh and refresh[1] <= _MAX_SECONDS:
            return _elsewhere(doc, refresh[0])
    if len(doc.body_text) > MAX_FORWARD_CHARS:
        return None
    for target in script_targets(doc.inline_script):
        if (url := _elsewhere(doc, target)) is not None:
            return url
    frames = [source for element in doc.tagged("frame", "iframe") if (source := element.get("src"))]
    return _elsewhere(doc, frames[0]) if len(frames) == 1 and not doc.body_text else None


def _elsewhere(doc: Document, target: str) -> str | None:
    url = doc.resolve(target)
    return url if url and url != doc.url else None
