"""A removed file is gone for its readers at once, and for the storage once that is committed."""

import pytest
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work import tasks
from symposia.work.files import delete_file, store_file
from symposia.work.models import StoredFile
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Fell(Exception):
    """Something else in the same transaction went wrong."""


@pytest.fixture
def kept():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        file = store_file(
            b"what it says", name="a.txt", content_type="text/plain", purpose="test", by=SYSTEM
        )
    return organisation, file


def drops():
    return list(
        ProcrastinateJob.objects.filter(task_name="work.drop_content").values_list(
            "args", flat=True
        )
    )


def test_a_removal_that_is_rolled_back_leaves_row_and_content(kept):
    organisation, file = kept

    with pytest.raises(Fell), acting_in(organisation.pk):
        delete_file(file, by=SYSTEM, reason="Too much")
        raise Fell

    with acting_in(organisation.pk):
        assert StoredFile.objects.get(pk=file.pk).deleted_at is None
    assert default_storage.exists(file.storage_name)
    assert drops() == []


def test_a_removal_drops_the_content_after_the_commit(kept):
    organisation, file = kept
    with acting_in(organisation.pk):
        delete_file(file, by=SYSTEM, reason="Too much")
        assert default_storage.exists(file.storage_name)

    [asked] = drops()
    tasks.drop_content.run(**asked)
    tasks.drop_content.run(**asked)

    assert not default_storage.exists(file.storage_name)


def test_content_of_a_file_that_stands_is_never_dropped(kept):
    organisation, file = kept

    tasks.drop_content.run(str(organisation.pk), file_id=str(file.pk))

    assert default_storage.exists(file.storage_name)
