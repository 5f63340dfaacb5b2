"""``zhaocuo demo``: the built-in portal, served on loopback and audited end to end, then compared with its table."""

import json
import os
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import click
from ruamel.yaml import YAML

from audit.audits import AuditOptions, run_audit
from audit.demo import DEMO_AS_OF
from audit.demo.expected import compare
from audit.demo.plan import DATA, load_plan
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer
from audit.folders import check_output
from audit.portal_file import SCHEMA
from audit.run import EXIT_CLEAN, EXIT_FINDINGS, EXIT_RULE_ERROR, EXIT_UNREACHABLE
from audit.terminal import say, step
from rules.loader import load_packs


def write_operator_lists(folder: Path, url: str) -> Path:
    """portal.yaml as the operator of the demo portal would have it: nothing is pinned, two lists are given."""
    lists = load_plan().operator
    copyfile(DATA / lists.new_media, folder / lists.new_media)
    file = folder / "portal.yaml"
    words = {"schema": SCHEMA, "url": url, "institutions": list(lists.institutions), "new_media": lists.new_media}
    with file.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(words, stream)
    return file


def run_demo(out: Path, data: Path) -> int:
    """Audit the demo portal; 0 when it found exactly what the table beside it says, else 1 (or the audit's own 3 or 4)."""
    check_output(out)
    os.environ["no_proxy"] = "*"  # a proxy of the user's cannot reach our loopback
    with step("搭建内置示例门户"):
        portal = build_portal(DEMO_AS_OF)
    with DemoServer(portal) as server, TemporaryDirectory() as folder:
        target = str(write_operator_lists(Path(folder), server.base_url))
        code = run_audit(
            AuditOptions(target=target, out=out, data=data, as_of=DEMO_AS_OF, delay=0, full=True, allow_private=True)
        )
        if code in {EXIT_RULE_ERROR, EXIT_UNREACHABLE}:
            return code
        findings = [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines() if line]
        shipped = {rule.id for pack in load_packs(None) for rule in pack.rules}
        comparison = compare(findings, server.base_url, shipped=shipped)
    if comparison.holds:
        click.echo("与内置对照表核对：该找到的都找到了，不该报的一条没报。")
        return EXIT_CLEAN
    say("与内置对照表不一致：")
    say(comparison.report())
    return EXIT_FINDINGS
