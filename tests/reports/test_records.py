"""findings.jsonl, run.json, tickets.json, result.json: keys that other people's scripts rely on."""

import json

from reports.records import findings_jsonl, result_json, run_json, tickets_json
from reports.result import AuditResult
from tests.reports.factories import AS_OF, HOST, make_finding, make_result, make_unit, rich_result

FINDING_KEYS = ["rule", "outcome", "department", "url", "found_on", "message", "pack", "clause", "evidence", "fingerprint", "due"]
RUN_KEYS = [
    "schema", "portal", "as_of", "started", "finished", "void", "packs", "departments", "pages_fetched",
    "addresses_fetched", "requests", "not_modified", "carried_not_due", "pages_with_links_cut", "bytes",
    "skipped", "failures", "outcomes", "findings", "leads",
]  # fmt: skip


def test_one_finding_a_line_with_exactly_the_promised_keys() -> None:
    lines = [json.loads(line) for line in findings_jsonl(rich_result()).splitlines()]
    assert len(lines) == 7
    for line in lines:
        assert list(line) == FINDING_KEYS
        assert line["outcome"] in {"failed", "lead"}
        assert all(list(item) == ["url", "capture", "fetched_at", "quote", "where"] for item in line["evidence"])


def test_waived_findings_are_not_among_the_findings() -> None:
    assert findings_jsonl(make_result(make_unit(findings=(make_finding(outcome="waived"),)))) == ""


def test_lines_do_not_depend_on_the_order_of_units_and_are_not_repeated() -> None:
    one, two = make_unit(findings=(make_finding(),)), make_unit(name="乙", findings=(make_finding(), make_finding(rule="a-rule")))
    assert findings_jsonl(make_result(one, two)) == findings_jsonl(make_result(two, one))
    assert len(findings_jsonl(make_result(one, two)).splitlines()) == 2


def test_samples_of_a_folded_finding_are_among_its_addresses() -> None:
    finding = make_finding(found_on=(f"{HOST}/a",), samples=(f"{HOST}/b", "“办事大厅”", f"{HOST}/a"))
    line = json.loads(findings_jsonl(make_result(make_unit(findings=(finding,)))))
    assert line["found_on"] == [f"{HOST}/a", f"{HOST}/b"]


def test_chinese_is_written_as_it_is_and_line_ends_in_texts_do_not_break_lines() -> None:
    text = findings_jsonl(make_result(make_unit(findings=(make_finding(message="一行\n二行\u2028三行"),))))
    assert text.count("\n") == 1
    assert "松湖县教育局" in text


def test_the_portals_own_findings_have_no_department() -> None:
    portal = make_unit(kind="portal", findings=(make_finding(department=None),))
    assert json.loads(findings_jsonl(make_result(portal)))["department"] is None


def test_run_json_has_exactly_the_promised_keys() -> None:
    run = json.loads(run_json(rich_result()))
    assert list(run) == RUN_KEYS
    assert run["schema"] == "zhaocuo.run/1"
    assert run["portal"] == f"{HOST}/"
    assert run["as_of"] == AS_OF
    assert run["void"] is None
    assert run["packs"] == ["xxgk-platform", "portal-2019"]
    assert (run["pages_fetched"], run["addresses_fetched"], run["findings"], run["leads"]) == (1002, 1150, 6, 1)
    assert (run["not_modified"], run["carried_not_due"], run["pages_with_links_cut"]) == (310, 400, 1)
    assert run["failures"] == {"not-found": 15, "timeout-read": 4}


def test_departments_are_all_units_but_the_portal_with_four_columns_each() -> None:
    government = make_unit(name="松湖县人民政府办公室", kind="government", url=None)
    run = json.loads(run_json(rich_result(units=(*rich_result().units, government))))
    assert [item["name"] for item in run["departments"]] == [
        "松湖县财政局", "松湖县教育局", "松湖县民政局", "松湖县卫生健康委员会", "松湖县人民政府办公室",
    ]  # fmt: skip
    assert all(
        list(item["columns"]) == ["guide", "regulations", "statutory_content", "annual_report"] for item in run["departments"]
    )
    assert run["departments"][1]["columns"]["annual_report"] is None
    assert run["departments"][1]["columns"]["guide"] == f"{HOST}/bm/jyj/guide/"
    assert run["departments"][4]["columns"] == dict.fromkeys(["guide", "regulations", "statutory_content", "annual_report"])


def test_tickets_have_the_promised_keys_and_none_is_an_empty_list() -> None:
    assert json.loads(tickets_json(make_result())) == []
    ticket = json.loads(tickets_json(rich_result()))[0]
    assert list(ticket) == [
        "id", "fingerprint", "rule", "department", "url", "state", "source", "first_seen", "last_seen",
        "due", "provisional_due", "history",
    ]  # fmt: skip


def test_result_json_reads_back_as_the_same_result() -> None:
    result = rich_result()
    assert AuditResult.model_validate_json(result_json(result)) == result
