"""Packs from their folders: everything that is wrong with one is said at once, before anything runs."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from rules.complaints import problems_of, suggestion
from rules.errors import PackInvalid, Problem
from rules.inheritance import inherit
from rules.model import Clause, ClauseKind, ClauseStatus, ExpiryWarning, Pack, Rule, Source
from rules.rule_files import UNFILLED, read_rule, sentence_faults, source_of
from rules.schema import ClauseFile, ClauseOverride, ExpiryWarningFile, Overrides, PackFile, RuleOverride, SourceFile
from rules.shipped import ALL_SHIPPED, PACKS_FOLDER, shipped_packs
from rules.yamlfile import YamlFile, read_yaml

_shipped: dict[Path, tuple[tuple[tuple[str, int, int], ...], Pack]] = {}
"""Packs that came with the program, with the state of the files they were read from."""
_KEYS = [
    name
    for model in (PackFile, ExpiryWarningFile, ClauseFile, SourceFile, Overrides, RuleOverride, ClauseOverride)
    for name in model.model_fields
]


def pack_folders(folder: Path) -> tuple[Path, ...]:
    """The pack that ``folder`` is, or the packs that lie in it; () when there is none."""
    if (folder / "pack.yaml").is_file():
        return (folder,)
    return tuple(sorted(path.parent for path in folder.glob("*/pack.yaml")))


def load_packs(names: Sequence[str] | None = None, extra_dirs: Iterable[Path] = ()) -> tuple[Pack, ...]:
    """The named packs, or all shipped ones and all of ``extra_dirs``.

    A name is a pack's id, the path of its folder or of a folder of packs, or ``all`` for the shipped ones. A local pack
    stands in the place of the shipped one it extends. Raises :class:`PackInvalid` with the problems of all of them.
    """
    folders = _folders(extra_dirs)
    chosen: list[Path] = []
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name in names if names is not None else folders:
        found = _named(name, folders)
        if not found:
            known = [*folders, ALL_SHIPPED]
            near = suggestion(name, known)
            problems.append(Problem(file=Path(name), message=f"没有名为“{name}”的规则包{near}，可用的有 {'、'.join(known)}。"))
        chosen += found
    for folder in dict.fromkeys(chosen):
        try:
            packs.append(load_pack(folder))
        except PackInvalid as error:
            problems += error.problems
    extended = {pack.extends for pack in packs if pack.extends}
    kept = tuple(pack for pack in packs if pack.id not in extended)
    problems += _twice(kept)
    if problems:
        raise PackInvalid(problems)
    return kept


def _named(name: str, folders: Mapping[str, Path]) -> tuple[Path, ...]:
    if name == ALL_SHIPPED:
        return tuple(PACKS_FOLDER / shipped for shipped in shipped_packs())
    return (folders[name],) if name in folders else pack_folders(Path(name))


def _folders(extra_dirs: Iterable[Path]) -> dict[str, Path]:
    found = {name: PACKS_FOLDER / name for name in shipped_packs()}
    for folder in extra_dirs:
        found |= {pack.name: pack for pack in pack_folders(folder)}
    return found


def _twice(packs: Sequence[Pack]) -> list[Problem]:
    counted = Counter(rule.id for pack in packs for rule in pack.rules)
    problems = []
    for rule_id in sorted(rule_id for rule_id, times in counted.items() if times > 1):
        owners = [pack for pack in packs if any(rule.id == rule_id for rule in pack.rules)]
        where = owners[-1].folder or Path(owners[-1].id)
        problems.append(
            Problem(file=where, message=f"规则“{rule_id}”同时出现在 {'、'.join(p.id for p in owners)}，只能保留一处。")
        )
    return problems


def load_pack(folder: Path) -> Pack:
    """The pack in ``folder``; raises :class:`PackInvalid` with every problem found.

    A shipped pack is read once for as long as its files stay as they are: an audit needs it before the crawl and after.
    """
    if folder.parent != PACKS_FOLDER:
        return _read_pack(folder)
    files = _files_of(folder)
    kept = _shipped.get(folder)
    if kept is None or kept[0] != files:
        kept = _shipped[folder] = (files, _read_pack(folder))
    return kept[1]


def _files_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time of change and size of the files that a pack is read from."""
    paths = [folder / "pack.yaml", *sorted((folder / "rules").glob("*"))]
    return tuple((path.name, status.st_mtime_ns, status.st_size) for path in paths if (status := path.stat()))


