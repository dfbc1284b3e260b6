from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from symposia.accounts.models import Organisation
from tests.crawls.world import NEAR, World, connected_to, copy_of_the_world


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """One folder for all processes of the suite: the files of the world are in it."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "main" else base.parent


@pytest.fixture(scope="module")
def prepared():
    """What a module does to its copy before anybody crawls it; a module may say otherwise."""
    return


@pytest.fixture(scope="module")
def world(request, prepared, shared_folder, worker_id, django_db_setup, django_db_blocker):
    """The module's own copy of the world, as the database that the product works on."""
    name = f"world_{Path(request.path).stem}_{worker_id}"
    files = {"default": settings.STORAGES["default"] | {"OPTIONS": {"location": shared_folder}}}
    with (
        override_settings(DATA=shared_folder, STORAGES=settings.STORAGES | files),
        django_db_blocker.unblock(),
    ):
        copy_of_the_world(name, prepared)
        with connected_to(name):
            near = Organisation.objects.get(slug=NEAR)
            yield World(name, near, Organisation.objects.get(slug="sahyadri"))


@pytest.fixture
def undone(world):
    """Whatever the test writes is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
