"""Templates are compiled once; what is damaged, or of another text, is compiled again."""

import sys

import pytest
from jinja2 import DictLoader, Environment

from reports.kept_templates import KeptTemplates


@pytest.fixture
def compiled(monkeypatch):
    """How often a template was compiled."""
    times = []
    compile_source = Environment.compile

    def counted(*words, **named):
        times.append(words)
        return compile_source(*words, **named)

    monkeypatch.setattr(Environment, "compile", counted)
    return times


def _render(folder, text="{{ 1 + 1 }}", *, always=True):
    env = Environment(loader=DictLoader({"a.j2": text}), autoescape=True, bytecode_cache=KeptTemplates(folder, always=always))
    return env.get_template("a.j2").render()


def test_a_template_is_compiled_once(tmp_path, compiled):
    assert [_render(tmp_path), _render(tmp_path)] == ["2", "2"]
    assert len(compiled) == 1


def test_another_text_is_compiled_anew(tmp_path, compiled):
    assert [_render(tmp_path), _render(tmp_path, "{{ 2 + 1 }}")] == ["2", "3"]
    assert len(compiled) == 2


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_what_is_damaged_is_compiled_anew(tmp_path, compiled, cut):
    _render(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:cut])
    assert _render(tmp_path) == "2"
    assert len(compiled) == 2


def test_nothing_is_written_where_python_may_not(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _render(tmp_path, always=False) == "2"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").touch()
    assert _render(tmp_path / "file" / "folder") == "2"
