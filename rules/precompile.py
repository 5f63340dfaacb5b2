"""``python -m rules.precompile``: keep all YAML that the program ships, for machines where nobody may write there later."""

from pathlib import Path

from rules.compiled_yaml import keep
from rules.yamlfile import read_yaml


def main() -> None:
    """Keep every YAML file below ``rules``."""
    for path in sorted(Path(__file__).parent.rglob("*.yaml")):
        keep(path, path.read_bytes(), read_yaml(path).plain, always=True)


if __name__ == "__main__":
    main()
