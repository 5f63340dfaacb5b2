"""``python -m crawler.vocabulary``: keep all word lists parsed, for machines where nobody may write there later."""

from pathlib import Path

from crawler.vocabulary import load
from crawler.vocabulary.compiled import keep

if __name__ == "__main__":
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        keep(path, path.read_bytes(), load(path.stem), always=True)
