"""Checks by name."""

import json
from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from rules.model import Judgement, Outcome, Subject
from rules.registry import COMMON_FIELDS, CheckParams, check, checks, message_params


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    days: int
    words: tuple[str, ...] = ()
    inner: tuple[int, ...] = ()
    nothing: str | None = None


def test_every_module_of_the_checks_folder_is_found() -> None:
    modules = {known.judge.__module__.rpartition(".")[2] for known in checks().values()}
    from pathlib import Path

    import rules.checks

    folder = Path(rules.checks.__path__[0])
    assert modules == {path.stem for path in folder.glob("[!_]*.py")}


def test_names_are_kebab_case_and_their_summaries_say_something() -> None:
    for known in checks().values():
        assert known.name == known.name.lower().replace("_", "-")
        assert known.summary


def test_no_check_fills_a_field_the_engine_fills() -> None:
    for known in checks().values():
        for names in known.fields.values():
            assert not names & COMMON_FIELDS, known.name


def test_a_check_never_says_lead_nor_what_only_the_engine_says() -> None:
    for known in checks().values():
        assert set(known.fields) <= {Outcome.PASSED, Outcome.FAILED, Outcome.CANT_TELL, Outcome.UNTESTED}, known.name


@pytest.mark.parametrize("raw", ['{"dayz": 1}', '{"days": "14"}', '{"days": true}', "{}", '{"days": 1.5}'])
def test_unknown_keys_and_wrong_types_are_refused(raw: str) -> None:
    probe = check("probe-of-tests", subject=Subject.PAGE, params=Params, fields={})(lambda *_: None)
    assert probe
    from rules.registry import _checks

    known = _checks.pop("probe-of-tests")
    with pytest.raises(ValidationError):
        known.parse_params(raw)


def test_one_name_for_two_checks_is_a_mistake_of_ours() -> None:
    def other(*_: object) -> Judgement | None:
        return None

    with pytest.raises(ValueError, match="defined twice"):
        check("column-freshness", subject=Subject.COLUMN, params=Params, fields={})(other)


def test_a_column_check_cannot_need_other_columns() -> None:
    with pytest.raises(ValueError, match="as they go by"):
        check("needy", subject=Subject.COLUMN, params=Params, fields={}, needs=("news",))


def test_messages_may_name_simple_parameters_that_are_set() -> None:
    assert message_params(Params(days=3, words=("甲",), inner=(1,))) == {"days": 3, "words": ("甲",)}


def test_schemas_are_json() -> None:
    for known in checks().values():
        assert json.loads(json.dumps(known.schema()))["type"] == "object"
