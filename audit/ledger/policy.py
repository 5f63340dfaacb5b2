"""How the ledger is kept: ``policy.yaml`` beside this file, and ``ledger.yaml`` in the data folder, which wins."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audit.errors import LedgerUnusable
from audit.folders import LEDGER_POLICY_NAME
from rules.complaints import problems_of
from rules.errors import PackInvalid
from rules.yamlfile import read_yaml

_SHIPPED = Path(__file__).with_name("policy.yaml")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    schema_: Literal["zhaocuo.ledger/1"] = Field(alias="schema")
    closed_by: Literal["machine", "person"] | None = None
    least_share_of_pages: float | None = Field(default=None, ge=0, le=1)
    closed_days_shown: int | None = Field(default=None, ge=0, le=36_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    closed_by: Literal["machine", "person"]
    least_share_of_pages: float
    """A complete run with a smaller share of the last one's pages closes nothing."""
    closed_days_shown: int

    @property
    def machine_closes(self) -> bool:
        return self.closed_by == "machine"


def load_policy(data: Path | None = None) -> Policy:
    """The policy in force; raises :class:`LedgerUnusable` with every mistake of the data folder's file and its line."""
    local = None if data is None else data / LEDGER_POLICY_NAME
    values = dict(_shipped())
    if local is not None and local.is_file():
        values |= _read(local)
    return Policy(**values)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    return _read(_SHIPPED)


def _read(path: Path) -> dict[str, Any]:
    try:
        file = read_yaml(path)
        read = _File.model_validate_json(json.dumps(file.plain))
    except PackInvalid as error:
        raise LedgerUnusable(str(error)) from error
    except ValidationError as error:
        raise LedgerUnusable("\n".join(map(str, sorted(set(problems_of(error, file, _File.model_fields)))))) from error
    return read.model_dump(exclude={"schema_"}, exclude_none=True)
