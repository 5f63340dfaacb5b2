"""The word lists of the extractors: YAML data beside this file, read once per process."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from crawler.vocabulary.compiled import keep, kept

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class VocabularyInvalid(ValueError):
    """A shipped word list is missing or is not readable YAML."""


@cache
def load(name: str) -> Any:
    """Content of ``crawler/vocabulary/<name>.yaml``, shared by all callers: treat it as read-only.

    Raises :class:`VocabularyInvalid` when the file is missing, empty or broken.
    """
    if not _NAME.match(name):
        raise VocabularyInvalid(f"no vocabulary can be named {name!r}")
    path = _FOLDER / f"{name}.yaml"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise VocabularyInvalid(f"{path.name}: {error}") from error
    content = kept(path, data)
    if content is None:
        content = _parsed(path, data)
        keep(path, data, content)
    return content


def _parsed(path: Path, data: bytes) -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415  not loaded where everything is kept
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    try:
        content = YAML(typ="safe").load(data)
    except YAMLError as error:
        raise VocabularyInvalid(f"{path.name}: {error}") from error
    if content is None:
        raise VocabularyInvalid(f"{path.name} is empty")
    return content
