"""``zhaocuo evidence``: what a finding rests on, as a file that anybody may open, and as the record itself."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.errors import RunNotFound
from audit.folders import RunFolder, find_run, list_runs
from audit.wording import plain
from crawler.addresses import page_key
from crawler.captures import Capture, CaptureReader, raw_record
from crawler.errors import CaptureMissing
from crawler.exhibits import Label, make_exhibit
from crawler.store import FactsStore
from reports.result import AuditResult, EvidenceLine, FindingLine, ResultInvalid, read_result
from rules.masking import mask

FOLDER = "evidence"
"""Below the run folder, confidential like it."""

PRIVACY = "privacy"
"""Pack whose findings are about numbers that no exhibit shows either."""

MIN_PREFIX = 6
"""Digits of a fingerprint that must be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One piece of evidence of a finding, and what was made of it."""

    line: EvidenceLine
    capture: Capture | None = None
    path: Path | None = None
    """The exhibit, the file as it came, or with ``--raw`` the record; None: there is no capture."""
    marked: bool = False
    problem: str = ""


def show_evidence(name: str, data: Path, *, run: str | None = None, raw: bool = False, out: Path | None = None) -> str:
    """Write the exhibits of the finding and say where they are; raises :class:`RunNotFound` when there is none such."""
    folder, result, finding = _find(name, data, run)
    target = out or folder.path / FOLDER
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FactsStore.open(folder.facts) as store:
        shown = list(_write(finding, folder, store, target, raw=raw))
        if not raw and not any(item.marked for item in shown):
            shown += _referrer(finding, folder, store, target)
    return _text(finding, result, folder, shown)


def _find(name: str, data: Path, run: str | None) -> tuple[RunFolder, AuditResult, FindingLine]:
    wanted = name.strip().lower().removeprefix("f-")
    if len(wanted) < MIN_PREFIX or any(sign not in "0123456789abcdef" for sign in wanted):
        raise RunNotFound(f"“{plain(name)}”不像问题编号，请写报告里的编号（F-…）或 findings.jsonl 里的 fingerprint。")
    runs = [find_run(data, run)] if run else list(reversed(list(list_runs(data))))
    for folder in runs:
        try:
            result = read_result(folder.result)
        except ResultInvalid:
            continue
        found = [finding for finding in _findings(result) if finding.fingerprint.startswith(wanted)]
        if len({finding.fingerprint for finding in found}) > 1:
            raise RunNotFound(f"编号 {plain(name)} 在运行 {folder.name} 里不止一条，请写得长一些。")
        if found:
            return folder, result, found[0]
    where = f"运行 {runs[0].name}" if run else f"{data} 的运行"
    raise RunNotFound(f"在{where}里找不到编号为 {plain(name)} 的问题或线索，用 --run 可以指定运行。")


def _findings(result: AuditResult) -> Iterator[FindingLine]:
    for unit in result.units:
        yield from unit.findings


def _write(finding: FindingLine, run: RunFolder, store: FactsStore, target: Path, *, raw: bool) -> Iterator[Shown]:
    reader = CaptureReader(run.captures, store)
    seen: set[str] = set()
    for number, line in enumerate(finding.evidence, 1):
        if not line.capture or line.capture in seen:
            if not line.capture:
                yield Shown(line=line, problem="没有存证")
            continue
        seen.add(line.capture)
        try:
            capture = reader.get(line.capture)
            record = raw_record(run.captures, store, line.capture) if raw else b""
        except CaptureMissing as error:
            yield Shown(line=line, problem=str(error))
            continue
        stem = f"{finding.number}-{number}"
        if raw:
            yield Shown(line=line, capture=capture, path=write_private(target / f"{stem}.warc.gz", record))
            continue
        yield _exhibit(finding, line, capture, target / stem)


def _referrer(finding: FindingLine, run: RunFolder, store: FactsStore, target: Path) -> Iterator[Shown]:
    """A page that refers to the address at fault, with the reference marked: what is dead shows nothing itself."""
    for url in finding.found_on:
        page = store.page(url)
        if page is None or not page.capture:
            continue
        try:
            capture = CaptureReader(run.captures, store).get(page.capture)
        except CaptureMissing:
            continue
        line = EvidenceLine(url=page.url, capture=page.capture, fetched_at=page.fetched_at, where="这一页链接到它")
        yield _exhibit(finding, line, capture, target / f"{finding.number}-page")
        return


def _exhibit(finding: FindingLine, line: EvidenceLine, capture: Capture, stem: Path) -> Shown:
    quotes = [other.quote for other in finding.evidence if other.capture == line.capture]
    refers = page_key(capture.url) in {page_key(url) for url in finding.found_on}
    exhibit = make_exhibit(
        capture, label_of(finding, line, capture), quotes=quotes, link=finding.url if refers else "", hide=hiding(finding)
    )
    if exhibit is not None:
        return Shown(
            line=line, capture=capture, path=write_private(stem.with_suffix(".html"), exhibit.html), marked=exhibit.marked
        )
    if hiding(finding) is not None:
        return Shown(
            line=line, capture=capture, problem="这个文件里有没有遮盖的个人号码，不另存副本；确有需要时用 --raw 取出存证。"
        )
    # A file of the portal: kept as it came, under a name that no program opens by itself.
    return Shown(line=line, capture=capture, path=write_private(stem.with_suffix(".bin"), capture.body))


def label_of(finding: FindingLine, line: EvidenceLine, capture: Capture) -> Label:
    """What stands above the exhibit: what is said, and by what it can be checked."""
    return Label(
        title=f"{finding.number} {finding.rule_title}",
        facts={
            "说明": finding.message,
            "引文": line.quote,
            "位置": line.where,
            "网址": capture.url or line.url,
            "时间": line.fetched_at or capture.at,
            "状态码": str(capture.status) if not capture.rendered else "浏览器画出的页面",
            "服务器地址": capture.ip,
            "存证编号": line.capture,
            "校验值": capture.digest,
            "副本": "这是存证的安全副本：脚本、图片、样式和链接都已去掉，原始应答在 WARC 存证里。",
        },
    )


def hiding(finding: FindingLine) -> Callable[[str], str] | None:
    """What hides numbers of persons in exhibits; None where the finding is about something else."""
    return mask if finding.pack == PRIVACY or finding.rule.startswith("exposed-") else None


def write_private(path: Path, data: bytes) -> Path:
    """Write whole or not at all, readable by nobody else."""
    draft = path.with_name(f"{path.name}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR), "wb") as file:
        file.write(data)
    draft.replace(path)
    return path


def _text(finding: FindingLine, result: AuditResult, run: RunFolder, shown: list[Shown]) -> str:
    lines = [
        f"{finding.number}　{finding.rule_title}（{finding.rule}），{finding.department or '门户'}",
        f"  {finding.message}",
        f"  在哪里：{finding.url}",
        f"  运行：{run.name}，检查日期 {result.as_of}，指纹 {finding.fingerprint}",
    ]
    for number, item in enumerate(shown, 1):
        lines.append(f"证据 {number}：{item.line.url}")
        if item.line.quote:
            lines.append(f"  引文：“{item.line.quote}”（{item.line.where or '位置不明'}）")
        if item.capture is not None:
            lines += _capture_lines(item.line, item.capture)
        if item.path is not None:
            note = "，引文已标出" if item.marked else ""
            lines.append(f"  文件：{item.path}{note}")
        if item.problem:
            lines.append(f"  {item.problem}")
    return "\n".join(plain(line) for line in lines)


def _capture_lines(line: EvidenceLine, capture: Capture) -> Iterator[str]:
    yield f"  存证：{line.capture}，{line.fetched_at or capture.at}，状态码 {capture.status}，{len(capture.body)} 字节"
    yield f"  服务器地址：{capture.ip or '经代理访问，没有记录'}，校验值 {capture.digest or '没有'}"
