"""Gone and replaced is fixed; still there is not; everything else is for a person. In files as well as in pages."""

import pytest

from audit.intake.wording import judge_wording
from crawler.wording import Passage, Wording

PAGE = "http://a.cn/1.html"


def wording(page: str, *files: str, unread: tuple[str, ...] = (), moved_to: str = "") -> Wording:
    attached = (Passage(url=f"http://a.cn/{n}.docx", text=text, is_attachment=True) for n, text in enumerate(files))
    return Wording(passages=(Passage(url=PAGE, text=page), *attached), unread=unread, moved_to=moved_to)


@pytest.mark.parametrize(
    ("seen", "wrong", "right", "state", "said"),
    [
        (wording("设备安装完毕"), "按装", "安装", "fine", "已改为"),
        (wording("设备按装完毕"), "按装", "安装", "failing", "页面上"),
        (wording("先安装，后按装"), "按装", "安装", "failing", "页面上"),
        (wording("设备按\n 装完毕"), "按装", "安装", "failing", "页面上"),
        (wording("见附件", "设备按装"), "按装", "安装", "failing", "附件 http://a.cn/0.docx"),
        (wording("见附件", "", "设备安装"), "按装", "安装", "fine", "已改为"),
        (wording("此文已改写"), "按装", "安装", "unseen", "请人工核对"),
        (wording("此文已改写"), "按装", "", "fine", "已没有"),
        (wording("设备安装"), "按装", "安装", "fine", "已改为"),
        (wording("设备安装", unread=("http://a.cn/2.pdf",)), "按装", "安装", "unseen", "没有读全"),
        (wording("设备按装", unread=("http://a.cn/2.pdf",)), "按装", "安装", "failing", "页面上"),
        (wording("首页", moved_to="http://a.cn/"), "按装", "", "unseen", "转到了"),
        (wording("设备安装", moved_to="http://a.cn/2"), "按装", "安装", "fine", "已改为"),
        (Wording(), "按装", "安装", "unseen", "没有打开"),
        # the right wording holds the wrong one, and the other way round
        (wording("安装调试完毕"), "安装", "安装调试", "fine", "已改为"),
        (wording("安装调试，再安装"), "安装", "安装调试", "failing", "页面上"),
        (wording("财政厅"), "省财政厅", "财政厅", "fine", "已改为"),
    ],
)
def test_what_was_seen_decides(seen: Wording, wrong: str, right: str, state: str, said: str) -> None:
    judged = judge_wording(seen, wrong, right)
    assert (judged.state, said in judged.note) == (state, True), judged.note
    assert judged.note.endswith("。")
