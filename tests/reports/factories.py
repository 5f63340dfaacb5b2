"""Made-up results: a portal with a good, a bad, a provisional and an untested 单位, and values for one thing under test."""

from typing import Any

from reports.result import (
    AuditResult,
    ColumnLine,
    DueSoonLine,
    EvidenceLine,
    FindingLine,
    FixedLine,
    Light,
    ManualLine,
    OpenLine,
    PackLine,
    PassedLine,
    PortalLine,
    Reconciliation,
    Score,
    ScoreItem,
    TicketEvent,
    TicketLine,
    TrendPoint,
    Unit,
    WaiverLine,
)

AS_OF = "2026-11-20"
HOST = "http://www.songhu.example"
DOCUMENT = "《关于规范政府信息公开平台有关事项的通知》国办公开办函〔2019〕61号第二条"
COLUMNS = (("guide", "指南"), ("regulations", "制度"), ("statutory_content", "法定主动公开内容"), ("annual_report", "年报"))


def make_evidence(**words: Any) -> EvidenceLine:
    fields = {
        "url": f"{HOST}/bm/jyj/",
        "capture": "<urn:uuid:6f1d2c7e-0b53-4a8e-9d7e-2f5a1c3b9e01>",
        "fetched_at": f"{AS_OF}T02:14:37+08:00",
        "quote": "本栏目暂无内容",
        "where": "list",
    }
    return EvidenceLine(**(fields | words))


def make_finding(**words: Any) -> FindingLine:
    fields = {
        "number": "F-3a9c01d2",
        "rule": "empty-mandatory-column",
        "rule_title": "法定栏目没有内容",
        "outcome": "failed",
        "department": "松湖县教育局",
        "url": f"{HOST}/bm/jyj/zfxxgkzd/",
        "subject": "政府信息公开 › 松湖县教育局 › 政府信息公开制度",
        "message": "“政府信息公开制度”栏目没有任何内容，两次打开都是空的。",
        "rationale": "四个法定栏目必须有实际内容，空栏目会让群众查不到应当公开的信息。",
        "remediation": "把现行有效的政府信息公开制度文件发布到本栏目。",
        "pack": "xxgk-platform",
        "clause": "platform-2",
        "clause_title": "法定栏目齐全且有内容",
        "clause_kind": "deduction",
        "source": DOCUMENT,
        "source_sureness": "V",
        "evidence": (make_evidence(),),
        "found_on": (f"{HOST}/bm/jyj/",),
        "found_on_count": 1,
        "fingerprint": "3a9c01d2e4f50617",
        "due": "2026-12-04",
        "points": 2.0,
    }
    return FindingLine(**(fields | words))


def make_waiver(**words: Any) -> WaiverLine:
    fields = {
        "state": "used",
        "ticket": "T000009",
        "rule": "stale-interpretation-column",
        "rule_title": "政策解读不更新",
        "url": f"{HOST}/bm/jyj/zcjd/",
        "subject": "政府信息公开 › 松湖县教育局 › 政策解读",
        "message": "“政策解读”栏目 200 天没有更新。",
        "reason": "栏目正在与上级平台合并。",
        "by": "周督办",
        "granted": "2026-10-12",
        "until": "2026-12-31",
    }
    return WaiverLine(**(fields | words))


def make_unit(**words: Any) -> Unit:
    fields = {
        "slug": "松湖县教育局",
        "name": "松湖县教育局",
        "kind": "department",
        "group": "政府部门",
        "url": f"{HOST}/bm/jyj/",
        "score": Score(low=96.5, high=96.5, verdict="合格", tested_share=1.0),
    }
    return Unit(**(fields | words))


def make_result(*units: Unit, **words: Any) -> AuditResult:
    fields = {
        "portal": PortalLine(name="松湖县人民政府", url=f"{HOST}/", site_id_code="9900120003"),
        "as_of": AS_OF,
        "started": f"{AS_OF}T01:00:00+08:00",
        "finished": f"{AS_OF}T03:25:41+08:00",
        "run": "songhu-20261120-0100",
        "version": "0.1.0",
        "units": units,
    }
    return AuditResult(**(fields | words))


