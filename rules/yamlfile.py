"""YAML files with line numbers: ruamel's round-trip reader, made plain and safe to validate."""

import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.compiled_yaml import keep, kept
from rules.errors import PackInvalid, Problem

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

# ruamel.yaml is imported where a file is read: most commands find all they need kept.

MAX_BYTES = 1_000_000
"""No pack file of ours comes near; a longer one is no rule file."""
MAX_NODES = 100_000
"""Aliases of aliases can blow a small file up."""
MAX_DEPTH = 100
"""Brackets inside brackets: the reader's time grows with the square of their depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """One file as plain values; its places are looked for when something is wrong there."""

    path: Path
    plain: dict[str, Any]
    text: str = field(repr=False)

    def place(self, loc: Sequence[str | int] = ()) -> tuple[int, int]:
        """Line and column (1-based) of the value at ``loc``, or of its nearest parent that stands in the file."""
        node, line, column = _tree(self.text), 1, 1
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            node, line, column = found
        return line, column

    def problem(self, message: str, loc: Sequence[str | int] = ()) -> Problem:
        line, column = self.place(loc)
        return Problem(file=self.path, line=line, column=column, message=message)


def _child(node: Any, step: str | int) -> tuple[Any, int, int] | None:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415  see above

    if isinstance(node, CommentedMap):
        key = next((key for key in node if str(key) == str(step)), None)
        if key is None:
            return None
        line, column = node.lc.key(key)
        return node[key], line + 1, column + 1
    if isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
        line, column = node.lc.item(step)
        return node[step], line + 1, column + 1
    return None


def read_yaml(path: Path) -> YamlFile:
    """Read one YAML mapping.

    Raises :class:`PackInvalid` with the place when the file cannot be read, is no YAML, says a key twice, or is no mapping.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PackInvalid([Problem(file=path, message="文件超过 1 MB，不像规则文件。")])
        data = path.read_bytes()
        # As a file opened for text has them: one end of line, whatever the system.
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise PackInvalid([Problem(file=path, message=f"读不到这个文件（{error.strerror}）。")]) from error
    except UnicodeDecodeError as error:
        raise PackInvalid([Problem(file=path, message="文件不是 UTF-8 编码，请另存为 UTF-8。")]) from error
    plain = kept(path, data)
    if plain is not None:
        return YamlFile(path=path, plain=plain, text=text)
    file = parse_yaml(text, path)
    keep(path, data, file.plain)
    return file


def parse_yaml(text: str, path: Path) -> YamlFile:
    """Like :func:`read_yaml`, for text already at hand; ``path`` only names the place of a problem."""
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415  see above
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError  # noqa: PLC0415

    if _bracket_depth(text) > MAX_DEPTH:
        raise PackInvalid([Problem(file=path, message="文件里的括号套得太深，不像规则文件。")])
    try:
        tree = _tree(text)
    except MarkedYAMLError as error:
        raise PackInvalid([_syntax_problem(error, path)]) from error
    except ReusedAnchorWarning as error:
        raise PackInvalid([Problem(file=path, message="同一个锚点（“&名称”）写了两次，请改用不同的名称。")]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise PackInvalid([Problem(file=path, message="文件不是可读的 YAML，请检查缩进、冒号和引号。")]) from error
    if not isinstance(tree, CommentedMap):
        raise PackInvalid([Problem(file=path, line=1, column=1, message="文件开头应是“名称: 值”形式的各项。")])
    try:
        plain = _Plainer().plain(tree)
    except (_NotPlainError, RecursionError) as error:
        raise PackInvalid([Problem(file=path, message="文件里有过深、过多或带标签的内容，请改成普通文字和列表。")]) from error
    return YamlFile(path=path, plain=plain, text=text)


@lru_cache(maxsize=4)
def _tree(text: str) -> Any:
    """The nodes of ``text``, which know their places; raises what ruamel raises, and what it only warns of."""
    from ruamel.yaml import YAML  # noqa: PLC0415  see above
    from ruamel.yaml.error import ReusedAnchorWarning  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("error", ReusedAnchorWarning)
        return YAML(typ="rt", pure=True).load(text)


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _syntax_problem(error: "MarkedYAMLError", path: Path) -> Problem:
    from ruamel.yaml.constructor import DuplicateKeyError  # noqa: PLC0415  see above

    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    message = "YAML 写法有误，请检查这里的缩进、冒号和引号。"
    if isinstance(error, DuplicateKeyError):
        key = str(error.problem or "").partition('"')[2].partition('"')[0]
        message = f"“{key}”这一项写了两遍，请删去一处。"
    return Problem(file=path, line=line, column=column, message=message)


class _NotPlainError(Exception):
    """A node that has no plain value, or too many nodes."""


class _Plainer:
    """Turns ruamel's nodes into what ``json`` can write, and counts them."""

    def __init__(self) -> None:
        self.nodes = 0

    def plain(self, node: Any) -> Any:
        self.nodes += 1
        tag = getattr(getattr(node, "tag", None), "value", None)
        if self.nodes > MAX_NODES or tag is not None:
            raise _NotPlainError
        if isinstance(node, Mapping):
            return {str(key): self.plain(value) for key, value in node.items()}
        if isinstance(node, list):
            return [self.plain(item) for item in node]
        return _scalar(node)


def _scalar(node: Any) -> str | int | float | bool | None:
    if node is None:
        return None
    if isinstance(node, date):  # datetime is a date
        return node.isoformat()
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            value = kind(node)
            if isinstance(value, float) and not math.isfinite(value):
                break
            return value
    raise _NotPlainError
