"""Checks: Python functions that judge one subject, known by name and found in ``rules/checks/``."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

from pydantic import ConfigDict, TypeAdapter

from crawler.facts import PageFacts
from rules.model import CheckReturn, Context, Judgement, Outcome, Subject

PageChoice = Callable[[PageFacts], bool]
"""Which pages concern a check: one of the questions of ``rules/pages.py``."""

COMMON_FIELDS = frozenset({"title", "url", "subject", "department", "found_on_count", "count"})
"""Message fields that the engine fills for every rule."""

SPOKEN = (Outcome.PASSED, Outcome.FAILED, Outcome.CANT_TELL, Outcome.UNTESTED)
"""Outcomes of a check that need words; an inapplicable subject is only counted."""


class CheckParams:
    """Base of every check's frozen ``Params``: unknown keys and wrong types are refused when the pack is loaded."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True)


class Survey(Protocol):
    """One evaluation's look at all pages: what a check must compare with other pages before it can speak."""

    def see(self, page: PageFacts) -> CheckReturn:
        """One page as it goes by; what can be said at once is said at once."""
        ...

    def end(self) -> Iterable[Judgement]:
        """What only the whole can tell. A survey keeps a few words of a page, never the page."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One registered check."""

    name: str
    subject: Subject
    params: type[Any]
    judge: Callable[[Any, Any, Any], CheckReturn]
    fields: Mapping[Outcome, frozenset[str]]
    """Outcomes it can give, and the message fields it fills for each."""
    needs: frozenset[str]
    """Column types that the engine must have gathered into the context before the first call."""
    only_faults: bool
    """Subjects that are fine never come to rules (links): nothing to judge means passed."""
    attachments: bool = False
    """The portal's attachments (``AttachmentFacts``) come to it beside its subjects: leaks are in files above all."""
    summary: str
    """First line of the docstring."""
    survey: Callable[[Any, Context], Survey] | None = None
    """Begins a survey; None: every subject is judged by itself."""
    pages: PageChoice | None = None
    """Pages that come to it; None: all. Asked once a page for all checks that share it, so a check need not ask again."""

    def parse_params(self, raw: bytes | str) -> Any:
        """``params:`` of a rule as JSON text; raises pydantic's ValidationError."""
        return _adapter(self.params).validate_json(raw, strict=True)

    def schema(self) -> dict[str, Any]:
        return _adapter(self.params).json_schema()


def message_params(params: Any) -> dict[str, Any]:
    """The parameters that a message may name: texts, numbers and lists of texts that are set."""
    values = {each.name: getattr(params, each.name) for each in fields(params)}
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, str | int | float) or (isinstance(value, tuple) and all(isinstance(item, str) for item in value))
    }


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Building one costs milliseconds; a pack asks for the same one for many rules."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_checks: dict[str, Check] = {}


def check(
    name: str,
    *,
    subject: Subject,
    params: type[Any],
    fields: Mapping[Outcome, Iterable[str]],
    needs: Iterable[str] = (),
    only_faults: bool = False,
    attachments: bool = False,
    pages: PageChoice | None = None,
) -> Callable[[Callable[[Any, Any, Any], CheckReturn]], Callable[[Any, Any, Any], CheckReturn]]:
    """Register a check. ``fields`` names every outcome it can give, with the message fields it fills for each."""

    if subject is Subject.COLUMN and needs:
        raise ValueError(f"check {name}: columns are judged as they go by, before any could be gathered")

    def register(judge: Callable[[Any, Any, Any], CheckReturn]) -> Callable[[Any, Any, Any], CheckReturn]:
        known = _checks.get(name)
        if known is not None and known.judge.__module__ != judge.__module__:
            raise ValueError(f"check {name} is defined twice: {known.judge.__module__} and {judge.__module__}")
        _checks[name] = Check(
            name=name,
            subject=subject,
            params=params,
            judge=judge,
            fields={outcome: frozenset(names) for outcome, names in fields.items()},
            needs=frozenset(needs),
            only_faults=only_faults,
            attachments=attachments,
            pages=pages,
            summary=(judge.__doc__ or "").strip().partition("\n")[0],
        )
        return judge

    return register


def survey(
    name: str,
    *,
    params: type[Any],
    fields: Mapping[Outcome, Iterable[str]],
    needs: Iterable[str] = (),
    pages: PageChoice | None = None,
) -> Callable[[Callable[[Any, Context], Survey]], Callable[[Any, Context], Survey]]:
    """Register a check on pages that compares them; the function begins one survey for one evaluation."""

    def register(begin: Callable[[Any, Context], Survey]) -> Callable[[Any, Context], Survey]:
        def alone(page: Any, params: Any, context: Context) -> CheckReturn:
            return begin(params, context).see(page)

        alone.__module__, alone.__doc__ = begin.__module__, begin.__doc__
        check(name, subject=Subject.PAGE, params=params, fields=fields, needs=needs, pages=pages)(alone)
        _checks[name] = replace(_checks[name], survey=begin)
        return begin

    return register


@lru_cache(maxsize=1)
def checks() -> Mapping[str, Check]:
    """All checks by name, from the modules of ``rules/checks/``."""
    for module in pkgutil.iter_modules([str(Path(__file__).with_name("checks"))]):
        importlib.import_module(f"rules.checks.{module.name}")
    return dict(sorted(_checks.items()))
