"""portals.yaml: the portals of a city, as ``zhaocuo nightly`` audits them every night."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from audit.errors import PortalFileInvalid
from audit.portal_file import check_web_address
from audit.portal_reader import read_portal_file
from reports.slugs import unique_slugs
from rules.complaints import problems_of
from rules.errors import PackInvalid, Problem
from rules.loader import load_packs
from rules.yamlfile import YamlFile, read_yaml

SCHEMA: Literal["zhaocuo.portals/1"] = "zhaocuo.portals/1"
DEFAULT_HOURS = 8.0
MAX_HOURS = 168.0
"""A week: what takes longer is stuck."""


def _address(value: str) -> str:
    try:
        return check_web_address(value)
    except ValueError as error:
        raise ValueError(f"{error}。") from error


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Settings(_Strict):
    delay: float | None = Field(default=None, ge=0, le=3600)
    concurrency: int | None = Field(default=None, ge=1, le=64)
    max_pages: int | None = Field(default=None, ge=1)
    packs: tuple[str, ...] = ()
    browser: bool | None = None
    timeout_hours: float | None = Field(default=None, gt=0, le=MAX_HOURS)


class _Entry(_Settings):
    name: str = ""
    url: Annotated[str, AfterValidator(_address)] | None = None
    file: str | None = None
    """A portal.yaml, seen from the folder of this file."""
    departments: tuple[str, ...] = ()


class _File(_Strict):
    schema_: Literal["zhaocuo.portals/1"] = Field(alias="schema")
    defaults: _Settings = _Settings()
    portals: tuple[_Entry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightPortal:
    """One portal of the night; None: as ``zhaocuo audit`` has it."""

    name: str
    slug: str
    """Folder of its reports and name of its log."""
    target: str
    """Home page, or path of a portal.yaml."""
    url: str
    hours: float
    """Longest time its audit may take."""
    delay: float | None = None
    concurrency: int | None = None
    max_pages: int | None = None
    packs: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    browser: bool = True

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()

    def words(self) -> Iterator[str]:
        """Options of ``zhaocuo audit`` that say the same."""
        for option, value in (("--delay", self.delay), ("--concurrency", self.concurrency), ("--max-pages", self.max_pages)):
            if value is not None:
                yield from (option, f"{value:g}" if isinstance(value, float) else str(value))
        for option, texts in (("--pack", self.packs), ("--department", self.departments)):
            for text in texts:
                yield from (option, text)
        if not self.browser:
            yield "--no-browser"


def read_portals(path: Path) -> tuple[NightPortal, ...]:
    """The portals of ``path`` in its order; raises :class:`PortalFileInvalid` with every mistake and its line."""
    try:
        file = read_yaml(path)
        read = _File.model_validate_json(json.dumps(file.plain))
    except PackInvalid as error:
        raise PortalFileInvalid(str(error)) from error
    except ValidationError as error:
        known = [name for model in (_File, _Entry) for name in model.model_fields]
        raise PortalFileInvalid(_lines(problems_of(error, file, [*known, "schema"]))) from error
    return _Reading(file, read).portals()


def _lines(problems: list[Problem]) -> str:
    return "\n".join(map(str, sorted(set(problems))))


class _Reading:
    """What the models cannot see: files, packs, portals named twice."""

    def __init__(self, file: YamlFile, read: _File) -> None:
        self.file, self.read, self.folder = file, read, file.path.parent
        self.problems: list[Problem] = []

    def portals(self) -> tuple[NightPortal, ...]:
        urls = [self._url(number, entry) for number, entry in enumerate(self.read.portals)]
        self._twice(urls)
        self._check_packs(self.read.defaults, ("defaults",))
        for number, entry in enumerate(self.read.portals):
            self._check_packs(entry, ("portals", number))
        if self.problems:
            raise PortalFileInvalid(_lines(self.problems))
        names = [entry.name or urlsplit(url).netloc for entry, url in zip(self.read.portals, urls, strict=True)]
        parts = zip(self.read.portals, urls, names, unique_slugs(names), strict=True)
        return tuple(self._portal(entry, url, name, slug) for entry, url, name, slug in parts)

    def _url(self, number: int, entry: _Entry) -> str:
        """Home page of an entry; "" with a problem noted where it has none."""
        if (entry.url is None) == (entry.file is None):
            self.problems.append(self.file.problem("每个门户要写 url 或 file 其中一个，而且只写一个。", ("portals", number)))
            return ""
        if entry.url is not None:
            return entry.url
        try:
            return read_portal_file(self.folder / str(entry.file)).url
        except PortalFileInvalid as error:
            said = "；".join(str(error).splitlines()).rstrip("。")
            self.problems.append(self.file.problem(f"“{entry.file}”不能用：{said}。", ("portals", number, "file")))
            return ""

    def _twice(self, urls: list[str]) -> None:
        first: dict[str, int] = {}
        for number, url in enumerate(urls):
            host = urlsplit(url).netloc.lower()
            if host and host in first:
                line, _ = self.file.place(("portals", first[host]))
                said = f"门户 {host} 在第 {line} 行已经写过，同一台主机一夜只检查一遍，请删去一处。"
                self.problems.append(self.file.problem(said, ("portals", number)))
            first.setdefault(host, number)

    def _check_packs(self, settings: _Settings, loc: tuple[str | int, ...]) -> None:
        if not settings.packs:
            return
        try:
            load_packs([self._pack(name) for name in settings.packs])
        except PackInvalid as error:
            self.problems += [self.file.problem(str(problem), (*loc, "packs")) for problem in error.problems]

    def _pack(self, name: str) -> str:
        """A folder of packs is looked for beside this file, wherever the night is started from."""
        beside = self.folder / name
        return str(beside) if beside.is_dir() else name

    def _portal(self, entry: _Entry, url: str, name: str, slug: str) -> NightPortal:
        given = {**self.read.defaults.model_dump(exclude_none=True), **entry.model_dump(exclude_none=True)}
        packs = entry.packs or self.read.defaults.packs
        return NightPortal(
            name=name,
            slug=slug,
            target=url if entry.url is not None else str(self.folder / str(entry.file)),
            url=url,
            hours=given.get("timeout_hours", DEFAULT_HOURS),
            delay=given.get("delay"),
            concurrency=given.get("concurrency"),
            max_pages=given.get("max_pages"),
            packs=tuple(map(self._pack, packs)),
            departments=entry.departments,
            browser=given.get("browser", True),
        )
