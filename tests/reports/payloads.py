"""What a hostile page may put into a title, a quote, an address, a file name or the name of a 单位."""

from reports.result import (
    AuditResult,
    DueSoonLine,
    FixedLine,
    Light,
    ManualLine,
    PackLine,
    PassedLine,
    Score,
    TicketEvent,
    TicketLine,
    TrendPoint,
    Unit,
)
from tests.reports.factories import make_column, make_evidence, make_finding, make_item, make_open, make_result, make_unit

ID_NUMBER = "11010119900307109" + "X"
"""Made up; its check digit is right, so it must be masked wherever it is shown."""

MARKUP = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "</title><script>window.hacked=1</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=window.hacked=1>",
    '<img src="http://evil.example/pixel.gif">',
    "<svg onload=window.hacked=1>",
    "<svg><script>window.hacked=1</script></svg>",
    "<svg><animate onbegin=window.hacked=1 attributeName=x dur=1s>",
    "<math><mi//xlink:href='data:x,<script>window.hacked=1</script>'>",
    "<iframe src=javascript:window.hacked=1></iframe>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<object data=javascript:window.hacked=1>",
    "<embed src=http://evil.example/x.swf>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<form action=http://evil.example/><input name=p autofocus onfocus=window.hacked=1></form>",
    "<body onload=window.hacked=1>",
    "<details open ontoggle=window.hacked=1>",
    "<style>*{display:none}</style>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<div style='position:fixed;inset:0;background:url(http://evil.example/x.png)'>",
    "<a href=javascript:window.hacked=1>点我</a>",
    "<noscript><p title='</noscript><img src=x onerror=window.hacked=1>'>",
    "<template><script>window.hacked=1</script></template>",
    "<!--><script>window.hacked=1</script>",
    "<![CDATA[<script>window.hacked=1</script>]]>",
    "<xmp><script>window.hacked=1</script></xmp>",
    "<plaintext>",
    "<table><tr><td>",
    "</main></body></html>",
    "</dd></dl></article></section>",
)
ATTRIBUTES = (
    '" onmouseover="window.hacked=1',
    "' onmouseover='window.hacked=1",
    '" autofocus onfocus=window.hacked=1 x="',
    "` onmouseover=`window.hacked=1",
    '"><script>window.hacked=1</script>',
    "&#34;&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "&lt;img src=x onerror=window.hacked=1&gt;",
)
TEMPLATES = ("{{ 7*7 }}", "{% include '/etc/passwd' %}", "{{ view.__class__.__mro__ }}", "${7*7}", "{# hidden #}", "<%= 7*7 %>")
SCHEMES = (
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1",
    " javascript:window.hacked=1",
    "java\nscript:window.hacked=1",
    "\x01javascript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "http:evil.example",
    "https:///evil.example",
    'http://a" onclick="window.hacked=1',
    "http://evil.example/<script>window.hacked=1</script>",
    "ftp://evil.example/x",
    "blob:http://evil.example/1",
)
FORMULAS = (
    '=HYPERLINK("http://evil.example","点我")',
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|'/c calc'!A0",
    "\t=1+1",
    "{=1+1}",
    "1E9",
    "００１",
)
INVISIBLE = (
    "abc\u202egnp.exe",
    "\u2066隐藏\u2069",
    "\u200b\u200f零宽",
    "\x1b[31m红\x1b[0m\x1b]0;标题\x07",
    "a\x00b\x08c\x7fd\x9be",
    "坏\ud800半\udfff字",
    "\ufffe\uffff非字符",
    "\U000e0041\U000e0042标签",
    "Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359\u035a\u035b algo",
    "一行\r\n二行\u2028三行\u2029四行",
    "\u202b从右到左\u202c \u200f\u0627\u0633\u0645\u061c \u0627\u0644",
    "\x9b2J\x9b1;1H清屏\x1b]8;;http://evil.example\x1b\\链接\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\\x1b[?1049h\x1b[6n",
    "\r伪造的一行\x08\x08\x08",
)
FILES = (
    "附件.pdf\u202efdp.exe",
    "报告<img src=x onerror=window.hacked=1>.docx",
    'a"; filename=evil.html',
    "附件/../../../etc/shadow.pdf",
    "名单.xlsx\x00.html",
    "javascript:window.hacked=1.pdf",
    f"{'很长的文件名' * 60}.pdf",
)
NAMES = ("../../etc/passwd", "..\\..\\boot.ini", "CON", "a/b:c*d?e", ".hidden", "%2e%2e%2f", "局" * 400, "", "x" * 5000)
LONG = ("长" * 40_000, "W" * 40_000, f"身份证 {ID_NUMBER} 号", f"{ID_NUMBER[:-1]}{ID_NUMBER[-1]},{ID_NUMBER}")

