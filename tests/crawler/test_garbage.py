"""Processes of ours look for garbage in circles less often than Python would have it."""

import gc

from audit.__main__ import main
from crawler.garbage import look_rarely


def test_the_program_looks_rarely_from_its_start(monkeypatch):
    before = gc.get_threshold()
    monkeypatch.setattr("audit.cli.main", lambda: None)
    try:
        main()
        young, older, oldest = gc.get_threshold()
        gc.set_threshold(*before)
        look_rarely()
        assert gc.get_threshold() == (young, older, oldest)
    finally:
        gc.set_threshold(*before)
    assert young > 10 * before[0]
