"""Attachments from the line to the store: whole, read once, looked at twice when they seem broken, within what may be spent."""

from audit.demo.files import make_docx, make_pdf
from tests.crawler.crawling import crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do

ID = "110101190001010014"
PDF = make_pdf([f"身份证号：{ID}"])


def portal(**files: bytes) -> FaultServer:
    paths = {f"/{name.replace('_', '.')}": do.file(body, "application/octet-stream") for name, body in files.items()}
    return FaultServer({"/": do.page(do.links(*paths), kind="home"), **paths})


def test_attachments_are_read_once_and_broken_ones_twice(tmp_path) -> None:
    with portal(a_pdf=PDF, b_docx=make_docx(["通知"])[:300], c_pdf=b"<html><body>404</body></html>") as server:
        done = crawl(tmp_path / "run", f"{server.base}/")
        states = {facts.url.removeprefix(server.base): (facts.state, facts.times_seen) for facts in done.store.attachments()}
        assert states == {"/a.pdf": ("read", 1), "/b.docx": ("broken", 2), "/c.pdf": ("mismatch", 2)}
        assert (server.asked("/a.pdf"), server.asked("/b.docx"), server.asked("/c.pdf")) == (1, 2, 2)


def test_what_is_found_is_masked_keyed_and_knows_who_links_to_it(tmp_path) -> None:
    with portal(a_pdf=PDF) as server:
        done = crawl(tmp_path / "run", f"{server.base}/")
        (facts,) = done.store.attachments()
        assert [(number.kind, len(number.digest)) for number in facts.personal] == [("id-number", 16)]
        assert ID not in repr(facts)
        assert facts.found_on == (f"{server.base}/",)
        assert done.store.capture_place(facts.capture) is not None


def test_what_is_larger_than_is_read_or_beyond_the_budget_is_told_so(tmp_path) -> None:
    with portal(a_pdf=PDF, b_pdf=PDF + b"\n" * 400_000) as server:
        done = crawl(tmp_path / "large", f"{server.base}/", attachment_bytes=100_000)
        assert {facts.url[-5:]: facts.state for facts in done.store.attachments()} == {"a.pdf": "read", "b.pdf": "too-large"}
    with portal(a_pdf=PDF + b"\n" * 100_000) as server:
        done = crawl(tmp_path / "budget", f"{server.base}/", attachments_bytes=10)
        assert [(facts.state, facts.reason) for facts in done.store.attachments()] == [("too-large", "budget")]
