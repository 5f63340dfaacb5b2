"""复查: whether the wording that a list complains of is gone, and the right one there."""

from audit.ledger.account import Seen
from crawler.wording import Wording

_SHOWN = 40


def judge_wording(wording: Wording, wrong: str, right: str) -> Seen:
    """``wrong`` gone and ``right`` there: fine. ``wrong`` still there, in the page or a file of it: failing.

    Anything else is for a person: a page or file that could not be read to its end, a page that leads elsewhere now, a passage
    that went without the right wording taking its place. ``right`` may be empty, or hold ``wrong`` (安装 → 安装调试). Blanks do
    not count.
    """
    if not wording.passages:
        return Seen(state="unseen", note="这个网址没有打开，或者打开的不是原来的页面，看不出文字改没改。")
    place = _place_of(wording, _squeezed(wrong), _squeezed(right))
    if place:
        return Seen(state="failing", note=f"{place}还有“{wrong[:_SHOWN]}”。")
    doubt = _doubt(wording, wrong, right)
    if doubt:
        return Seen(state="unseen", note=doubt)
    said = f"“{wrong[:_SHOWN]}”已改为“{right[:_SHOWN]}”。" if right else f"页面和附件里已没有“{wrong[:_SHOWN]}”。"
    return Seen(state="fine", note=said)


def _place_of(wording: Wording, old: str, new: str) -> str:
    """Where ``old`` stands outside of ``new``, in words; "" when it stands nowhere."""
    for passage in wording.passages:
        text = _squeezed(passage.text)
        if old and old in (text.replace(new, "\n") if new else text):
            return f"附件 {passage.url} 里" if passage.is_attachment else "页面上"
    return ""


def _doubt(wording: Wording, wrong: str, right: str) -> str:
    """Why the absence of ``wrong`` proves nothing, as a sentence; "" when it does."""
    if wording.unread:
        return f"{wording.unread[0]} 没有读全，不能确定“{wrong[:_SHOWN]}”已经改掉。"
    new = _squeezed(right)
    if new and not any(new in _squeezed(passage.text) for passage in wording.passages):
        return f"“{wrong[:_SHOWN]}”已经不在，但也没有看到“{right[:_SHOWN]}”，请人工核对。"
    if not new and wording.moved_to:
        return f"这个网址转到了 {wording.moved_to}，原来的页面看不到了，请人工核对。"
    return ""


def _squeezed(text: str) -> str:
    return "".join(text.split())