def _read_pack(folder: Path) -> Pack:
    file = read_yaml(folder / "pack.yaml")
    try:
        raw = PackFile.model_validate_json(json.dumps(file.plain))
    except ValidationError as error:
        rules, problems = _read_rules(folder, folder.name, None)
        raise PackInvalid([*problems_of(error, file, _KEYS), *problems]) from error
    base = _base(raw, file)
    problems = _pack_faults(raw, file)
    source = source_of(raw.source, None) if raw.source else base.source if base else Source(document="")
    rules, faults = _read_rules(folder, raw.id, source)
    problems += faults
    own = Pack(
        id=raw.id,
        title=raw.title,
        version=raw.version,
        source=source,
        effective=raw.effective or (base.effective if base else ""),
        due_days=raw.due_days or (base.due_days if base else 10),
        base_points=raw.base_points or (base.base_points if base else 100),
        pass_mark=raw.pass_mark if raw.pass_mark is not None else (base.pass_mark if base else 60),
        warnings=_warnings(raw) or (base.warnings if base else ()),
        clauses=tuple(_clause(clause, source) for clause in raw.clauses),
        rules=rules,
        extends=raw.extends or "",
        folder=folder,
    )
    if base is not None:
        own, faults = inherit(base, own, raw.overrides, file)
        problems += faults
    problems += _cross_faults(own, file, rule_files_broken=any(problem.file != file.path for problem in problems))
    if problems:
        raise PackInvalid(problems)
    return own


def _base(raw: PackFile, file: YamlFile) -> Pack | None:
    if raw.extends is None:
        return None
    if raw.extends not in shipped_packs():
        near = suggestion(raw.extends, shipped_packs())
        raise PackInvalid([file.problem(f"没有名为“{raw.extends}”的随附规则包{near}。", ("extends",))])
    return load_pack(PACKS_FOLDER / raw.extends)


def _pack_faults(raw: PackFile, file: YamlFile) -> list[Problem]:
    problems = []
    if raw.id != file.path.parent.name:
        problems.append(file.problem(f"规则包的 id“{raw.id}”与文件夹名“{file.path.parent.name}”不一致。", ("id",)))
    if raw.source is None and raw.extends is None:
        problems.append(file.problem("缺少“source”这一项：请写明依据的文件。"))
    if raw.source is not None and not raw.source.document:
        problems.append(file.problem("依据没有写文件名称（document）。", ("source",)))
    if raw.extends is None and (raw.overrides.rules or raw.overrides.clauses):
        problems.append(file.problem("没有 extends 的规则包不能用 overrides。", ("overrides",)))
    problems += _warning_faults(raw, file)
    for index, clause in enumerate(raw.clauses):
        if any(UNFILLED in text for text in (clause.title, clause.source.document, clause.source.article)):
            problems.append(file.problem(f"条款“{clause.id}”还没有填写完。", ("clauses", index)))
        if clause.notes:
            problems += [file.problem(text, ("clauses", index, "notes")) for text in sentence_faults(clause.notes, "notes")]
        if clause.kind is ClauseKind.DEDUCTION and clause.points is None:
            problems.append(file.problem(f"扣分条款“{clause.id}”没有写最高扣分（points）。", ("clauses", index)))
    return problems


def _warnings(raw: PackFile) -> tuple[ExpiryWarning, ...]:
    return tuple(ExpiryWarning(period_days=each.period_days, days_before=each.days_before) for each in raw.warnings)


