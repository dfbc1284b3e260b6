import pytest

from symposia.audit.checking import check_export
from symposia.audit.models import Verification
from symposia.shared.actors import Actor
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from symposia.work.background import request_job
from symposia.work.files import open_stored
from symposia.work.models import Job
from symposia.work.tasks import export_journal, verify_journal
from tests.audit.test_verification import seal
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
ASKER = Actor("person", uuid7(), "M. Nair")


@pytest.fixture
def organisation(settings, tmp_path):
    settings.DATA = tmp_path
    made = OrganisationFactory()
    assert seal(made)
    return made


def asked(organisation, task, kind, **arguments):
    """The job as the queue hands it to a worker, done."""
    with acting_in(organisation.pk):
        job = request_job(task, kind=kind, title="Journal", by=ASKER, **arguments)
    task.run(str(organisation.pk), job_id=str(job.pk), **arguments)
    with acting_in(organisation.pk):
        return Job.objects.select_related("result").get(pk=job.pk)


def test_verify_now_keeps_what_it_found(organisation):
    pk = uuid7()

    job = asked(organisation, verify_journal, "journal_verification", verification_id=str(pk))

    with acting_in(organisation.pk):
        found = Verification.objects.get(pk=pk)
    assert job.state == "done"
    assert (found.holds, found.asked_by_name) == (True, "M. Nair")


def test_a_signed_export_is_the_result_of_its_job(organisation, tmp_path):
    job = asked(organisation, export_journal, "journal_export", since="", until="")

    path = tmp_path / "taken.zip"
    with acting_in(organisation.pk), open_stored(job.result) as file:
        path.write_bytes(file.read())
    found = check_export(path)
    assert job.state == "done"
    assert (found.faults, found.entries) == ([], job.done)
