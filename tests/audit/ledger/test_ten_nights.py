"""Ten nights on the demo portal, told by ``nights.yaml``: two are crawled, the others are those nights with one thing changed.

Every night is judged by the shipped rules and taken into the ledger as an audit does it; the table says which tickets get which
events, and no other ticket may get any.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from ruamel.yaml import YAML

from audit.audits import AuditOptions, run_audit
from audit.demo import DEMO_AS_OF
from audit.demo.answers import Answer
from audit.demo.portal import DemoPortal, build_portal
from audit.demo.server import DemoServer
from audit.folders import RunFolder
from audit.ledger.ledger import Ledger
from audit.ledger.views import TicketView
from audit.run import JudgeSettings, judge_run
from crawler.facts import Entry, ListState, MandatoryColumn
from crawler.store import FactsStore
from tests.audit.ledger.ledgers import at

pytestmark = [pytest.mark.xdist_group("nights"), pytest.mark.timeout(900)]

TABLE = YAML(typ="safe").load(Path(__file__).with_name("nights.yaml").read_text(encoding="utf-8"))["nights"]
TABLE_STATES = YAML(typ="safe").load(Path(__file__).with_name("nights.yaml").read_text(encoding="utf-8"))["last_states"]
FIRST = datetime(2026, 11, 20, 18, tzinfo=UTC)
"""Small hours of 21 November in Beijing."""


@dataclass
class Story:
    """The nights as they went by."""

    data: Path
    base: str = ""
    events: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    """Verbs that each ticket got, by night."""
    results: dict[int, Any] = field(default_factory=dict)
    final: dict[str, TicketView] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def note(self, night: int, result: Any) -> None:
        with Ledger.open(self.data, at("2026-11-20")) as ledger:
            tickets = {self.name(ticket): ticket for ticket in ledger.tickets()}
        self.results[night] = result
        self.events[night] = {
            name: [event.verb.value for event in ticket.events[self._seen.get(ticket.number, 0) :]]
            for name, ticket in tickets.items()
            if len(ticket.events) > self._seen.get(ticket.number, 0)
        }
        self._seen = {ticket.number: len(ticket.events) for ticket in tickets.values()}
        self.final = tickets

    def name(self, ticket: TicketView) -> str:
        return f"{ticket.rule}@/{ticket.url.removeprefix(self.base).removeprefix('http://')}"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "*")
        patch.delenv("ZHAOCUO_DATABASE_URL", raising=False)
        yield tell(tmp_path_factory.mktemp("nights"))


def tell(folder: Path) -> Story:
    story = Story(data=folder / "data")
    (story.data / "runs").mkdir(parents=True)
    portal = build_portal(DEMO_AS_OF)
    with DemoServer(portal) as server:
        story.base = server.base_url
        first = crawl(folder / "first", server)
        server.portal = mended(portal)
        third = crawl(folder / "third", server)
    lenient = ("all", str(lenient_pack(folder)))
    judged(story, 1, first)
    judged(story, 2, first)
    judged(story, 3, third)
    judged(story, 4, third, void="首页被防火墙拦截，本次不可信。")
    judged(story, 5, third, fills_reports, settings={"departments": ["听松街道"]})
    judged(story, 6, third, fills_reports)
    judged(story, 7, third, fills_reports, renames)
    judged(story, 8, third, fills_reports, renames, packs=lenient)
    judged(story, 9, first)
    judged(story, 10, first)
    return story


def crawl(data: Path, server: DemoServer) -> RunFolder:
    out = data / "out"
    options = AuditOptions(target=server.base_url, out=out, data=data, as_of=DEMO_AS_OF, delay=0, full=True, allow_private=True)
    assert run_audit(options) == 1
    (path,) = (data / "runs").iterdir()
    return RunFolder(path=path)


def judged(
    story: Story,
    night: int,
    base: RunFolder,
    *changes: Callable[[FactsStore], None],
    void: str | None = None,
    settings: dict[str, Any] | None = None,
    packs: tuple[str, ...] = (),
) -> None:
    """What ``base`` crawled, as if it had been crawled that night, with the changes."""
    run = RunFolder(path=story.data / "runs" / f"night-{night:02}")
    shutil.copytree(base.path, run.path)
    run.write_settings(run.read_settings() | (settings or {}))
    moment = FIRST + timedelta(days=night - 1)
    begun = moment.isoformat(timespec="seconds")
    with FactsStore.open(run.facts) as store:
        store.save_run(replace(store.run_facts(), started=begun, finished=begun, void=void))
        for change in changes:
            change(store)
    with time_machine.travel(moment + timedelta(hours=1), tick=True):
        done = judge_run(run, JudgeSettings(as_of=DEMO_AS_OF, data=story.data, packs=packs))
    assert not done.ledger_failed, done.ledger_words
    story.note(night, json.loads(run.result.read_text(encoding="utf-8")))


# -- what changes -------------------------------------------------------------------------------------------------------


def mended(portal: DemoPortal) -> DemoPortal:
    """The portal of the third night: seven faults less, one more."""
    pages = dict(portal.pages)
    pages["/bmcx/gongjiao.html"] = rewritten(pages["/bmcx/"], {"便民查询": "公交线路查询", "/bmcx/yaodian.html": "/bmcx/"})
    pages["/bmcx/"] = rewritten(pages["/bmcx/"], {"/bmcx/yaodian.html": "/bmcx/gongjiao.html"})
    pages["/zwgk/tzgg/fj/canque.docx"] = pages["/zwgk/tzgg/fj/zhegai.docx"]
    notice = "/zwgk/tzgg/202611/t20261113_3428672.html"
    pages[notice] = rewritten(pages[notice], {"fj/gongshi.pdf": "fj/weishangchuan.docx"})
    pages["/zwgk/tzgg/fj/weishangchuan.docx"] = Answer(status=404, body=b"404")
    del pages["/zwgk/tzgg/fj/gongshi.pdf"]
    old, new = "/xwzx/xzdt/202610/t20261005_7398559.html", "/xwzx/xzdt/202611/t20261118_7398560.html"
    words = {"鹭汀镇召开现场答疑": "鹭汀镇举办流动集市", "现场答疑": "流动集市", "2026-10-05": "2026-11-18"}
    pages[new] = rewritten(pages[old], words)
    row = f'<li><a href="{new}">鹭汀镇举办流动集市听取群众意见</a> [2026-11-18]</li>'
    pages["/xwzx/xzdt/"] = rewritten(pages["/xwzx/xzdt/"], {'<ul class="list">': f'<ul class="list">{row}'})
    draft = "/zwgk/tzgg/202610/t20261009_1256746.html"
    del pages[draft]
    for path, answer in list(pages.items()):
        if draft.encode() in answer.body:
            pages[path] = rewritten(answer, {draft: notice})
    empty = "/xwzx/bmdt/202610/t20261028_7284181.html"
    text = "<p>10月28日，县卫生健康局组织二十名医护人员到云碓乡开展义诊，为三百余名群众量血压、测血糖，并发放用药手册。</p>"
    pages[empty] = rewritten(pages[empty], {'<div class="article-body">': f'<div class="article-body">{text}'})
    return replace(portal, pages=pages)


def rewritten(answer: Answer, words: dict[str, str]) -> Answer:
    text = answer.body.decode()
    for old, new in words.items():
        assert old in text, old
        text = text.replace(old, new)
    return replace(answer, body=text.encode())


def lenient_pack(folder: Path) -> Path:
    """A local pack that asks less of ordinary columns."""
    pack = folder / "lenient"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "id: lenient\ntitle: 放宽的检查细则\nversion: 1.0.0\nextends: portal-2019\n"
        "overrides:\n  rules:\n    stale-column:\n      params: {max_age_months: 60}\n",
        encoding="utf-8",
    )
    return pack


def fills_reports(store: FactsStore) -> None:
    """听松街道 puts its annual reports up."""
    years = range(2020, 2026)
    reports = tuple(Entry(title=f"{year}年政府信息公开工作年度报告", url=None, date=f"{year + 1}-01-20") for year in years)
    columns = [
        replace(column, state=ListState.ENTRIES, entries=reports, entries_total=6, newest="2026-01-20", note="")
        if column.url.endswith("/xz/tingsong/nb/")
        else column
        for column in store.columns()
    ]
    store.save_assembly(store.portal, store.departments(), columns)


def renames(store: FactsStore) -> None:
    names = {"县农业农村局": "县农业农村和水利局"}

    def owned(column: MandatoryColumn) -> MandatoryColumn:
        return replace(column, opens_owner=names.get(column.opens_owner or "", column.opens_owner))

    departments = [
        replace(unit, name=names[unit.name], columns={role: owned(column) for role, column in unit.columns.items()})
        if unit.name in names
        else unit
        for unit in store.departments()
    ]
    columns = [replace(column, department=names.get(column.department or "", column.department)) for column in store.columns()]
    store.save_assembly(store.portal, departments, columns)


def failed(result: Any) -> list[Any]:
    return [finding for unit in result["units"] for finding in unit["findings"] if finding["outcome"] == "failed"]


# -- what the table says ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("night", TABLE)
def test_a_night_leaves_exactly_the_events_of_the_table(story, night):
    said = story.events[night]
    if night == 1:
        assert (len(said), {tuple(verbs) for verbs in said.values()}) == (len(failed(story.results[1])), {("发现",)})
    else:
        assert said == TABLE[night].get("tickets", {})


def test_every_history_reads_as_a_story_without_a_gap(story):
    for ticket in story.final.values():
        assert [event.before for event in ticket.events] == [None, *(event.after for event in ticket.events[:-1])]
        assert ticket.state is ticket.events[-1].after
        assert [event.at for event in ticket.events] == sorted(event.at for event in ticket.events)
        assert all(event.note.endswith("。") for event in ticket.events[1:]), ticket.events


def test_the_last_night_leaves_the_states_of_the_table(story):
    states = {name: ticket.state.value for name, ticket in story.final.items()}
    expected = dict.fromkeys(states, "待整改") | TABLE_STATES
    assert states == expected


def test_the_reports_of_the_nights_show_what_changed(story):
    third, ninth = story.results[3], story.results[9]
    fixed = {line["ticket"] for unit in third["units"] for line in unit["fixed"]}
    assert len(fixed) == 7
    changes = [finding["change"] for finding in failed(ninth)]
    assert {word: changes.count(word) for word in set(changes)} == {"still": len(changes) - 9, "reopened": 8, "new": 1}
    portal = ninth["units"][0]
    assert len(portal["trend"]) == 7
    assert {finding["change"] for finding in failed(story.results[1])} == {""}


def test_a_void_night_shows_no_tickets_as_mended(story):
    assert [line for unit in story.results[4]["units"] for line in unit["fixed"]] == []
