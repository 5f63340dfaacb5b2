"""Fixtures that several folders of tests use; anything that one folder uses lives there."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPO = Path(__file__).parents[1]
_NAMED_BYTES = 24
"""Longer bytes do not stand in the name of a test."""

# Hypothesis' deadlines and its check for slow examples are wall-clock assertions: on a busy machine they fail for nobody's fault.
settings.register_profile(
    "zhaocuo",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
    database=None,
)
settings.load_profile("zhaocuo")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to go on where ``--dist loadgroup`` does not hold groups together: each worker would make the same dear fixture."""
    if not session.config.getoption("loadgroup", False):
        return
    loose = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid]
    if loose:
        raise pytest.UsageError(f"pytest-xdist lost the groups of tests ({loose[0]} has none): see pyproject.toml")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Files are called by the name of their argument: an archive holds the second of its making, and two processes must agree."""
    del config
    return argname if isinstance(val, bytes | bytearray) and len(val) > _NAMED_BYTES else None


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """``../shared`` beside the repository: other people's pages, read there and never copied."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared (other people's pages) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def require_program() -> Callable[[str], str]:
    """A function from a program's name to its path; without the program the test is skipped, with ``CI=true`` it fails."""

    def require(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            reason = f"the program {name} is not installed (./dev setup installs it on Debian as root)"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return require


@pytest.fixture
def as_of() -> date:
    """The audit date of tests that need some date and do not care which."""
    return date(2026, 11, 20)
