"""portal.yaml: what ``zhaocuo discover`` found, for the operator to read, correct and pin."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from audit.errors import PortalFileInvalid
from audit.new_media import read_accounts
from audit.portal_file import SCHEMA, PortalFile, check_web_address
from crawler.facts import UnitKind
from crawler.pins import PinnedColumn, PinnedUnit, Pins
from rules.errors import PackInvalid, Problem
from rules.yamlfile import read_yaml

Address = Annotated[str, AfterValidator(check_web_address)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Unit(_Strict):
    name: str = Field(min_length=1)
    kind: UnitKind | None = None
    group: str = ""
    url: Address | None = None
    url_prefixes: tuple[Address, ...] = ()
    aliases: tuple[str, ...] = ()
    columns: dict[Literal["guide", "regulations", "statutory_content", "annual_report"], Address | None] = Field(
        default_factory=dict
    )
    responsible: str = ""
    """责任人, for people."""
    ignored: bool = False


class _Column(_Strict):
    url: Address
    name: str = ""
    column_type: str = ""
    department: str | None = None
    archived: bool | None = None
    ignored: bool = False


class _Portal(_Strict):
    schema_: Literal["zhaocuo.portal/1"] = Field(default=SCHEMA, alias="schema")
    url: Address
    name: str = ""
    region: str = ""
    contact: str = Field(default="", max_length=200)
    """Where a 单位 raises an objection: office and telephone, printed on every scorecard."""
    xxgk_url: Address | None = None
    delay: float | None = Field(default=None, ge=0, le=60)
    concurrency: int | None = Field(default=None, ge=1, le=64)
    max_pages: int | None = Field(default=None, ge=1)
    packs: tuple[str, ...] = ()
    departments: tuple[_Unit, ...] = ()
    columns: tuple[_Column, ...] = ()
    institutions: tuple[Annotated[str, Field(min_length=2)], ...] | None = None
    """公共企事业单位 that must have their place on the portal."""
    new_media: str | None = Field(default=None, min_length=1)
    """CSV file of 政务新媒体 accounts, seen from this file's folder."""


def read_portal_file(path: Path) -> PortalFile:
    """Read and check a portal.yaml; raises :class:`PortalFileInvalid` with every mistake and its line,
    :class:`AccountListInvalid` when the list of accounts that it names cannot be used."""
    try:
        file = read_yaml(path)
        portal = _Portal.model_validate(file.plain)
    except PackInvalid as error:
        raise PortalFileInvalid(str(error)) from error
    except ValidationError as error:
        problems = [file.problem(_sentence(item), item["loc"]) for item in error.errors()]
        raise PortalFileInvalid("\n".join(str(problem) for problem in sorted(set(problems)))) from error
    twice = _repeated_names(portal, path)
    if twice:
        raise PortalFileInvalid("\n".join(map(str, twice)))
    accounts = None if portal.new_media is None else read_accounts(path.parent / portal.new_media)
    return PortalFile(
        url=portal.url,
        pins=replace(_pins(portal), new_media=accounts),
        delay=portal.delay,
        concurrency=portal.concurrency,
        max_pages=portal.max_pages,
        packs=portal.packs,
        contact=portal.contact.strip(),
    )


def _repeated_names(portal: _Portal, path: Path) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for unit in portal.departments:
        if unit.name in seen:
            problems.append(Problem(file=path, message=f"单位“{unit.name}”写了两遍，请合并成一项。"))
        seen.add(unit.name)
    return problems


def _pins(portal: _Portal) -> Pins:
    return Pins(
        xxgk_url=portal.xxgk_url,
        region=portal.region,
        units=tuple(
            PinnedUnit(
                name=unit.name,
                kind=unit.kind,
                group=unit.group,
                url=unit.url,
                url_prefixes=unit.url_prefixes,
                aliases=unit.aliases,
                columns={role: url for role, url in unit.columns.items() if url},
                ignored=unit.ignored,
            )
            for unit in portal.departments
        ),
        columns=tuple(
            PinnedColumn(
                url=column.url, name=column.name, column_type=column.column_type, archived=column.archived, ignored=column.ignored
            )
            for column in portal.columns
        ),
        institutions=portal.institutions,
    )


_SENTENCES = {
    "missing": "缺少“{field}”这一项。",
    "extra_forbidden": "“{field}”不是认得的项目，请删去或改正拼写。",
    "literal_error": "“{field}”的值不在可选范围内（可选：{expected}）。",
    "enum": "“{field}”的值不在可选范围内（可选：{expected}）。",
    "string_too_short": "“{field}”不能为空。",
    "value_error": "{error}。",
}


def _sentence(item: Any) -> str:
    name = str(item["loc"][-1]) if item["loc"] else "文件"
    context = item.get("ctx") or {}
    template = _SENTENCES.get(item["type"], "“{field}”的值不对，应为{kind}。")
    kinds = {
        "float": "数字",
        "int": "整数",
        "string": "文字",
        "bool": "true 或 false",
        "tuple": "列表",
        "dict": "各项的对照",
        "url": "网址",
    }
    kind = next((word for key, word in kinds.items() if item["type"].startswith(key)), "规定范围内的值")
    return template.format(field=name, expected=context.get("expected", ""), error=context.get("error", ""), kind=kind)
