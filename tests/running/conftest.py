import os
import shutil
import tempfile
from pathlib import Path

import pytest

from symposia.running import frontend
from tests.running.installation import Installation


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory):
    """A data folder whose first start is behind it."""
    frontend.bring_up_to_date()
    installation = Installation(tmp_path_factory.mktemp("prepared") / "data").start()
    try:
        installation.wait_until_ready(300)
    finally:
        installation.close()
    return installation.data


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
