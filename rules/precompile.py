"""``python -m rules.precompile FOLDER…``: keep the YAML below each parsed, for machines where nobody may write there later."""

import sys
from collections.abc import Iterable
from pathlib import Path

from rules.compiled_yaml import keep
from rules.errors import PackInvalid
from rules.yamlfile import read_yaml


def precompile(folders: Iterable[Path]) -> None:
    """Keep every YAML file below ``folders`` that is the program's own; what cannot be read is told when it is wanted."""
    for path in sorted(path for folder in folders for path in folder.resolve().rglob("*.yaml")):
        try:
            keep(path, path.read_bytes(), read_yaml(path).plain, always=True)
        except PackInvalid:
            continue


if __name__ == "__main__":
    precompile(map(Path, sys.argv[1:]))
