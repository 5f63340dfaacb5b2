"""A page that a script fills, completed by what a browser drew of it, or by the note that its data hold."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.facts import ListState, PageFacts

_TELLING = frozenset({ListState.ENTRIES, ListState.NOTE, ListState.TEXT, ListState.FORWARDS})
"""States that something on the drawn page proves. EMPTY is not among them: it must hold for every answer to the page."""


def as_drawn(page: PageFacts, pages: Sequence[PageFacts]) -> PageFacts:
    """``page`` with state, text, files and dates of its rendered part where its own are a script's; else as it is.

    Data that bring a note in the place of rows stand for such a part, where no others bring rows.
    """
    drawn = next((part for part in pages if part.rendered and part.list_state in _TELLING), None)
    if drawn is None and not any(part.entries for part in pages):
        drawn = next((part for part in pages if part.part_of is not None and part.list_state is ListState.NOTE), None)
    if drawn is None or page.list_state is not ListState.SCRIPTED:
        return page
    return replace(
        page,
        kind=drawn.kind,
        list_state=drawn.list_state,
        list_note=drawn.list_note,
        text=drawn.text,
        text_length=drawn.text_length,
        attachments=drawn.attachments,
        published=drawn.published,
        updated=drawn.updated,
        written=drawn.written,
    )
