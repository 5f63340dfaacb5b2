"""A pack that a person spoiled is refused with sentences, whatever was done to it: no exception of another kind escapes."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import PackInvalid
from rules.loader import load_pack
from tests.fuzz import tries

PACK = Path(__file__).parents[2] / "rules" / "packs" / "xxgk-platform"
BITS = [
    "",
    ":",
    "- ",
    "  ",
    "\t",
    "{",
    "]",
    '"',
    "'",
    "&a",
    "*a",
    "!!python/object:os.system",
    "null",
    "[]",
    "{}",
    "-1",
    "1e999",
    "true",
]
BITS += [
    "2026-02-30",
    "\x00",
    "\u202e",
    "。",
    "failed",
    "<<: *a",
    "|",
    "#",
    "?",
    "%",
    "@",
    "\n",
    "outcome: failed\n",
    "check: no-such",
]

damages = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(["drop", "double", "indent", "replace", "insert"]), st.sampled_from(BITS)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to be spoiled."""
    folder = tmp_path_factory.mktemp("packs") / "xxgk-platform"
    shutil.copytree(PACK, folder)
    return folder


@pytest.mark.parametrize("name", ["pack.yaml", "rules/outdated-guide.yaml"])
@given(damages_=damages)
@tries(40)
def test_no_damaged_line_escapes_the_loader(pack: Path, name: str, damages_: list[tuple[int, str, str]]) -> None:
    file = pack / name
    whole = (PACK / name).read_text(encoding="utf-8")
    file.write_text(spoiled(whole, damages_), encoding="utf-8", newline="")
    with suppress(PackInvalid):
        load_pack(pack)
    file.write_text(whole, encoding="utf-8")


def spoiled(text: str, damages_: list[tuple[int, str, str]]) -> str:
    lines = text.splitlines(keepends=True)
    for place, how, bit in damages_:
        number = place % len(lines)
        line = lines[number]
        lines[number] = {
            "drop": "",
            "double": line * 2,
            "indent": f"   {line}",
            "replace": line.partition(":")[0] + f": {bit}\n",
            "insert": line[: place % (len(line) + 1)] + bit + line[place % (len(line) + 1) :],
        }[how]
    return "".join(lines)


@given(st.binary(max_size=300))
@tries(40)
def test_no_bytes_escape_the_loader(pack: Path, content: bytes) -> None:
    file = pack / "rules" / "outdated-guide.yaml"
    whole = file.read_bytes()
    file.write_bytes(content)
    with suppress(PackInvalid):
        load_pack(pack)
    file.write_bytes(whole)
