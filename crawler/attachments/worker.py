"""The process that reads attachments: one after another from stdin, under limits that no file can talk it out of.

A request is ``>II`` (length of the JSON head, length of the body), the head, the body; an answer is ``>I`` and JSON.
"""

import json
import os
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import BinaryIO

from crawler.attachments.model import AttachmentLimits, AttachmentText
from crawler.attachments.reading import read_here

REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">I")


def main() -> None:
    """Serve until stdin closes. What libraries print goes nowhere."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    limited = False
    while (head := requests.read(REQUEST.size)) and len(head) == REQUEST.size:
        head_size, body_size = REQUEST.unpack(head)
        words = json.loads(requests.read(head_size))
        limits = AttachmentLimits(**words["limits"])
        if not limited:
            limit_process(limits)
            limited = True
        _answer(answers, _read(requests.read(body_size), words, limits))


def _read(body: bytes, words: dict[str, str], limits: AttachmentLimits) -> AttachmentText:
    try:
        return read_here(body, words["url"], words["content_type"], limits)
    except MemoryError:
        return AttachmentText(kind="", state="unreadable", reason="too-much-memory")


def _answer(answers: BinaryIO, text: AttachmentText) -> None:
    data = json.dumps(asdict(text)).encode()
    answers.write(ANSWER.pack(len(data)) + data)
    answers.flush()


def limit_process(limits: AttachmentLimits) -> None:
    """Bound memory and files; where the system knows no such limits (Windows), the clock of the caller still holds."""
    try:
        import resource  # noqa: PLC0415  not on every system
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.max_bytes + limits.unpacked_bytes),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
