"""JSON Schema for editors: rule files at the top, ``pack.yaml`` and case files under ``$defs``."""

from typing import Any

from rules.cases import CasesFile
from rules.registry import SPOKEN, checks
from rules.schema import PackFile, RuleFile


def pack_schema() -> dict[str, Any]:
    """The schema committed as ``rules/packs/rule.schema.json``; ``params`` depends on the ``check`` that is named."""
    schema = RuleFile.model_json_schema()
    definitions: dict[str, Any] = schema.pop("$defs", {})
    for model in (PackFile, CasesFile):
        inner = model.model_json_schema()
        definitions |= inner.pop("$defs", {})
        definitions[model.__name__] = inner
    branches = []
    for check in checks().values():
        params = check.schema()
        for name, definition in params.pop("$defs", {}).items():
            if definitions.setdefault(name, definition) != definition:
                raise ValueError(f"two checks call different parameters {name}")
        definitions[f"params-{check.name}"] = {**params, "title": check.name, "description": check.summary}
        branches.append(_branch(check.name, needs_params=bool(params.get("required"))))
        branches[-1]["then"]["properties"]["messages"] = {
            "required": [outcome.value for outcome in SPOKEN if outcome in check.fields]
        }
    schema["properties"]["check"] = {"enum": list(checks())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "allOf": branches,
        "$defs": dict(sorted(definitions.items())),
    }


def _branch(name: str, *, needs_params: bool) -> dict[str, Any]:
    then: dict[str, Any] = {"properties": {"params": {"$ref": f"#/$defs/params-{name}"}}}
    if needs_params:
        then["required"] = ["params"]
    return {"if": {"properties": {"check": {"const": name}}, "required": ["check"]}, "then": then}
