"""What all tests share: the real templates, the sample forms, a fixed date, and golden files (``pytest --golden-update``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perfdesk.exchange.exchange import read_records
from perfdesk.layout import Layout, lay_out
from perfdesk.model import Record
from perfdesk.policy import load_policies
from perfdesk.scoring import assess
from perfdesk.sheet import build
from perfdesk.store import keys
from perfdesk.template import Template, load_templates
from tests.golden_files import Golden

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "cases"
SIX = ("changji-*.json", "qiannan-*.json")
SAMPLES = tuple(sorted((ROOT / "tests" / "samples").glob("*.json")))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew; look at the difference")


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    """Each test begins as a process that was given no password."""
    yield
    keys.let_go()


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(update=bool(request.config.getoption("--golden-update")))


@pytest.fixture(scope="session")
def templates() -> Mapping[str, Template]:
    return load_templates((ROOT / "resources" / "templates",), load_policies(ROOT / "resources" / "policies"))


@pytest.fixture(scope="session")
def made() -> datetime:
    return datetime(2025, 2, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample_path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def sample(sample_path: Path, templates: Mapping[str, Template]) -> Record:
    return read_records(sample_path, templates, new_id=lambda: sample_path.stem).records[0]


@pytest.fixture(scope="session")
def cases() -> tuple[Path, ...]:
    """The six published forms that the two templates draw; they lie beside the repository, or the test is skipped."""
    if not CASES.is_dir():
        pytest.skip("the published cases are not beside the repository")
    found = tuple(sorted(path for pattern in SIX for path in CASES.glob(pattern)))
    assert len(found) == 6
    return found


@pytest.fixture(scope="session")
def lay(templates: Mapping[str, Template]) -> Callable[[Record], Layout]:
    """Make the layout of a record."""

    def make(record: Record) -> Layout:
        template = templates[record.template_id]
        return lay_out(build(template, record, assess(template, record)))

    return make
