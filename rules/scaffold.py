"""A new rule's files: the rule and its cases, begun from a shipped rule that asks the same question."""

import os
from dataclasses import dataclass
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML

from rules.cases import FIRING
from rules.complaints import suggestion
from rules.errors import RuleRefused
from rules.loader import load_packs
from rules.model import Pack, Rule
from rules.registry import Check, checks
from rules.rule_files import UNFILLED
from rules.schema import Id
from rules.shipped import PACKS_FOLDER
from rules.yamlfile import read_yaml

_ID = TypeAdapter(Id)
_FIRES = frozenset(outcome.value for outcome in FIRING)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """What was written, and what is left for the author."""

    rule: Path
    cases: Path
    begun_from: str
    """Shipped rule whose parameters, words and cases were taken over."""
    clause: str
    """Lines for ``pack.yaml``: a rule without a clause is refused by the loader."""


def new_rule(folder: Path, rule_id: str, check_name: str) -> NewRule:
    """Write ``rules/<id>.yaml`` and ``cases/<id>.yaml`` into the pack; nothing that exists is touched.

    Every text that only the author can give holds :data:`rules.rule_files.UNFILLED`, with which no pack loads.
    Raises :class:`RuleRefused` with one Chinese sentence, before anything is written.
    """
    _check_id(rule_id)
    check = checks().get(check_name)
    if check is None:
        near = suggestion(check_name, checks()) or f"，可用的有 {'、'.join(checks())}"
        raise RuleRefused(f"没有名为“{check_name}”的检查方法{near}。")
    if not (folder / "pack.yaml").is_file():
        raise RuleRefused(f"{folder} 里没有 pack.yaml，请先写好规则包，可以照着 examples/local-pack 写。")
    paths = [folder / kind / f"{rule_id}.yaml" for kind in ("rules", "cases")]
    for path in paths:
        if path.exists():
            raise RuleRefused(f"{path} 已经存在，没有改动它。")
    shipped = load_packs()
    owner = next((pack for pack in shipped if any(rule.id == rule_id for rule in pack.rules)), None)
    if owner is not None:
        raise RuleRefused(f"规则“{rule_id}”在随附的规则包“{owner.id}”里已有，要改请在 pack.yaml 的 overrides 里写。")
    model_pack, model = _model(shipped, check)
    texts = _rule_text(folder, rule_id, check, model), _cases_text(folder, model_pack, model)
    for path, text in zip(paths, texts, strict=True):
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    extends = bool(read_yaml(folder / "pack.yaml").plain.get("extends"))
    return NewRule(rule=paths[0], cases=paths[1], begun_from=model.id, clause=_clause_text(rule_id, extends=extends))


def _check_id(rule_id: str) -> None:
    try:
        _ID.validate_python(rule_id)
    except ValidationError:
        raise RuleRefused(
            f"规则的 id“{rule_id[:80]}”不合用：只能用小写字母、数字和中间的连字符，不超过 80 个字符，例如 stale-water-column。"
        ) from None
    if rule_id.startswith("no-"):
        raise RuleRefused(f"规则的 id 说的是问题本身，请把“{rule_id}”改成例如“missing-{rule_id[3:]}”。")


def _model(shipped: tuple[Pack, ...], check: Check) -> tuple[Pack, Rule]:
    for pack in shipped:
        for rule in sorted(pack.rules, key=lambda rule: rule.id):
            if rule.check == check.name:
                return pack, rule
    raise RuleRefused(f"还没有随附的规则用检查方法“{check.name}”，没有可以照着写的例子，请对照 rule.schema.json 手写。")


def _rule_text(folder: Path, rule_id: str, check: Check, model: Rule) -> str:
    values: dict[str, Any] = {"id": rule_id, "title": UNFILLED, "check": check.name, "outcome": "lead"}
    if model.raw_params:
        values["params"] = dict(model.raw_params)
    values["messages"] = {outcome.value: text for outcome, text in model.messages.items()}
    if model.group_message:
        values |= {"group_message": model.group_message, "group_above": model.group_above}
    values |= {"rationale": UNFILLED, "remediation": UNFILLED, "source": {"article": UNFILLED, "sureness": "U"}}
    values["since"] = version("zhaocuo")
    head = [
        *_schema_line(folder, ""),
        f"# params 和 messages 取自 {model.pack} 的 {model.id}，请改成这条规则自己的。",
        "# outcome 先写 lead（线索，不扣分）；确信不会冤枉人了再改成 failed。",
    ]
    return "\n".join([*head, _yaml(values)])


def _cases_text(folder: Path, pack: Pack, model: Rule) -> str:
    """The first case of the model that fires and the first that does not, to be renamed and changed."""
    path = (pack.folder or PACKS_FOLDER / pack.id) / "cases" / f"{model.id}.yaml"
    listed = read_yaml(path).plain["cases"]
    fires = [any(expected["outcome"] in _FIRES for expected in case["expect"]) for case in listed]
    chosen = [listed[fires.index(side)] for side in (True, False)]
    cases = []
    for case in chosen:
        expect = [{**one, "outcome": "lead" if one["outcome"] in _FIRES else one["outcome"]} for one in case["expect"]]
        cases.append({**case, "name": f"{UNFILLED}{case['name']}", "expect": expect})
    head = [
        *_schema_line(folder, "#/$defs/CasesFile"),
        f"# 两个示例取自 {model.id}：一个会报，一个不报。请改成这条规则自己的，每个容易误判的情形再写一个。",
    ]
    return "\n".join([*head, _yaml({"cases": cases})])


def _clause_text(rule_id: str, *, extends: bool) -> str:
    own = [
        "clauses:",
        f"  - id: {rule_id}",
        f"    title: {UNFILLED}",
        "    kind: informative",
        "    status: partial",
        f"    source: {{document: {UNFILLED}, article: {UNFILLED}, sureness: U}}",
        f"    rules: [{rule_id}]",
        f"    notes: {UNFILLED}",
    ]
    added = ["# 或者记在被扩展规则包的一个条款上：", "overrides:", "  clauses:", f"    {UNFILLED}: {{rules: [{rule_id}]}}"]
    return "\n".join([*own, *(added if extends else [])])


def _schema_line(folder: Path, fragment: str) -> list[str]:
    """Editors find the schema by a relative path: only where the pack lives in the same tree as the shipped ones."""
    tree = PACKS_FOLDER.parents[1]
    inside = folder.resolve()
    if not inside.is_relative_to(tree):
        return []
    path = Path(os.path.relpath(PACKS_FOLDER / "rule.schema.json", inside / "rules")).as_posix()
    return [f"# yaml-language-server: $schema={path}{fragment}"]


def _yaml(values: dict[str, Any]) -> str:
    writer = YAML()
    writer.width = 120
    writer.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    writer.dump(values, text)
    return text.getvalue()