def make_lights(base: str, **states: str) -> tuple[Light, ...]:
    """Four lights, ``ok`` unless a state is given by column type."""
    texts = {"ok": "有信息列表", "failed": "栏目没有内容", "lead": "只有情况说明", "unknown": "页面由脚本生成，未能读取"}
    return tuple(
        Light.model_validate(
            {
                "column_type": kind,
                "label": label,
                "state": (state := states.get(kind, "ok")),
                "state_text": texts[state],
                "url": None if state == "failed" and kind == "annual_report" else f"{base}{kind}/",
                "newest": "2026-11-02" if state == "ok" else None,
                "entries": 12 if state == "ok" else None,
            }
        )
        for kind, label in COLUMNS
    )


def make_column(**words: Any) -> ColumnLine:
    fields = {
        "name": "通知公告",
        "path": "政府信息公开 › 松湖县教育局 › 通知公告",
        "url": f"{HOST}/bm/jyj/tzgg/",
        "column_type": "notices",
        "state": "entries",
        "entries": 48,
        "newest": "2026-10-28",
        "age_days": 23,
        "max_age_days": 180,
        "status": "fresh",
    }
    return ColumnLine(**(fields | words))


def rich_result(**words: Any) -> AuditResult:
    """Every kind of line at least once."""
    units = (portal_unit(), good_unit(), bad_unit(), provisional_unit(), untested_unit())
    fields = {
        "packs": (
            PackLine(
                id="xxgk-platform",
                title="政府信息公开专栏",
                version="2026.1",
                source="国办公开办函〔2019〕61号",
                thresholds={"指南一年内未更新（outdated-guide）": "max_age_days=365"},
            ),
            PackLine(
                id="portal-2019",
                title="政府网站与政务新媒体检查指标",
                version="2026.1",
                source="国办秘函〔2019〕19号",
                thresholds={
                    "动态要闻栏目不更新（stale-news-column）": "max_age_days=14",
                    "空白栏目（empty-column）": "times_seen=2",
                },
            ),
        ),
        "settings": {"两次请求的间隔": "1 秒", "并发": "2", "异议受理": "松湖县政府办公室政务公开股，电话 0000-1234567"},
        "reconciliation": Reconciliation(
            discovered=1204,
            fetched=1150,
            pages=1002,
            skipped={"robots": 12, "trap-calendar": 21, "an-unheard-of-reason": 2},
            failures={"not-found": 15, "timeout-read": 4},
        ),
        "requests": 1288,
        "bytes": 48_350_112,
        "not_modified": 310,
        "not_due": 400,
        "cut_pages": 1,
        "outcomes": {"passed": 2210, "failed": 7, "lead": 2, "cant_tell": 3, "untested": 6, "inapplicable": 190, "error": 1},
        "tickets": (
            TicketLine(
                id="T-0001",
                fingerprint="3a9c01d2e4f50617",
                rule="empty-mandatory-column",
                department="松湖县教育局",
                url=f"{HOST}/bm/jyj/zfxxgkzd/",
                state="待整改",
                source="audit",
                first_seen="2026-11-19",
                last_seen=AS_OF,
                due="2026-12-04",
                history=(TicketEvent(at="2026-11-19T03:00:00+08:00", state="待整改"),),
            ),
            TicketLine(
                id="T-0009",
                fingerprint="9999999999999999",
                rule="outdated-guide",
                department="松湖县教育局",
                url=f"{HOST}/bm/jyj/zs/",
                state="已反馈",
                source="zhaocuo",
                first_seen="2026-11-12",
                last_seen="2026-11-12",
                due="2026-11-19",
                history=(
                    TicketEvent(at="2026-11-12T09:00:00+08:00", state="待整改"),
                    TicketEvent(at="2026-11-16T09:00:00+08:00", state="已反馈", by="教育局", note="招生页面已更正，请复查。"),
                ),
            ),
            TicketLine(id="T-0002", fingerprint="2", rule="empty-column", department="松湖县教育局", state="销号"),
        ),
    }
    return make_result(*units, **(fields | words))