def _warning_faults(raw: PackFile, file: YamlFile) -> list[Problem]:
    unordered = [n for n, (first, second) in enumerate(pairwise(raw.warnings), 1) if first.period_days >= second.period_days]
    problems = [file.problem("提前提醒（warnings）要按周期从短到长排列，不能重复。", ("warnings", n)) for n in unordered]
    early = [n for n, warning in enumerate(raw.warnings) if warning.days_before >= warning.period_days]
    return problems + [file.problem("提前提醒的天数（days_before）应少于周期（period_days）。", ("warnings", n)) for n in early]


def _read_rules(folder: Path, pack: str, source: Source | None) -> tuple[tuple[Rule, ...], list[Problem]]:
    rules, problems = [], []
    for path in sorted((folder / "rules").glob("*")):
        if path.suffix != ".yaml":
            problems.append(Problem(file=path, message="规则文件的扩展名应是 .yaml。"))
            continue
        try:
            rule, faults = read_rule(read_yaml(path), pack, source)
        except PackInvalid as error:
            problems += error.problems
            continue
        problems += faults
        if rule is not None:
            rules.append(rule)
    return tuple(rules), problems


def _clause(raw: ClauseFile, source: Source) -> Clause:
    values = {name: getattr(raw, name) for name in ClauseFile.model_fields if name != "source"}
    return Clause(**values, source=source_of(raw.source, source))


def _cross_faults(pack: Pack, file: YamlFile, *, rule_files_broken: bool) -> list[Problem]:
    """What only the whole pack can show. While rule files are broken, their absence among the rules is no fault of its own."""
    known = {rule.id for rule in pack.rules}
    problems = []
    for clause in pack.clauses:
        loc = _clause_loc(pack, clause)
        if not rule_files_broken:
            problems += [
                file.problem(f"条款“{clause.id}”写了不存在的规则“{rule}”{suggestion(rule, known)}。", (*loc, "rules"))
                for rule in clause.rules
                if rule not in known
            ]
        if clause.status is ClauseStatus.MANUAL and clause.rules:
            problems.append(file.problem(f"条款“{clause.id}”标为人工（manual），却写了规则。", loc))
        if clause.status is not ClauseStatus.MANUAL and not clause.rules:
            problems.append(file.problem(f"条款“{clause.id}”标为“{clause.status}”，却没有写规则。", loc))
        if clause.kind is ClauseKind.BONUS and clause.rules:
            problems.append(file.problem(f"加分条款“{clause.id}”不能由程序判断，请标为 manual 并去掉规则。", loc))
    problems += _naming_faults(pack, file)
    twice = Counter(clause.id for clause in pack.clauses)
    problems += [
        file.problem(f"条款“{clause_id}”写了 {times} 遍。", ("clauses",)) for clause_id, times in twice.items() if times > 1
    ]
    return problems


def _naming_faults(pack: Pack, file: YamlFile) -> list[Problem]:
    problems = []
    for rule in pack.rules:
        naming = [clause for clause in pack.clauses if rule.id in clause.rules]
        vetoes = [clause.id for clause in naming if clause.kind is ClauseKind.VETO]
        others = [clause.id for clause in naming if clause.kind is not ClauseKind.VETO]
        if not naming:
            problems.append(file.problem(f"没有条款写到规则“{rule.id}”，它的结果无处可记。", ("clauses",)))
        for clauses in (vetoes, others):
            if len(clauses) > 1:
                message = f"规则“{rule.id}”同时记在条款 {'、'.join(clauses)} 上，一个问题只能扣一次。"
                problems.append(file.problem(message, ("clauses",)))
    return problems


def _clause_loc(pack: Pack, clause: Clause) -> tuple[str | int, ...]:
    """Where the clause stands in this pack's own file; inherited clauses have only their override, or nothing."""
    own = [each.id for each in pack.clauses]
    return ("overrides", "clauses", clause.id) if pack.extends else ("clauses", own.index(clause.id))


def without_rules(pack: Pack, keep: Iterable[str]) -> Pack:
    """``pack`` with only the rules in ``keep``; clauses keep their words. For rule cases and spot checks."""
    kept = frozenset(keep)
    clauses = tuple(replace(clause, rules=tuple(rule for rule in clause.rules if rule in kept)) for clause in pack.clauses)
    return replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in kept), clauses=clauses)