PAYLOADS = (*MARKUP, *ATTRIBUTES, *TEMPLATES, *SCHEMES, *FORMULAS, *INVISIBLE, *FILES, *NAMES, *LONG)


def hostile_result() -> AuditResult:
    """Every payload in every text a page can reach: one 单位 for each, beside a portal that has them all in findings."""
    markup = "；".join(MARKUP)
    return make_result(
        hostile_portal(),
        *map(hostile_unit, PAYLOADS),
        tickets=tuple(map(hostile_ticket, PAYLOADS)),
        settings={"异议受理": markup, markup: markup},
        packs=(PackLine(id=markup, title=markup, version=markup, source=markup, thresholds={markup: markup}),),
        run=markup,
        program=markup,
        version=markup,
    )


def hostile_ticket(text: str) -> TicketLine:
    return TicketLine(
        id=text,
        fingerprint=text,
        rule=text,
        department=text,
        url=text,
        state=text,
        source=text,
        due=text,
        history=(TicketEvent(at=text, state=text, by=text, note=text),),
    )


def hostile_portal() -> Unit:
    findings = tuple(
        make_finding(
            number=f"F-{number:08x}",
            fingerprint=f"{number:016x}",
            message=text,
            url=text,
            rule=f"rule-{number % 7}",
            rule_title=text,
        )
        for number, text in enumerate(PAYLOADS)
    )
    return make_unit(slug="portal", name="松湖县人民政府", kind="portal", findings=findings)


def hostile_unit(text: str) -> Unit:
    finding = make_finding(
        number=text[:200],
        rule=text[:200],
        rule_title=text,
        department=text,
        url=text,
        subject=text,
        found_on=(text, f"http://www.songhu.example/{text}"),
        found_on_count=2,
        message=f"写着“{text[:60]}”：{text}",
        rationale=text,
        remediation=text,
        pack=text[:200],
        clause=text,
        clause_title=text,
        source=text,
        source_sureness=text[:20],
        samples=(text,),
        evidence=(
            make_evidence(url=text, capture=text, fetched_at=text, quote=f"{text}｜{text}", where=text, screenshot=text),
            make_evidence(quote=text, where=f"meta:{text}"),
        ),
        due=text,
        ticket=f"{text}!",
        ticket_state=text,
        change="still",
        first_seen=text,
    )
    return make_unit(
        slug=text,
        name=text,
        group=text,
        url=text,
        score=Score(
            low=50,
            high=60,
            verdict="暂定",
            tested_share=0.5,
            vetoes=(text,),
            items=(make_item(title=text, source=text, findings=1),),
        ),
        lights=(Light(column_type=text, label=text, state="lead", state_text=text, url=text, newest=text),),
        columns=(make_column(name=text, path=text, url=text, column_type=text, state=text, newest=text, status="stale"),),
        findings=(finding,),
        trend=(TrendPoint(as_of=text, low=1, high=2), TrendPoint(as_of=text, low=-1e308, high=1e308)),
        previous=1e308,
        fixed=(FixedLine(rule=text, rule_title=text, url=text, subject=text, message=text, fingerprint=text, ticket=text),),
        due_soon=tuple(
            DueSoonLine.model_validate({"kind": kind, "title": text, "url": text, "due": text, "days_left": 3})
            for kind in ("column", "ticket")
        ),
        passed=(PassedLine(rule=text, rule_title=text, count=1),),
        manual=(ManualLine(pack=text, clause=text, title=text, notes=text, source=text),),
        open=(make_open(rule_title=text, subject=text, message=text, url=text),),
    )
