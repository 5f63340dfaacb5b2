"""The yard keeps its own promises: what is committed, locked, executable, documented, imported."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from rules.loader import load_packs
from rules.shipped import shipped_packs
from tests.generated import fresh_files

REPO = Path(__file__).parents[1]
PACKAGES = ("crawler", "rules", "audit", "reports")
MAX_TRACKED_BYTES = 1_500_000

# A folder of one machine, at the start of an absolute path.
MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|root|farm)/[A-Za-z._-]+")
# Spelled in pieces, so that this file does not name what it forbids.
REGISTRY_HOSTS = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "npmmirror", "com"),
        ("pypi", "tuna", "tsinghua", "edu", "cn"),
        ("mirrors", "aliyun", "com"),
        ("proxy", "golang", "org"),
    )
)

# What an import costs the person who only wanted a small thing (style: heavy imports are lazy).
LAZY = {
    "crawler.facts": ("scrapy", "twisted", "lxml", "pydantic", "pandas"),
    "rules": ("scrapy", "twisted", "pandas", "lxml"),
    "rules.engine": ("scrapy", "twisted", "pandas", "lxml"),
    "reports.result": ("scrapy", "twisted", "pandas", "jinja2"),
    "audit.cli": ("scrapy", "twisted", "pandas", "django"),
    "audit.ledger.ledger": ("scrapy", "twisted", "pandas", "django"),
    # What the processes of a crawl hold for as long as it lasts: the one that waits, a reader of pages, a reader of attachments.
    "audit.audits": ("scrapy", "twisted", "pandas", "django", "pydantic", "lxml", "jinja2", "rich", "regex", "sqlite3"),
    "audit.__main__": ("click",),
    "crawler.reader_process": ("scrapy", "twisted", "asyncio", "click", "pydantic"),
    "crawler.attachments.worker": ("scrapy", "twisted", "asyncio", "warcio", "ssl", "http", "click", "pydantic"),
    "crawler.crawl": ("pandas", "pydantic", "jinja2", "click", "dateparser", "bs4", "tldextract", "requests"),
}


def run(*command: str, cwd: Path = REPO, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=os.environ | (env or {}), capture_output=True, text=True, encoding="utf-8", check=False
    )


def tracked() -> list[Path]:
    if not (REPO / ".git").exists() or not shutil.which("git"):
        pytest.skip("no git checkout: nothing is tracked")
    names = run("git", "ls-files", "-z").stdout.split("\0")
    return [REPO / name for name in names if name and (REPO / name).is_file()]


def project() -> dict:
    return tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))


def locked() -> dict[str, set[Version]]:
    """Pinned versions by package; a universal lock may pin one package twice, each under its own marker."""
    pins: dict[str, set[Version]] = {}
    for name, version in re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", (REPO / "requirements/dev.txt").read_text(), re.MULTILINE
    ):
        pins.setdefault(canonicalize_name(name), set()).add(Version(version))
    return pins


# --- what is committed ---------------------------------------------------------------------------------------------


def test_no_tracked_file_names_a_machine_path_or_a_registry_host():
    bad = []
    for path in tracked():
        text = path.read_bytes()
        if b"\0" in text:
            continue
        for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE_PATH.search(line) or any(host in line for host in REGISTRY_HOSTS):
                bad.append(f"{path.relative_to(REPO)}:{number}: {line.strip()[:120]}")
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("line", ["see /" + "work/main", "'/" + "root/.cache'", f"index = https://{REGISTRY_HOSTS[0]}/simple"])
def test_the_search_for_machine_paths_and_hosts_would_find_one(line):
    assert MACHINE_PATH.search(line) or any(host in line for host in REGISTRY_HOSTS)


@pytest.mark.parametrize("line", ["https://www.example.gov.cn/work/list.html", "framework/x", "../work/x"])
def test_a_path_inside_an_address_is_no_machine_path(line):
    assert not MACHINE_PATH.search(line)


def test_no_tracked_file_is_large():
    large = [path.name for path in tracked() if path.stat().st_size > MAX_TRACKED_BYTES]
    assert not large


def test_uv_lock_is_ignored_and_not_tracked():
    assert REPO / "uv.lock" not in tracked()
    assert run("git", "check-ignore", "-q", "--no-index", "uv.lock").returncode == 0


def test_run_folders_and_reports_are_ignored():
    tracked()
    for name in ("zhaocuo-data/x", "demo-out/index.html", ".venv/x"):
        assert run("git", "check-ignore", "-q", "--no-index", name).returncode == 0, name


@pytest.mark.parametrize("name", ["dev", ".ci/run"])
def test_the_scripts_can_be_run_and_parse(name):
    assert os.access(REPO / name, os.X_OK)
    modes = [line.split()[0] for line in run("git", "ls-files", "-s", name).stdout.splitlines()]
    assert modes in ([], ["100755"]), "the run bit is missing in git"
    parsed = run("bash", "-n", name)
    assert parsed.returncode == 0, parsed.stderr


def test_no_module_has_a_name_that_says_nothing():
    shapeless = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert not [path for path in tracked() if path.name in shapeless]


# --- the lock ------------------------------------------------------------------------------------------------------


def test_every_locked_requirement_has_hashes_and_no_address():
    text = (REPO / "requirements/dev.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(entries) > 100
    bare = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or not re.match(r"[\w.-]+(\[.*?\])?==", entry)]
    assert not bare
    assert not re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links", text)


def test_the_lock_satisfies_every_requirement_of_the_project():
    data, pins = project(), locked()
    extras = data["project"]["optional-dependencies"]
    wanted = [
        *data["project"]["dependencies"],
        *data["dependency-groups"]["dev"],
        *(one for extra in extras.values() for one in extra),
    ]
    missing = []
    for line in wanted:
        requirement = Requirement(line)
        if requirement.name == data["project"]["name"]:
            continue
        versions = pins.get(canonicalize_name(requirement.name), set())
        if not versions or not all(requirement.specifier.contains(version, prereleases=True) for version in versions):
            missing.append(f"{line}: locked {sorted(map(str, versions)) or 'nothing'}")
    assert not missing, "run ./dev lock\n" + "\n".join(missing)


def test_extra_all_names_every_other_extra():
    extras = project()["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    assert Requirement(everything).extras == set(extras) - {"all"}


# --- one version ---------------------------------------------------------------------------------------------------


def test_the_version_stands_in_pyproject_alone():
    version = project()["project"]["version"]
    assert importlib.metadata.version("zhaocuo") == version, "run ./dev setup"
    literal = re.compile(rf"(?:__version__|VERSION)\s*=\s*[\"']{re.escape(version)}[\"']")
    copies = [path for package in PACKAGES for path in (REPO / package).rglob("*.py") if literal.search(path.read_text("utf-8"))]
    assert not copies


# --- documents -----------------------------------------------------------------------------------------------------


def test_the_two_commands_stand_on_top_of_the_readme():
    top, _, rest = (REPO / "README.md").read_text(encoding="utf-8").partition("```bash\n")
    assert len(top.splitlines()) < 10
    commands = [line.split("#")[0].strip() for line in rest.partition("```")[0].splitlines()]
    assert commands == ["./dev demo", "./dev test"]


def test_the_readme_names_every_pack_with_its_document():
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[`([a-z0-9-]+)`\]\((?:rules/packs/\1/README\.md)\) \| ([^|]+) \|", readme, re.MULTILINE))
    packs = {pack.id: pack for pack in load_packs(shipped_packs())}
    assert set(rows) == set(packs)
    for name, documents in rows.items():
        number = packs[name].source.number
        assert number in documents, f"{name} stands on {number}"


def test_every_dev_command_a_document_names_exists_and_is_explained():
    script = (REPO / "dev").read_text(encoding="utf-8")
    known = set(re.findall(r"^  ([a-z]+)(?: \|.*)?\)", script.split('case "$command" in')[1], re.MULTILINE))
    explained = set(re.findall(r"^\./dev ([a-z]+)", run("./dev", "help").stdout, re.MULTILINE))
    assert known == explained
    for path in [*REPO.glob("*.md"), *REPO.glob(".github/**/*.yml"), REPO / ".ci/run"]:
        named = set(re.findall(r"\./dev ([a-z]+)", path.read_text(encoding="utf-8")))
        assert named <= known, f"{path.name} names unknown commands: {named - known}"


def test_an_unknown_dev_command_is_wrong_usage():
    answer = run("./dev", "no-such-command")
    assert answer.returncode == 2
    assert "./dev setup" in answer.stderr


def test_links_between_the_documents_lead_to_files():
    broken = []
    for path in REPO.glob("*.md"):
        targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
        broken += [f"{path.name} → {target}" for target in targets if not (path.parent / target).exists()]
    assert not broken


def test_generated_files_are_current():
    stale = [path.relative_to(REPO) for path, text in fresh_files() if not path.exists() or path.read_text("utf-8") != text]
    assert not stale, "run ./dev generate"


def test_every_shipped_rule_stands_in_the_changelog_under_rules():
    """A changed rule changes people's scores: whoever ships one says so."""
    told = "".join(
        re.findall(r"^### Rules\n(.*?)(?=^##|\Z)", (REPO / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    )
    shipped = {path.stem for path in (REPO / "rules/packs").glob("*/rules/*.yaml")}
    assert not sorted(rule for rule in shipped if f"`{rule}`" not in told)


def test_the_licence_is_apache_2_in_full():
    text = (REPO / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


# --- imports -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", LAZY)
def test_an_import_loads_nothing_heavy(module):
    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        found = None
    if found is None:
        pytest.skip(f"{module} is not written yet")
    code = f"import sys, {module}; print(*sorted(sys.modules.keys() & {set(LAZY[module])!r}))"
    answer = run(sys.executable, "-c", code)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []


PLANTED = {
    "crawler/planted.py": ("import rules.model", "crawler <- rules <- audit -> reports", "crawler.planted -> rules.model"),
    "reports/planted.py": ("import audit", "reports are a leaf", "reports.planted -> audit"),
    "reports/planted_too.py": ("import scrapy", "reports are a leaf", "reports.planted_too -> scrapy"),
    "rules/planted.py": ("from crawler import addresses", "rules see facts only", "rules.planted -> crawler.addresses"),
    "rules/planted_too.py": ("import sqlite3", "rules reach no network, store or template", "rules.planted_too -> sqlite3"),
    "rules/checks/planted_b.py": ("import rules.checks.planted_a", "one check knows no other", "planted_b -> rules"),
    "crawler/extractors/planted.py": ("import scrapy", "extractors read a page and nothing else", "planted -> scrapy"),
    "audit/planted.py": ("import audit.cli", "nobody imports the command line", "audit.planted -> audit.cli"),
    "audit/planted_too.py": ("import django", "Django lives in the ledger alone", "audit.planted_too -> django"),
    "audit/planted_three.py": (
        "import audit.ledger.models",
        "the tables are reached through",
        "planted_three -> audit.ledger.models",
    ),
    "audit/cycle_a.py": ("import audit.cycle_b", "no cycles inside a package", ".cycle_b -> .cycle_a"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the four packages in which imports can be planted."""
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(REPO / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.html", "*.yaml"))
    shutil.copy(REPO / "pyproject.toml", folder)
    for module in ("audit/cli.py", "audit/cycle_b.py", "rules/checks/__init__.py", "rules/checks/planted_a.py"):
        (folder / module).parent.mkdir(exist_ok=True)
        (folder / module).touch()
    (folder / "audit/cycle_b.py").write_text("import audit.cycle_a\n", encoding="utf-8")
    return folder


def lint_imports(folder: Path) -> str:
    program = Path(sys.executable).with_name("lint-imports")
    return run(str(program), "--no-cache", cwd=folder, env={"PYTHONPATH": str(folder), "COLUMNS": "200"}).stdout


def test_the_import_contracts_would_catch_planted_violations(house):
    for path, (line, _, _) in PLANTED.items():
        (house / path).write_text(line + "\n", encoding="utf-8")
    answer = lint_imports(house)
    for path, (line, contract, shown) in PLANTED.items():
        assert re.search(rf"{re.escape(contract)}[^\n]* BROKEN", answer), f"{line} in {path} went through\n{answer}"
        assert shown in answer, f"{path} is not named\n{answer}"


CLOCKS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "os.environ"}


def test_judging_asks_no_clock_and_opens_no_address():
    """import-linter sees whole packages only, so ``urllib.request`` and the clock are looked for here."""
    bad = []
    for path in (REPO / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and f"{node.value.id}.{node.attr}" in CLOCKS:
                bad.append(f"{path.relative_to(REPO)}:{node.lineno}: {node.value.id}.{node.attr}")
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("urllib.request"):
                bad.append(f"{path.relative_to(REPO)}:{node.lineno}: {node.module}")
            elif isinstance(node, ast.Import) and any(name.name.startswith("urllib.request") for name in node.names):
                bad.append(f"{path.relative_to(REPO)}:{node.lineno}: urllib.request")
    assert not bad
