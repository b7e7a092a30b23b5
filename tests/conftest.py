"""What many tests share: the environment, a warehouse made from the samples, and where outside corpora may lie."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from flows.settings import DEFAULT_ENGINE, prepare_environment

prepare_environment()

settings.register_profile("marbre", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marbre")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def prefect_harness() -> Iterator[None]:
    """One Prefect server with an empty database, and one pool of workers, for all tests: both take seconds to start."""
    from prefect.testing.utilities import prefect_test_harness

    from flows.pool import worker_pool

    with prefect_test_harness(server_startup_timeout=120), worker_pool(DEFAULT_ENGINE):
        yield


@pytest.fixture(scope="session")
def samples_warehouse(prefect_harness: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that holds the samples; tests read it and leave it as it is."""
    from flows.ingest import ingest

    target = tmp_path_factory.mktemp("samples") / "samples.duckdb"
    ingest(str(ROOT / "samples"), str(target))
    return target


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with corpora that the project may not ship."""
    if not SHARED.is_dir():
        pytest.skip("the corpora beside the checkout (../shared) are not there")
    return SHARED


@pytest.fixture
def small_warehouse(tmp_path: Path) -> Path:
    """A warehouse written by hand, without models: two runs, three documents of which one replaces another, rejects."""
    from warehouse.publish import working_copy

    target = tmp_path / "small.duckdb"
    with working_copy(target) as con:
        for statement in (ROOT / "tests" / "small_warehouse.sql").read_text("utf-8").split(";"):
            if statement.strip():
                con.execute(statement)
    return target
