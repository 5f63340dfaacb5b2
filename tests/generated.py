"""Files that are made from code: ``python -m tests.generated`` names the stale ones, ``--write`` refreshes them."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

REPO = Path(__file__).parents[1]

_HELP_BLOCK = re.compile(r"(<!-- zhaocuo --help -->\n```text\n).*?(```\n<!-- /zhaocuo --help -->)", re.DOTALL)


def fresh_files() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should hold; parts of the program that are not there yet make nothing."""
    if find_spec("audit.cli"):
        readme = REPO / "README.md"
        yield readme, _with_help(readme.read_text(encoding="utf-8"))
    if find_spec("rules.describe"):
        yield from _pack_files()


def _with_help(readme: str) -> str:
    if not _HELP_BLOCK.search(readme):
        raise ValueError("README.md has lost its <!-- zhaocuo --help --> block")
    return _HELP_BLOCK.sub(lambda match: match[1] + command_help() + match[2], readme)


def command_help(*command: str) -> str:
    """What ``zhaocuo COMMAND… --help`` prints at a width of 100, as the person at the terminal sees it."""
    program = Path(sys.executable).with_name("zhaocuo")
    answer = subprocess.run(
        [program, *command, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"COLUMNS": "100", "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )
    return "\n".join(line.rstrip() for line in answer.stdout.splitlines()) + "\n"


def _pack_files() -> Iterator[tuple[Path, str]]:
    from rules.describe import pack_readme, pack_schema
    from rules.loader import load_packs
    from rules.shipped import shipped_packs

    packs = REPO / "rules" / "packs"
    for pack in load_packs(shipped_packs()):
        yield packs / pack.id / "README.md", pack_readme(pack)
    yield packs / "rule.schema.json", json.dumps(pack_schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="refresh the stale files instead of naming them")
    write = parser.parse_args().write
    stale = 0
    for path, text in fresh_files():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if write:
            path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{'refreshed' if write else 'stale (run ./dev generate)'}: {path.relative_to(REPO)}\n")
    return 1 if stale and not write else 0


if __name__ == "__main__":
    raise SystemExit(main())
