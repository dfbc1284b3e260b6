import pytest

from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

pytest_plugins = ["tests.database"]


@pytest.fixture
def organisation(db):
    """An organisation whose transaction this test is."""
    made = OrganisationFactory()
    with acting_in(made.pk):
        yield made
