from argparse import Namespace

import pytest
import time_machine
from django.core.signals import setting_changed
from django.test import override_settings, signals
from django.utils.translation import trans_real

from symposia.cli import messages
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

pytest_plugins = ["tests.database", "tests.undefined"]

# Addresses are kept by the name of their module: a test that asks the other origin needs no others
# made anew, which takes half a second each time.
setting_changed.disconnect(signals.root_urlconf_changed)
CRAWLS = "tests/crawls/"


def pytest_collection_modifyitems(items):
    """Each module is one process's, all crawls together are: their world is lived through once."""
    for item in items:
        module = item.nodeid.partition("::")[0]
        together = CRAWLS if module.startswith(CRAWLS) else module
        item.add_marker(pytest.mark.xdist_group(together))


@pytest.fixture
def organisation(db):
    """An organisation whose transaction this test is."""
    made = OrganisationFactory()
    with acting_in(made.pk):
        yield made


@pytest.fixture
def files(settings, tmp_path):
    """Files are kept in a folder of this test."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }


@pytest.fixture
def pseudo_words(tmp_path):
    """The pseudo-language of the source as it stands, for this test only."""
    messages.run(Namespace(pseudo=tmp_path))
    with override_settings(LOCALE_PATHS=[tmp_path]):
        trans_real._translations.clear()
        yield
    trans_real._translations.clear()


@pytest.fixture
def door_is_open():
    """The evening of whatever a factory plans: readings earlier than that are trials."""
    with time_machine.travel("2027-03-11T23:20:00+00:00", tick=True):
        yield
