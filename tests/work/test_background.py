import pytest

from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.jobs import task
from symposia.shared.tenancy import acting_in
from symposia.work.background import cancel_job, request_job, run_job
from symposia.work.models import Job, JobState
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@task("tests.count", whole=False)
def count(organisation_id, job_id, fail=False):
    def work(progress):
        for number in range(1, 6):
            progress.report(number, 5)
            if fail:
                raise ValueError("no more paper")

    run_job(organisation_id, job_id, work)


@pytest.fixture
def requested():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        job = request_job(count, kind="count", title="Count to five", by=SYSTEM)
    return organisation, job


def now_is(organisation, job):
    with acting_in(organisation.pk):
        return Job.objects.get(pk=job.pk)


def test_a_job_tells_how_far_it_is_and_ends(requested):
    organisation, job = requested

    count.run(str(organisation.pk), job_id=str(job.pk))

    job = now_is(organisation, job)
    assert (job.state, job.done, job.total) == (JobState.DONE, 5, 5)


def test_a_stopped_job_keeps_what_is_done(requested):
    organisation, job = requested
    with acting_in(organisation.pk):
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
        cancel_job(job, by=SYSTEM)

    count.run(str(organisation.pk), job_id=str(job.pk))

    assert now_is(organisation, job).state == JobState.CANCELLED


def test_a_job_stopped_before_it_began_does_nothing(requested):
    organisation, job = requested
    with acting_in(organisation.pk):
        cancel_job(job, by=SYSTEM)

    count.run(str(organisation.pk), job_id=str(job.pk))

    assert now_is(organisation, job).done == 0


def test_a_job_that_ended_is_not_stopped_and_the_journal_says_nothing_of_it(requested):
    organisation, job = requested
    count.run(str(organisation.pk), job_id=str(job.pk))

    with acting_in(organisation.pk):
        cancel_job(job, by=SYSTEM)

        assert not Entry.objects.filter(action="job.cancelled").exists()
    assert now_is(organisation, job).state == JobState.DONE


def test_a_failed_job_says_why(requested):
    organisation, job = requested

    with pytest.raises(ValueError, match="paper"):
        count.run(str(organisation.pk), job_id=str(job.pk), fail=True)

    job = now_is(organisation, job)
    assert job.state == JobState.FAILED
    assert "no more paper" in job.problem
