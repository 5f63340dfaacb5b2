"""What a reader does, in its own process: loads what reads pages, and nothing of what fetches them."""

import pickle
import signal
from multiprocessing.connection import Connection

from crawler.garbage import look_rarely
from crawler.reading import Readers, Reading, read
from crawler.store.page_record import PageRecord


def serve(pipe: Connection, readers: Readers) -> None:
    """Read what comes until the pipe closes, which it also does when the crawl is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_rarely()
    pipe.send_bytes(b"ready")
    while True:
        try:
            reading: Reading = pickle.loads(pipe.recv_bytes())  # noqa: S301  our own process wrote it
        except (EOFError, OSError):
            return
        answer: PageRecord | str
        try:
            answer = read(readers, reading)
        except Exception as error:  # noqa: BLE001  reported to the crawl, which logs it with the address
            answer = f"{type(error).__name__}: {error}"[:500]
        pipe.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
