"""Small packs written into a temporary folder, one mistake at a time."""

from pathlib import Path

PACK = """\
id: shili
title: 示例规则包
version: 1.0.0
source: {document: 示例办法, number: 示办〔2026〕1号, sureness: V}
clauses:
  - id: empties
    title: 空白栏目
    kind: deduction
    status: automated
    points: 10
    per_finding: 2
    source: {article: 第一条}
    rules: [blank-column]
"""

RULE = """\
id: blank-column
title: 空白栏目
check: column-emptiness
outcome: failed
params:
  min_times_seen: 2
messages:
  passed: '“{subject}”有内容。'
  failed: '“{subject}”是空的，看了 {times_seen} 次。'
  cant_tell: '看不出“{subject}”：{reason}。'
  untested: '没有检查“{subject}”：{reason}。'
rationale: 空白栏目没有用处。
remediation: 补充内容或关停栏目。
since: 0.1.0
"""

CASES = """\
cases:
  - name: 空栏目
    as_of: 2026-11-20
    facts:
      columns: [{state: empty}]
    expect: [{outcome: failed}]
  - name: 有内容的栏目
    as_of: 2026-11-20
    facts:
      columns: [{entries: [2026-01-01]}]
    expect: [{outcome: passed}]
"""


def write_pack(
    parent: Path,
    *,
    name: str = "shili",
    pack: str = PACK,
    rules: dict[str, str] | None = None,
    cases: dict[str, str] | None = None,
) -> Path:
    """A pack folder with the given files; rules and cases by file stem."""
    folder = parent / name
    for kind, files in (("rules", {"blank-column": RULE} if rules is None else rules), ("cases", cases or {})):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for stem, text in files.items():
            (folder / kind / f"{stem}.yaml").write_text(text, encoding="utf-8")
    (folder / "pack.yaml").write_text(pack, encoding="utf-8")
    return folder
