import pytest

from tests.statements.sent import Sender


@pytest.fixture
def sender(client, organisation):
    """A provider that may do everything, speaking 2.0."""
    return Sender(client)


@pytest.fixture
def earlier(client, organisation):
    """A provider that may do everything, speaking 1.0.3."""
    return Sender(client, version="1.0.3")