def portal_unit() -> Unit:
    return make_unit(
        slug="portal",
        name="松湖县人民政府",
        kind="portal",
        group="门户网站",
        url=f"{HOST}/",
        score=Score(
            low=91.0,
            high=94.0,
            verdict="暂定合格",
            tested_share=0.965,
            pass_mark=60,
            items=(
                make_item(pack="portal-2019", clause="1-2", title="栏目不更新", kind="veto", points=None),
                make_item(
                    pack="portal-2019",
                    clause="2-3",
                    title="链接可用性",
                    points=10,
                    deducted=6,
                    deducted_at_most=9,
                    findings=2,
                    undecided=3,
                ),
                make_item(
                    pack="portal-2019", clause="3-1", title="依申请公开答复", status="manual", outcome="untested", points=5
                ),
            ),
        ),
        previous=88.0,
        trend=(
            TrendPoint(as_of="2026-09-20", low=84.0, high=86.0),
            TrendPoint(as_of="2026-10-20", low=88.0, high=88.0),
            TrendPoint(as_of=AS_OF, low=91.0, high=94.0),
        ),
        columns=(
            make_column(
                name="松湖要闻",
                path="首页 › 松湖要闻",
                url=f"{HOST}/xw/",
                newest="2026-11-18",
                age_days=2,
                max_age_days=14,
                column_type="news",
            ),
            make_column(
                name="专题专栏",
                path="首页 › 专题专栏",
                url=f"{HOST}/zt/",
                newest="2023-05-01",
                age_days=None,
                max_age_days=None,
                status="no-period",
            ),
        ),
        findings=(
            make_finding(
                number="F-77aa0102",
                rule="dead-homepage-link",
                rule_title="首页链接打不开",
                department=None,
                url=f"{HOST}/old/notice.html",
                subject="“办事大厅”链接",
                message="首页的“办事大厅”链接打不开：三次访问均返回 404。",
                pack="portal-2019",
                clause="2-3",
                clause_title="链接可用性",
                source="《政府网站与政务新媒体检查指标》国办秘函〔2019〕19号",
                source_sureness="V-m",
                found_on=(f"{HOST}/",),
                found_on_count=1,
                fingerprint="77aa01020304aabb",
                points=5.0,
                evidence=(make_evidence(url=f"{HOST}/old/notice.html", quote="404 Not Found", where="status"),),
            ),
            make_finding(
                number="F-88bb0102",
                rule="missing-police-record",
                rule_title="页脚缺少公安备案号",
                department=None,
                url=f"{HOST}/",
                subject="页脚",
                message="首页和抽查的 6 个页面的页脚都没有公安备案号。",
                pack="portal-2019",
                clause="2-3",
                clause_title="链接可用性",
                source_sureness="U",
                found_on=(),
                samples=tuple(f"{HOST}/xw/2026/t{n}.html" for n in range(6)),
                count=6,
                fingerprint="88bb01020304aabb",
                points=1.0,
            ),
        ),
        open=(
            make_open(
                rule="dead-outlink",
                rule_title="站外链接打不开",
                outcome="cant_tell",
                url="https://service.example.org/x",
                count=3,
            ),
        ),
        passed=(
            PassedLine(rule="dead-link", rule_title="站内链接打不开", count=1090),
            PassedLine(rule="missing-icp-record", rule_title="页脚缺少 ICP 备案号", count=7),
        ),
        manual=(
            ManualLine(
                pack="portal-2019",
                clause="3-1",
                title="依申请公开答复是否按期",
                notes="需要调阅答复记录。",
                source="条例第三十三条",
            ),
        ),
    )


def make_item(**words: Any) -> ScoreItem:
    fields = {
        "pack": "xxgk-platform",
        "clause": "platform-2",
        "title": "法定栏目齐全且有内容",
        "kind": "deduction",
        "status": "automated",
        "outcome": "failed" if words.get("findings") else "passed",
        "points": 20.0,
        "official": False,
        "source": "国办公开办函〔2019〕61号",
    }
    return ScoreItem(**(fields | words))


def make_open(**words: Any) -> OpenLine:
    fields = {
        "rule": "outdated-guide",
        "rule_title": "指南一年内未更新",
        "outcome": "untested",
        "department": "松湖县教育局",
        "url": f"{HOST}/bm/jyj/zfxxgkzn/",
        "subject": "政府信息公开指南",
        "message": "页面三次打开都超时，没有看到内容。",
    }
    return OpenLine(**(fields | words))


