import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from symposia.running import frontend
from symposia.running.at_hand import DATABASE
from symposia.running.postgres import Cluster
from tests.database import TEMPLATE
from tests.kept_database import take_kept
from tests.running.installation import Installation


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory):
    """A data folder whose first start is behind it."""
    frontend.bring_up_to_date()
    data = tmp_path_factory.mktemp("prepared") / "data"
    _begin_migrated(data)
    installation = Installation(data).start()
    try:
        installation.wait_until_ready(300)
    finally:
        installation.close()
    return installation.data


def _begin_migrated(data):
    """Whoever starts from nothing waits forty seconds for migrations; they have run here before."""
    data.mkdir()
    if take_kept(data):
        with (
            Cluster(data, durable=False).started() as server,
            psycopg.connect(server.superuser_url, autocommit=True) as connection,
        ):
            connection.execute(f"ALTER DATABASE {TEMPLATE} RENAME TO {DATABASE}")


@pytest.fixture
def installation(prepared_data):
    """An installation on prepared data; nothing of it outlives the test."""
    made = Installation(prepared_data)
    made.output.unlink(missing_ok=True)
    yield made
    made.close()


@pytest.fixture
def open_folder():
    """A folder that other users can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="symposia-open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def superuser_url():
    """The address of one of the suite's databases, as the server's superuser."""
    return lambda name: os.environ["SYMPOSIA_TEST_SERVER"].replace("/postgres?", f"/{name}?")
