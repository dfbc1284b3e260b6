"""Work outside a request: asked for with the change that needs it, done for one organisation."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from symposia.shared import jobs
from symposia.shared.jobs import Tick, defer_each, defer_named, run_ticks, take_up_abandoned, task
from symposia.shared.tenancy import NoOrganisation, acting_in, current_organisation_id
from tests.database import superuser
from tests.factories.accounts import OrganisationFactory

DONE = []


@task("tests.whole")
def whole(word):
    DONE.append((word, current_organisation_id(), connection.in_atomic_block))


@task("tests.long", whole=False)
def long(organisation_id, word):
    DONE.append((word, organisation_id, connection.in_atomic_block))


@task("tests.unwatched", watched=False)
def unwatched(word):
    DONE.append((word, current_organisation_id(), connection.in_atomic_block))


@pytest.fixture(autouse=True)
def nothing_done():
    DONE.clear()


def asked(work):
    return ProcrastinateJob.objects.filter(task_name=work.name)


def jobs_of_word(word):
    return asked(whole).filter(args__word=word)


def test_work_exists_with_the_change_that_asked_for_it(organisation):
    whole.defer(word="kept")

    (job,) = asked(whole)
    assert job.args == {"organisation_id": str(organisation.pk), "word": "kept"}
    assert job.scheduled_at is None


def test_work_of_a_change_that_was_taken_back_was_never_asked_for(organisation):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        whole.defer(word="gone")
        assert asked(whole).count() == 1
        raise ZeroDivisionError

    assert not asked(whole).exists()


def test_what_somebody_waits_for_goes_ahead(organisation):
    whole.defer(word="mail to thousands")
    whole.defer_awaited(word="a report")
    defer_named("tests.whole", awaited=True, word="a code")

    ahead = asked(whole).order_by("-priority", "id")
    assert [job.args["word"] for job in ahead] == ["a report", "a code", "mail to thousands"]


def test_what_nobody_looks_out_for_lets_letters_go_first(organisation):
    unwatched.defer(word="one newcomer of an import")
    defer_named("tests.unwatched", word="another")
    whole.defer(word="a letter")
    unwatched.defer_awaited(word="asked for at a screen")

    ahead = ProcrastinateJob.objects.filter(task_name__startswith="tests.").order_by(
        "-priority", "id"
    )
    assert [job.args["word"] for job in ahead] == [
        "asked for at a screen",
        "a letter",
        "one newcomer of an import",
        "another",
    ]


def test_what_waits_of_the_same_work_is_taken_along_with_what_runs(organisation):
    for word in ("one", "two", "three"):
        whole.defer(word=word)
    defer_named("tests.whole", after=timedelta(hours=2), word="later")
    unwatched.defer(word="something else")
    with acting_in(OrganisationFactory().pk):
        whole.defer(word="of others")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert len(whole.take_along(most=9)) == 3
        raise ZeroDivisionError
    taken = whole.take_along(most=2)

    assert {each["word"] for each in taken} == {"one", "two"}
    left = [job.args["word"] for job in asked(whole).order_by("id")]
    assert left == ["three", "later", "of others"]


def test_work_can_be_asked_for_by_name_and_for_later(organisation):
    defer_named("tests.whole", after=timedelta(hours=2), word="later")

    (job,) = asked(whole)
    assert timedelta(minutes=119) < job.scheduled_at - now() <= timedelta(hours=2)
    assert job.args["organisation_id"] == str(organisation.pk)


def test_a_job_is_written_as_the_queue_itself_writes_it(organisation):
    arguments = {"organisation_id": str(organisation.pk), "word": "same"}
    whole.defer(word="same")
    jobs.queue.configure_task(whole.name).defer(**arguments)

    ours, theirs = (job.__dict__ for job in asked(whole).order_by("id"))
    events = ProcrastinateEvent.objects.order_by("job_id").values_list("job_id", "type")
    own = {"_state", "id"}
    assert {k: v for k, v in ours.items() if k not in own} == {
        k: v for k, v in theirs.items() if k not in own
    }
    assert list(events) == [(ours["id"], "deferred"), (theirs["id"], "deferred")]


def test_whole_work_runs_in_the_transaction_of_its_organisation(db):
    organisation_id = uuid.uuid4()

    whole.run(str(organisation_id), word="done")

    assert [("done", organisation_id, True)] == DONE


@pytest.mark.django_db(transaction=True)
def test_long_work_opens_its_own_transactions():
    organisation_id = uuid.uuid4()

    long.run(str(organisation_id), word="done")

    assert [("done", organisation_id, False)] == DONE


def test_what_a_killed_worker_had_begun_is_work_again(organisation):
    for word in ("of the living", "of the silent", "of the gone", "waits", "done"):
        whole.defer(word=word)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '10 s'), (now() - interval '3 min') RETURNING id"
        )
        living, silent = (key for (key,) in cursor.fetchall())
    for word, facts in (
        ("of the living", {"status": "doing", "worker_id": living}),
        ("of the silent", {"status": "doing", "worker_id": silent}),
        ("of the gone", {"status": "doing"}),
        ("done", {"status": "succeeded"}),
    ):
        jobs_of_word(word).update(**facts)

    take_up_abandoned()

    assert {job.args["word"]: (job.status, job.attempts) for job in asked(whole)} == {
        "of the living": ("doing", 0),
        "of the silent": ("todo", 1),
        "of the gone": ("todo", 1),
        "waits": ("todo", 0),
        "done": ("succeeded", 0),
    }


def test_work_that_fails_says_so_to_the_worker(db):
    @task("tests.broken")
    def broken():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken.run(str(uuid.uuid4()))


@pytest.fixture
def regular(monkeypatch):
    """Only the regular work of this test."""
    known = []
    monkeypatch.setattr(jobs, "ticks", known)
    return known


def run_until(enough):
    """Keep regular work going until it was done often enough; for at most a while."""
    stop = threading.Event()
    timer = threading.Timer(20, stop.set)
    timer.start()
    run_ticks(Until(stop, enough))
    timer.cancel()
    assert not stop.is_set(), "it was not done in time"


class Until:
    """An event that is set as soon as something is true."""

    def __init__(self, stop, enough):
        self.stop, self.enough = stop, enough

    def wait(self, seconds):
        return self.stop.wait(seconds / 20) or self.enough()


@pytest.mark.django_db(transaction=True)
def test_regular_work_that_fails_stops_nothing(regular):
    def broken():
        DONE.append("broken")
        raise ZeroDivisionError

    regular += [
        Tick("tests.broken", 0, broken),
        Tick("tests.sound", 0, lambda: DONE.append("sound")),
    ]

    run_until(lambda: DONE.count("broken") >= 2 and DONE.count("sound") >= 2)

    assert DONE[:2] == ["broken", "sound"]


@pytest.mark.django_db(transaction=True)
def test_regular_work_waits_for_its_time(regular):
    regular += [
        Tick("tests.rare", 3_600, lambda: DONE.append("rare")),
        Tick("tests.often", 0, lambda: DONE.append("often")),
    ]

    run_until(lambda: DONE.count("often") >= 5)

    assert DONE.count("rare") == 1


@pytest.mark.django_db(transaction=True)
def test_regular_work_is_done_by_one_at_a_time(regular, database_name):
    """Whoever finds it taken passes on to the next."""
    regular += [
        Tick("tests.taken", 0, lambda: DONE.append("taken")),
        Tick("tests.free", 0, lambda: DONE.append("free")),
    ]
    with superuser(database_name) as somebody_else:
        somebody_else.execute("SELECT pg_advisory_lock(hashtext('tick:tests.taken'))")
        run_until(lambda: DONE.count("free") >= 3)
        assert "taken" not in DONE

    run_until(lambda: "taken" in DONE)


def test_an_organisation_is_never_guessed(db):
    """Outside an organisation there is nobody to work for."""
    with pytest.raises(NoOrganisation):
        whole.defer(word="for nobody")


def test_work_is_asked_for_with_many_arguments_in_one_statement(
    organisation, django_assert_num_queries
):
    whole.defer(word="0")
    with django_assert_num_queries(1):
        defer_each("tests.whole", [{"word": "1"}, {"word": "2"}])
    defer_each("tests.whole", [])

    one, *many = (job.__dict__ for job in asked(whole).order_by("id"))
    own = {"_state", "id", "args"}
    assert [each["args"]["word"] for each in many] == ["1", "2"]
    for each in many:
        assert {k: v for k, v in each.items() if k not in own} == {
            k: v for k, v in one.items() if k not in own
        }
        assert each["args"]["organisation_id"] == str(organisation.pk)