def good_unit() -> Unit:
    base = f"{HOST}/bm/czj/"
    return make_unit(
        slug="松湖县财政局",
        name="松湖县财政局",
        url=base,
        score=Score(
            low=100,
            high=100,
            verdict="合格",
            tested_share=1.0,
            pass_mark=60,
            items=(make_item(), make_item(clause="platform-3", title="指南要素齐全", official=True)),
        ),
        rank=1,
        group_size=3,
        group_median=85.5,
        previous=97.5,
        lights=make_lights(base),
        columns=(
            make_column(url=f"{base}tzgg/", path="政府信息公开 › 松湖县财政局 › 通知公告"),
            make_column(
                name="预算",
                url=f"{base}ys/",
                newest="2026-01-10",
                age_days=314,
                max_age_days=330,
                status="due-soon",
                column_type="other",
            ),
        ),
        passed=(
            PassedLine(rule="empty-mandatory-column", rule_title="法定栏目没有内容", count=4),
            PassedLine(rule="outdated-guide", rule_title="指南一年内未更新", count=1),
        ),
        manual=(ManualLine(pack="xxgk-platform", clause="platform-9", title="公开内容是否真实", notes="", source=""),),
    )


def bad_unit() -> Unit:
    base = f"{HOST}/bm/jyj/"
    return make_unit(
        score=Score(
            low=41.5,
            high=41.5,
            verdict="不合格",
            tested_share=1.0,
            vetoes=("空白栏目超过规定数量",),
            pass_mark=60,
            items=(
                make_item(
                    pack="portal-2019",
                    clause="1-3",
                    title="空白栏目超过规定数量",
                    kind="veto",
                    points=None,
                    outcome="failed",
                    findings=5,
                ),
                make_item(findings=2, deducted=4, deducted_at_most=4),
                make_item(clause="platform-4", title="指南及时更新", findings=1, deducted=2.5, deducted_at_most=2.5),
                make_item(clause="platform-5", title="年报按时发布", outcome="inapplicable"),
            ),
        ),
        rank=3,
        group_size=3,
        group_median=85.5,
        previous=52.0,
        trend=(TrendPoint(as_of="2026-10-20", low=52.0, high=52.0), TrendPoint(as_of=AS_OF, low=41.5, high=41.5)),
        fixed=(
            FixedLine(
                rule="dead-link",
                rule_title="站内链接打不开",
                url=f"{base}old.html",
                subject="政府信息公开 › 松湖县教育局 › 通知公告",
                message="链接打不开：三次访问均返回 404。",
                fingerprint="dddddddddddddddd",
                ticket="T-0005",
                first_seen="2026-10-20",
            ),
        ),
        due_soon=(
            DueSoonLine(kind="column", title="工作动态", url=f"{base}gzdt/", due="2026-11-23", days_left=3),
            DueSoonLine(kind="ticket", title="招生页面有错字", url=f"{base}zs/", due="2026-11-19", days_left=-1),
            DueSoonLine(kind="ticket", title="法定栏目没有内容", url=f"{base}zfxxgkzd/", due="2026-12-04", days_left=14),
        ),
        lights=make_lights(base, regulations="failed", annual_report="failed", guide="lead"),
        columns=(
            make_column(
                name="政府信息公开制度",
                url=f"{base}zfxxgkzd/",
                column_type="regulations",
                state="empty",
                entries=0,
                newest=None,
                age_days=None,
                status="empty",
            ),
            make_column(url=f"{base}tzgg/", newest="2026-02-11", age_days=282, status="stale"),
            make_column(
                name="工作动态", url=f"{base}gzdt/", newest="2026-11-09", age_days=11, max_age_days=14, status="due-soon"
            ),
            make_column(
                name="规划计划", url=f"{base}gh/", state="scripted", entries=None, newest=None, age_days=None, status="unknown"
            ),
        ),
        findings=(
            make_finding(
                number="F-0f0f0f0f",
                rule="empty-column",
                rule_title="栏目没有内容",
                clause="1-3",
                clause_title="空白栏目超过规定数量",
                clause_kind="veto",
                pack="portal-2019",
                url=f"{base}kong/",
                subject="政府信息公开 › 松湖县教育局 › 双减工作",
                message="“双减工作”栏目自开设以来没有任何内容。",
                fingerprint="0f0f0f0f0f0f0f0f",
                due="2026-11-18",
                points=None,
                ticket="T-0003",
                ticket_state="复发",
                change="reopened",
                first_seen="2026-09-20",
            ),
            make_finding(
                ticket="T-0001",
                ticket_state="待整改",
                change="still",
                first_seen="2026-11-19",
                evidence=(make_evidence(screenshot="3a9c01d2-1.png"),),
            ),
            make_finding(
                number="F-5c5c5c5c",
                rule="missing-annual-report-column",
                rule_title="没有年报栏目",
                url=base,
                subject="松湖县教育局",
                message="单位页上找不到“政府信息公开年报”栏目。",
                remediation="在单位页开设“政府信息公开年报”栏目，并发布历年年报。",
                fingerprint="5c5c5c5c5c5c5c5c",
                change="new",
                first_seen=AS_OF,
                evidence=(
                    make_evidence(quote="指南　制度　法定主动公开内容", where="nav"),
                    make_evidence(url=f"{base}index.html", quote="", where="head"),
                ),
                found_on=(),
                found_on_count=0,
            ),
            make_finding(
                number="F-91d0aa10",
                rule="outdated-guide",
                rule_title="指南一年内未更新",
                url=f"{base}guide/",
                subject="政府信息公开指南",
                message="指南标明的更新日期是 2024-03-01，距检查日已 629 天。",
                fingerprint="91d0aa1000000000",
                due="2027-01-08",
                due_provisional=True,
                points=2.5,
                ticket="T-0004",
                ticket_state="申诉中",
                change="still",
                first_seen="2026-10-20",
            ),
            make_finding(
                number="F-11110000",
                rule="note-only-column",
                rule_title="栏目只有情况说明",
                outcome="lead",
                message="“重大建设项目”栏目只有一段情况说明，请人工确认是否确无信息。",
                fingerprint="1111000011110000",
                due=None,
                points=None,
                source_sureness="V-p",
            ),
            make_finding(
                number="F-22220000",
                outcome="waived",
                message="“政策解读”栏目经批准暂缓建设，豁免至 2026-12-31。",
                fingerprint="2222000022220000",
                due=None,
                points=None,
                ticket="T000009",
                ticket_state="豁免",
            ),
        ),
        waivers=(
            make_waiver(),
            make_waiver(state="unused", ticket="T000010", rule="dead-link", rule_title="链接打不开", until="2026-11-25"),
            make_waiver(state="expired", ticket="T000011", rule="stale-column", rule_title="栏目超期未更新", until="2026-11-18"),
        ),
        passed=(PassedLine(rule="mislinked-mandatory-column", rule_title="法定栏目链接错位", count=3),),
        manual=(ManualLine(pack="xxgk-platform", clause="platform-9", title="公开内容是否真实"),),
    )


