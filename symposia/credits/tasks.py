import uuid
from collections.abc import Iterator, Sequence

from django.utils.timezone import now

from symposia.accounts.queries import all_organisations, local_day
from symposia.assessment.queries.sending import ended_lately
from symposia.assessment.session_sending import with_days_between
from symposia.credits.actions.certificates import (
    ask_learner,
    ask_to_finish,
    make_files,
    send_certificates,
)
from symposia.credits.actions.claims import issue_certificates
from symposia.credits.actions.requirements import remind_of_cycles
from symposia.credits.actions.session_asking import ask_about_sessions
from symposia.credits.queries import (
    activity_of,
    certificates_to_make,
    registration_of,
)
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, run_job

BY = job_actor("certificates")
AT_ONCE = 100


@task("credits.make_certificates", whole=False)
def make_certificates(organisation_id: uuid.UUID, certificate_ids: list[str]) -> None:
    """Make the files of certificates and write to their holders."""
    for _done in _made(organisation_id, [uuid.UUID(one) for one in certificate_ids]):
        pass


@task("credits.certificates_of_activity", whole=False)
def certificates_of_activity(organisation_id: uuid.UUID, job_id: str, activity_id: str) -> None:
    """Issue what everybody at an activity is entitled to, and make every file that is missing."""

    def work(progress: Progress) -> None:
        with acting_in(organisation_id):
            activity = activity_of(uuid.UUID(activity_id))
            issue_certificates(activity, by=BY)
            waiting = certificates_to_make(activity)
        progress.report(0, len(waiting))
        for done in _made(organisation_id, waiting):
            progress.report(done)

    run_job(organisation_id, job_id, work)


@task("credits.send_certificates")
def send(certificate_ids: list[str]) -> None:
    """Write to holders that their certificate is there."""
    send_certificates([uuid.UUID(one) for one in certificate_ids], by=BY)


@task("credits.ask_to_finish")
def ask_everybody(activity_id: str) -> None:
    """After an activity was held, write to everybody who was there."""
    ask_to_finish(activity_of(uuid.UUID(activity_id)), by=BY)


@tick("credits.ended", seconds=600)
def ask_where_it_ended() -> None:
    """Where an activity has just ended, its learners get the evaluation without anybody's doing."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            for activity in ended_lately(now()):
                ask_to_finish(activity, by=BY)


@tick("credits.sessions_over", seconds=300)
def ask_where_a_day_ended() -> None:
    """Where a day of sessions is over, and not the last one, their questions go to whoever was in
    them."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            for activity in with_days_between(now()):
                ask_about_sessions(activity, by=BY)


@task("credits.ask_learner")
def ask(registration_id: str) -> None:
    """Write to one learner which steps are left."""
    ask_learner(registration_of(uuid.UUID(registration_id)), by=BY)


@tick("credits.cycles", seconds=6 * 3600)
def remind_of_every_cycle() -> None:
    """Whoever's cycle ends soon and is not done hears of it, once for each of the four days."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            remind_of_cycles(local_day(), by=job_actor("cycles"))


def _made(organisation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> Iterator[int]:
    """Make files in short transactions; says after each how many there are."""
    for start in range(0, len(ids), AT_ONCE):
        with acting_in(organisation_id):
            made = make_files(ids[start : start + AT_ONCE], by=BY)
            send.defer(certificate_ids=[str(file.certificate_id) for file in made])
        yield min(start + AT_ONCE, len(ids))
