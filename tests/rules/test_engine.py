"""The engine: outcomes, honesty about what was not seen, words, order, errors."""

import logging
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from crawler.facts import ColumnFacts, DepartmentFacts, Evidence, MemoryFacts, PageFacts
from rules.engine import evaluate
from rules.factories import make_column, make_facts, make_link, make_page
from rules.loader import load_packs
from rules.model import (
    Clause,
    ClauseKind,
    ClauseStatus,
    Context,
    Judgement,
    Outcome,
    Pack,
    Rule,
    Source,
    Subject,
)
from rules.registry import Check, CheckParams, _checks, checks

DAY = date(2026, 11, 20)
SOURCE = Source(document="示例")


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    limit: int = 3


ALL = {outcome: frozenset({"what"}) for outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.CANT_TELL, Outcome.UNTESTED)}


@pytest.fixture
def packs_with(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function from a judging function to a pack with one rule that uses it."""

    def make(judge: Any, *, subject: Subject = Subject.COLUMN, check: Mapping[str, Any] | None = None, **rule: Any) -> list[Pack]:
        checks()
        probe = Check(
            name="probe",
            subject=subject,
            params=Params,
            judge=judge,
            **{"fields": ALL, "needs": frozenset(), "only_faults": False, "summary": "x", **(check or {})},
        )
        monkeypatch.setitem(_checks, "probe", probe)
        checks.cache_clear()
        monkeypatch.setattr("rules.engine.checks", lambda: {"probe": probe})
        made = Rule(
            **{
                "id": "probe-rule",
                "title": "探针",
                "pack": "p",
                "check": "probe",
                "subject": subject,
                "outcome": Outcome.FAILED,
                "params": Params(),
                "messages": {outcome: f"{outcome}：{{what}}，限 {{limit}}。" for outcome in ALL},
                **rule,
            }
        )
        clause = Clause(id="c", title="条款", kind=ClauseKind.DEDUCTION, status=ClauseStatus.AUTOMATED, rules=("probe-rule",))
        return [Pack(id="p", title="包", version="1.0", source=SOURCE, clauses=(clause,), rules=(made,))]

    yield make
    checks.cache_clear()


def says(outcome: Outcome, **more: Any) -> Any:
    def judge(subject: Any, params: Params, context: Context) -> Judgement:
        return Judgement(**{"outcome": outcome, "url": getattr(subject, "url", ""), "values": {"what": "甲"}, **more})

    return judge


def columns(*described: dict[str, Any]) -> MemoryFacts:
    return make_facts({"columns": list(described)})


def test_a_failed_judgement_becomes_a_finding_with_rule_clause_and_words(packs_with: Any) -> None:
    found = evaluate(columns({"url": "http://x.example/a/", "department": "财政局"}), packs_with(says(Outcome.FAILED)), DAY)
    finding = found.findings[0]
    assert (finding.rule, finding.clause, finding.pack, finding.department) == ("probe-rule", "c", "p", "财政局")
    assert finding.message == "failed：甲，限 3。"
    assert found.tally == {("probe-rule", "财政局"): {Outcome.FAILED: 1}}


def test_a_lead_rule_accuses_nobody(packs_with: Any) -> None:
    found = evaluate(columns({}), packs_with(says(Outcome.FAILED), outcome=Outcome.LEAD), DAY)
    assert [finding.outcome for finding in found.findings] == [Outcome.LEAD]
    assert found.tally == {("probe-rule", None): {Outcome.LEAD: 1}}


@pytest.mark.parametrize("outcome", [Outcome.CANT_TELL, Outcome.UNTESTED])
def test_what_was_not_decided_is_an_open_question(packs_with: Any, outcome: Outcome) -> None:
    found = evaluate(columns({}), packs_with(says(outcome)), DAY)
    assert not found.findings
    assert [question.outcome for question in found.open_questions] == [outcome]


@pytest.mark.parametrize(
    ("outcome", "named"),
    [(Outcome.FAILED, True), (Outcome.CANT_TELL, True), (Outcome.PASSED, False), (Outcome.UNTESTED, False)],
)
def test_every_address_of_a_fault_or_a_doubt_is_named_for_the_next_night_and_no_other(
    packs_with: Any, outcome: Outcome, named: bool
) -> None:
    more = {"found_on": ("http://x.example/",), "evidence": (Evidence(url="http://x.example/a/1.html"), Evidence(url=""))}
    # More than a finding, or a list of open questions, would show.
    many = columns(*({"url": f"http://x.example/{number}/"} for number in range(200)))
    found = evaluate(many, packs_with(says(outcome, group="一处", **more), group_above=5), DAY)
    every = {"http://x.example/", "http://x.example/a/1.html", *(f"http://x.example/{number}/" for number in range(200))}
    assert found.named == (every if named else set())


def test_a_passed_subject_is_counted_and_not_listed(packs_with: Any) -> None:
    found = evaluate(columns({}, {}), packs_with(says(Outcome.PASSED)), DAY)
    assert (found.findings, found.open_questions) == ((), ())
    assert found.tally == {("probe-rule", None): {Outcome.PASSED: 2}}


def test_a_rule_that_concerns_no_subject_is_inapplicable(packs_with: Any) -> None:
    found = evaluate(columns({}), packs_with(lambda *_: None), DAY)
    assert found.tally == {("probe-rule", None): {Outcome.INAPPLICABLE: 1}}


@pytest.mark.parametrize(("subject", "words"), [(Subject.COLUMN, "没有读到任何栏目"), (Subject.DEPARTMENT, "没有找到单位名单")])
def test_without_any_columns_or_departments_a_rule_is_untested_not_fine(packs_with: Any, subject: Subject, words: str) -> None:
    found = evaluate(make_facts({}), packs_with(says(Outcome.PASSED), subject=subject), DAY)
    assert [question.outcome for question in found.open_questions] == [Outcome.UNTESTED]
    assert words in found.open_questions[0].message


def test_links_that_are_fine_never_come_so_none_means_passed(packs_with: Any) -> None:
    packs = packs_with(says(Outcome.FAILED), subject=Subject.LINK, check={"only_faults": True})
    assert evaluate(make_facts({}), packs, DAY).tally == {("probe-rule", None): {Outcome.PASSED: 1}}
    nothing_fetched = make_facts({"run": {"pages_fetched": 0}})
    assert evaluate(nothing_fetched, packs, DAY).tally == {("probe-rule", None): {Outcome.INAPPLICABLE: 1}}


def test_a_check_that_raises_is_an_error_for_its_subject_and_the_rest_goes_on(
    packs_with: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def judge(column: ColumnFacts, params: Params, context: Context) -> Judgement:
        if "bad" in column.url:
            raise RuntimeError("身份证 110101 <script>")
        return says(Outcome.FAILED)(column, params, context)

    with caplog.at_level(logging.ERROR):
        found = evaluate(columns({"url": "http://x/bad/"}, {"url": "http://x/good/"}), packs_with(judge), DAY)
    assert [finding.url for finding in found.findings] == ["http://x/good/"]
    assert found.errors == ("probe-rule: RuntimeError",)
    assert [question.outcome for question in found.open_questions] == [Outcome.ERROR]
    assert found.tally == {("probe-rule", None): {Outcome.ERROR: 1, Outcome.FAILED: 1}}
    for text in (caplog.text, found.open_questions[0].message):
        assert "110101" not in text


def test_a_check_that_raises_half_way_keeps_what_it_said_before(packs_with: Any) -> None:
    def judge(column: ColumnFacts, params: Params, context: Context) -> Iterator[Judgement]:
        yield says(Outcome.FAILED)(column, params, context)
        raise KeyError("x")

    found = evaluate(columns({}), packs_with(judge), DAY)
    assert (len(found.findings), found.errors) == (1, ("probe-rule: KeyError",))


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement(outcome=Outcome.FAILED, url="http://x/", values={}),
        Judgement(outcome=Outcome.LEAD, url="http://x/", values={"what": "甲"}),
        Judgement(outcome=Outcome.CANT_TELL, url="http://x/"),
    ],
    ids=["a field left empty", "an outcome it did not declare", "an open question without its reason"],
)
def test_a_judgement_that_breaks_its_word_is_an_error_of_the_rule(packs_with: Any, judgement: Judgement) -> None:
    found = evaluate(columns({}), packs_with(lambda *_: judgement), DAY)
    assert not found.findings
    assert len(found.errors) == 1


def test_a_void_run_fails_nothing_and_says_so_for_every_unit() -> None:
    facts = make_facts(
        {
            "run": {"void": "网站的防护在检查中途拦截了访问。"},
            "departments": [{"name": "财政局"}, {"name": "教育局"}],
            "columns": [{"column_type": "news", "state": "empty"}],
            "links": [{"tries": [404, 404, 404]}],
        }
    )
    packs = load_packs()
    found = evaluate(facts, packs, DAY)
    assert found.findings == ()
    assert {outcome for counts in found.tally.values() for outcome in counts} == {Outcome.UNTESTED}
    assert {rule for rule, _ in found.tally} == {rule.id for pack in packs for rule in pack.rules}
    assert ("missing-guide-column", "教育局") in found.tally
    assert all("作废（网站的防护在检查中途拦截了访问）" in question.message for question in found.open_questions)


def test_page_text_has_no_power_over_messages_subjects_and_quotes(packs_with: Any) -> None:
    hostile = "\x1b]0;x\x07{title.__class__}\u202e<b>\r\n=1+1"
    judge = says(
        Outcome.FAILED,
        subject=hostile,
        values={"what": hostile},
        evidence=(Evidence(url="http://x/", quote=hostile, where=hostile),),
    )
    finding = evaluate(columns({}), packs_with(judge), DAY).findings[0]
    for text in (finding.message, finding.subject, finding.evidence[0].quote, finding.evidence[0].where):
        assert not set(text) & set("\x1b\x07\u202e\r\n")
        assert "{title.__class__}" in text


def test_the_fingerprint_keeps_through_scheme_www_words_and_thresholds_and_changes_with_the_subject(packs_with: Any) -> None:
    def print_of(url: str, **rule: Any) -> str:
        judge = says(Outcome.FAILED, url=url, **rule.pop("judgement", {}))
        return evaluate(columns({}), packs_with(judge, **rule), DAY).findings[0].fingerprint

    first = print_of("http://www.x.example/a/")
    assert len(first) == 16
    assert first == print_of("https://x.example/a/index.html", messages={Outcome.FAILED: "别的话。"}, params=Params(limit=9))
    others = [
        print_of("http://x.example/b/"),
        print_of("http://x.example/a/", judgement={"department": "财政局"}),
        print_of("http://x.example/a/", judgement={"key": "guide"}),
        print_of("http://x.example/a/", id="other-rule"),
    ]
    assert len({first, *others}) == 5


def test_the_known_fingerprint_of_a_finding_never_changes(packs_with: Any) -> None:
    judge = says(Outcome.FAILED, url="http://www.x.example/a/", department="财政局", key="k")
    assert evaluate(columns({}), packs_with(judge), DAY).findings[0].fingerprint == "ce7f316f19135360"


def test_one_subject_met_twice_is_one_finding(packs_with: Any) -> None:
    described = [
        {"url": f"{scheme}x.example/a/", "found_on": [f"http://x.example/{n}/"]}
        for n, scheme in enumerate(("http://", "https://www."))
    ]

    def judge(column: ColumnFacts, params: Params, context: Context) -> Judgement:
        return says(Outcome.FAILED, found_on=column.found_on)(column, params, context)

    findings = evaluate(columns(*described), packs_with(judge), DAY).findings
    assert [(finding.count, finding.found_on_count) for finding in findings] == [(1, 2)]


def test_pages_belong_to_the_unit_with_the_longest_prefix(packs_with: Any) -> None:
    facts = make_facts(
        {
            "departments": [
                {"name": "县政府", "url_prefixes": ["http://x.example/"]},
                {"name": "财政局", "url_prefixes": ["http://x.example/czj/"]},
            ],
            "pages": [{"url": "https://www.x.example/czj/1.html"}, {"url": "http://y.example/1.html"}],
        }
    )
    findings = evaluate(facts, packs_with(says(Outcome.FAILED), subject=Subject.PAGE), DAY).findings
    assert {finding.url: finding.department for finding in findings} == {
        "https://www.x.example/czj/1.html": "财政局",
        "http://y.example/1.html": None,
    }


def test_checks_get_the_columns_they_need_and_no_others(packs_with: Any) -> None:
    seen: list[Context] = []

    def judge(department: DepartmentFacts, params: Params, context: Context) -> None:
        seen.append(context)

    facts = make_facts(
        {
            "departments": [{"name": "财政局"}],
            "columns": [
                {"column_type": "annual_report", "department": "财政局", "entries": ["2026-01-01 年报"]},
                {"column_type": "news", "department": "财政局"},
            ],
        }
    )
    evaluate(facts, packs_with(judge, subject=Subject.DEPARTMENT, check={"needs": frozenset({"annual_report"})}), DAY)
    assert list(seen[0].columns) == [("财政局", "annual_report")]
    assert list(seen[0].listed) == ["shili.example/20260101.html"]


@dataclass
class CountingFacts:
    """Facts that count how often they are gone through."""

    inner: MemoryFacts
    passes: dict[str, int]

    def __getattr__(self, name: str) -> Any:
        self.passes[name] = self.passes.get(name, 0) + 1
        return getattr(self.inner, name)


def test_columns_pages_and_links_are_gone_through_once_with_all_packs() -> None:
    facts = CountingFacts(make_facts({"columns": [{}], "pages": [{}], "links": [{"tries": [404]}]}), {})
    evaluate(facts, load_packs(), DAY)
    assert {name: facts.passes[name] for name in ("columns", "pages", "links")} == {"columns": 1, "pages": 1, "links": 1}


def test_the_order_in_which_facts_come_changes_nothing() -> None:
    rich = {
        "departments": [{"name": name, "columns": ["guide"]} for name in "甲乙丙"],
        "columns": [
            {"column_type": kind, "state": "empty", "department": name} for kind in ("guide", "news") for name in "甲乙丙"
        ],
        "links": [{"url": f"http://x.example/{n}", "tries": [404, 404, 404]} for n in range(30)],
    }
    facts, packs = make_facts(rich), load_packs()
    mixed = random.Random(7)
    shuffled = MemoryFacts(
        portal=facts.portal,
        run=facts.run,
        department_list=tuple(mixed.sample(facts.department_list, len(facts.department_list))),
        column_list=tuple(mixed.sample(facts.column_list, len(facts.column_list))),
        link_list=tuple(mixed.sample(facts.link_list, len(facts.link_list))),
    )
    first, second = evaluate(facts, packs, DAY), evaluate(shuffled, tuple(reversed(packs)), DAY)
    assert first.findings == second.findings
    assert first.open_questions == second.open_questions
    assert list(first.tally.items()) == list(second.tally.items())


def test_a_portal_on_which_all_is_well_gives_no_finding_and_no_open_question_of_its_columns() -> None:
    day = "2026-11-19"
    four = ["guide", "regulations", "statutory_content", "annual_report"]
    guide = (
        "信息分类：机构职能、政策文件。编排体系：按索引号编排。获取方式：登录网站查阅。工作机构名称：示例县财政局办公室。"
        "办公地址：示例县安康路8号。办公时间：上午8:30—12:00。联系电话：0790-8000001。传真：0790-8000002。"
        "电子邮箱：czj@shili.example。依申请公开：可以当面提交申请表，收到后按条例规定的时限答复，申请人可以查询办理进度。"
        "对答复不满意的，可以依法申请行政复议或者提起行政诉讼，也可以向上级机关反映情况。"
    )
    unit = {"name": "示例县财政局", "department": "示例县财政局"}
    facts = make_facts(
        {
            "portal": {
                "xxgk_entry": {"text": "政府信息公开"},
                "xxgk_url": "http://www.shili.example/xxgk/",
                "home": {
                    "url": "http://www.shili.example/",
                    "kind": "home",
                    "entries": [f"{day} 要闻"],
                    "site_id_code": {"meta": "9900000001", "footer": "9900000001"},
                    "insecure": [],
                    "foreign_columns": [],
                },
                "transport": {
                    "https": True,
                    "https_tries": 1,
                    "certificate_expires": f"{DAY.year + 1}-{DAY:%m-%d}",
                    "has_aaaa": True,
                },
                "new_media": [{"name": "示例发布", "last_post": day}],
                "search": {
                    "form": {"action": "http://www.shili.example/ss/", "field": "q"},
                    "tried": [
                        {
                            "title": f"关于做好第{number}批工作的通知",
                            "url": f"http://www.shili.example/a{number}.html",
                            "asked": f"http://www.shili.example/ss/?q={number}",
                            "found": True,
                            "status": 200,
                        }
                        for number in range(1, 5)
                    ],
                },
            },
            "run": {
                "availability": {"days": 7, "a_day": 24, "failed": 1},
                "unknown_pages": [{"url": "http://www.shili.example/0f3a.html", "status": 404}] * 2,
            },
            "departments": [
                {
                    "name": unit["name"],
                    "url": "http://www.shili.example/czj/",
                    "has_application_channel": True,
                    "columns": {kind: {"opens_type": kind} for kind in four},
                }
            ],
            "columns": [
                {"column_type": "guide", "department": unit["name"], "text": guide, "updated": "2026-03-01"},
                {"column_type": "regulations", "department": unit["name"], "entries": ["2024-01-01 制度"]},
                {"column_type": "statutory_content", "department": unit["name"], "state": "forwards"},
                {
                    "column_type": "statutory",
                    "statutory_items": [2, 7],
                    "department": unit["name"],
                    "entries": [day, "2026-10-01"],
                },
                {
                    "column_type": "annual_report",
                    "department": unit["name"],
                    "entries": ["2026-01-10 2025年政府信息公开工作年度报告", "2025-01-10 2024年政府信息公开工作年度报告"],
                },
                *(
                    {"column_type": kind, "entries": [day, "2026-11-01"]}
                    for kind in (
                        "news",
                        "notices",
                        "policy",
                        "interpretation",
                        "message_board",
                        "service_statistics",
                        "personnel",
                        "plans",
                    )
                ),
            ],
        }
    )
    found = evaluate(facts, load_packs(), DAY)
    assert found.findings == ()
    assert found.errors == ()
    assert {question.pack for question in found.open_questions} == {"grassroots-catalogue"}, "it has no such section"


def test_a_honeypot_page_on_which_every_keyword_stands_fires_nothing() -> None:
    words = "政府信息公开指南 制度 年报 情况说明 暂无信息 2025年政府信息公开工作年度报告解读 404 页面不存在 置顶 归档"
    pages = [make_page(url=f"http://x.example/{n}.html", title=words, text=words, page_title=words) for n in range(3)]
    facts = MemoryFacts(
        portal=make_facts({"portal": {"xxgk_entry": {}}}).portal,
        run=make_facts({}).run,
        page_list=tuple(pages),
        column_list=(make_column(name=words, entries=[f"2026-11-19 {words}"]),),
        link_list=(make_link(url="http://x.example/ok", tries=[200]),),
    )
    assert evaluate(facts, load_packs(), DAY).findings == ()


def test_pages_facts_of_all_kinds_do_not_raise() -> None:
    from crawler.facts import PageKind

    facts = MemoryFacts(
        portal=make_facts({}).portal,
        run=make_facts({}).run,
        page_list=tuple(PageFacts(url=f"http://x.example/{kind}", kind=kind) for kind in PageKind),
    )
    assert evaluate(facts, load_packs(), DAY).errors == ()


def test_a_check_is_asked_of_the_pages_that_concern_it_and_of_no_others(packs_with: Any) -> None:
    facts = make_facts({"pages": [{"url": "http://x.example/a.html"}, {"url": "http://x.example/b.html"}]})
    chosen = {"pages": lambda page: page.url.endswith("a.html")}
    found = evaluate(facts, packs_with(says(Outcome.FAILED), subject=Subject.PAGE, check=chosen), DAY)
    assert [finding.url for finding in found.findings] == ["http://x.example/a.html"]


def test_what_a_page_is_is_asked_once_for_all_checks_that_want_to_know(packs_with: Any) -> None:
    asked: list[str] = []

    def choice(page: PageFacts) -> bool:
        asked.append(page.url)
        return True

    (pack,) = packs_with(says(Outcome.FAILED), subject=Subject.PAGE, check={"pages": choice})
    pack = replace(pack, rules=tuple(replace(pack.rules[0], id=f"probe-{number}") for number in range(5)))
    found = evaluate(make_facts({"pages": [{"url": "http://x.example/a.html"}]}), [pack], DAY)
    assert len(found.findings) == 5
    assert asked == ["http://x.example/a.html"]


@pytest.mark.parametrize("raised", [ValueError("page"), KeyError("page")])
def test_a_page_that_cannot_be_told_is_an_error_of_the_rules_that_asked(packs_with: Any, raised: Exception) -> None:
    def choice(page: PageFacts) -> bool:
        raise raised

    facts = make_facts({"pages": [{"url": "http://x.example/a.html"}]})
    found = evaluate(facts, packs_with(says(Outcome.FAILED), subject=Subject.PAGE, check={"pages": choice}), DAY)
    assert found.errors == (f"probe-rule: {type(raised).__name__}",)