def provisional_unit() -> Unit:
    base = f"{HOST}/bm/mzj/"
    return make_unit(
        slug="松湖县民政局",
        name="松湖县民政局",
        url=base,
        score=Score(
            low=71.0,
            high=85.5,
            verdict="暂定合格",
            tested_share=0.826,
            pass_mark=60,
            items=(make_item(outcome="cant_tell", undecided=2, deducted_at_most=14.5),),
        ),
        rank=2,
        group_size=3,
        group_median=85.5,
        lights=make_lights(base, statutory_content="unknown"),
        columns=(make_column(url=f"{base}tzgg/"),),
        open=(
            make_open(),
            make_open(
                outcome="cant_tell", rule="empty-column", rule_title="栏目没有内容", message="列表由脚本生成，没有读到。", count=2
            ),
            make_open(
                outcome="error",
                rule="late-annual-report",
                rule_title="年报发布过晚",
                message="检查程序出错：ZeroDivisionError。",
                url="",
            ),
        ),
        passed=(PassedLine(rule="empty-mandatory-column", rule_title="法定栏目没有内容", count=3),),
    )


def untested_unit() -> Unit:
    base = "http://wsjk.songhu.example/"
    return make_unit(
        slug="松湖县卫生健康委员会",
        name="松湖县卫生健康委员会",
        group="乡镇（街道）",
        kind="town",
        url=base,
        score=Score(
            low=0,
            high=100,
            verdict="未检测",
            tested_share=0.0,
            items=(make_item(outcome="untested", undecided=4, deducted_at_most=20),),
        ),
        lights=make_lights(base, guide="unknown", regulations="unknown", statutory_content="unknown", annual_report="unknown"),
        open=(make_open(message="整个站点被防火墙拦截，返回的是拦截页。", url=base, subject="单位页", count=4),),
    )
