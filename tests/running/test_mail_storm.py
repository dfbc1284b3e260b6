"""Workers are killed while they speak with a mail server in trouble: no message is lost, and what
may have come twice is marked (F2, F6)."""

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.audit.models import Entry
from symposia.notifications.models import LEASE, Delivery, State
from symposia.shared.jobs import take_up_abandoned
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.notifications import message
from tests.fakes.mail_server import MailServer
from tests.running.installation import CHECKOUT, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS, KILLS, KILLS_AT_NIGHT = 12, 2, 100
TROUBLES = ("451 later", "421 closing", "drop", "took", "250 OK", "250 OK")
PATIENCE = 120
# More than a lease, and more than the longest pause between two attempts.
LATER = LEASE + timedelta(minutes=5)


def worker(server, *options):
    """The product's own worker on the test's database."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    return subprocess.Popen(
        [sys.executable, "-m", "symposia.cli", "worker", *options],
        cwd=CHECKOUT,
        env=os.environ
        | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "SYMPOSIA_SMTP_HOST": "127.0.0.1",
            "SYMPOSIA_SMTP_PORT": str(server.port),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def time_passes(organisation):
    """Everything that was planned or claimed was so much longer ago."""
    with acting_in(organisation.pk):
        waiting = Delivery.objects.exclude(state=State.SENT)
        waiting.update(next_attempt_at=F("next_attempt_at") - LATER)
        waiting.exclude(claimed_at=None).update(claimed_at=F("claimed_at") - LATER)
        table = ProcrastinateJob._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET scheduled_at = scheduled_at - %s"  # our own
                " WHERE status = 'todo' AND scheduled_at IS NOT NULL",
                [LATER],
            )
            cursor.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s", [LATER]
            )


def everything_is_sent(organisation):
    with acting_in(organisation.pk):
        return not Delivery.objects.exclude(state=State.SENT).exists()


def storm(letters, kills):
    """Killed in the middle of a conversation, again and again; then left to itself."""
    chance = random.Random(kills)  # noqa: S311
    organisation = OrganisationFactory()
    struck = 0
    with MailServer() as server:
        server.answers = [chance.choice(TROUBLES) for _ in range(letters + kills)]
        server.hesitates = 0.2
        with acting_in(organisation.pk):
            made = [message(to_address=f"doctor{n}@example.org").pk for n in range(letters)]
        while struck < kills and not everything_is_sent(organisation):
            server.reached.clear()
            running = worker(server)
            reached = server.reached.wait(PATIENCE)
            connection.close()
            wait_for(lambda: False, chance.random() * 0.4)
            running.kill()
            running.wait()
            struck += reached
            time_passes(organisation)
        server.hesitates, server.answers = 0, []
        for _look in range(letters):
            if everything_is_sent(organisation):
                break
            take_up_abandoned()  # as the upkeep of a worker that stays does
            assert worker(server, "--once").wait(PATIENCE) == 0
            time_passes(organisation)
        taken = Counter(each["Message-ID"] for each in server.taken)
    return organisation, made, taken, struck


def nothing_is_lost_and_what_came_twice_is_marked(organisation, made, taken):
    with acting_in(organisation.pk):
        sent = Delivery.objects.filter(state=State.SENT)
        assert set(sent.values_list("pk", flat=True)) == set(made)
        marked = {f"<{d.pk}@localhost>" for d in sent.filter(may_be_duplicate=True)}
        assert Entry.objects.filter(action="message.sent").count() == len(made)
    assert set(taken) == {f"<{pk}@localhost>" for pk in made}
    assert {name for name, times in taken.items() if times > 1} <= marked


def test_a_killed_worker_loses_no_message_and_sends_none_twice_unmarked():
    organisation, made, taken, struck = storm(LETTERS, KILLS)

    assert struck == KILLS
    nothing_is_lost_and_what_came_twice_is_marked(organisation, made, taken)


@pytest.mark.nightly
def test_a_hundred_killed_workers_lose_no_message():
    organisation, made, taken, struck = storm(KILLS_AT_NIGHT * 12, KILLS_AT_NIGHT)

    assert struck == KILLS_AT_NIGHT
    nothing_is_lost_and_what_came_twice_is_marked(organisation, made, taken)
