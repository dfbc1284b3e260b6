"""Web, worker and database are killed in a storm of scans: nothing that was answered is lost or
doubled (F1-F3)."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from functools import partial

import psutil
import pytest
from django.db import connection
from django.utils.timezone import now

from symposia.accounts.queries import token_hash
from symposia.attendance.actions.devices import Post, make_pairing_code, pair_device
from symposia.attendance.device_keys import device_key
from symposia.attendance.models import PresenceEvidence
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory
from tests.running.evening import begin, count
from tests.running.installation import CHECKOUT, free_port, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

PHONES, BATCHES, IN_A_BATCH = 4, 12, 5
KILLS_AT_NIGHT = 100
PATIENCE = 120
SCANS_A_SECOND = 50
# What ends within ten seconds of its start rests longer and longer before it is started again.
RESTS = {"worker": 10, "database": 0}


class Web:
    """The product's own server on the test's database; it dies without a word and comes back."""

    def __init__(self):
        self.port = free_port()
        settings = connection.settings_dict
        self.environment = os.environ | {
            "DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}"
            f"?host={settings['HOST']}",
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "SYMPOSIA_WEB_WORKERS": "1",
        }
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "symposia.running.web", "app", "--port", str(self.port)],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self):
        """Master and workers at once, in the middle of whatever they do."""
        family = [*psutil.Process(self.process.pid).children(recursive=True)]
        self.process.send_signal(signal.SIGKILL)
        for one in family:
            one.kill()
        self.process.wait()


class Phone(threading.Thread):
    """Sends its batches in order, each until it is answered, as the app does."""

    def __init__(self, port, key, batches, host="localhost"):
        super().__init__()
        self.address, self.key, self.batches = f"http://{host}:{port}", key, batches
        self.answered, self.problem = [], None

    def run(self):
        try:
            for batch in self.batches:
                self._until_answered(batch)
        except Exception as problem:  # noqa: BLE001  # told by the thread that waits
            self.problem = problem

    def _until_answered(self, batch):
        give_up = time.monotonic() + PATIENCE
        while True:
            body = {"sent_at": now().isoformat(), "seen": batch}
            request = urllib.request.Request(  # noqa: S310  # our own address
                f"{self.address}/door/devices/sync/",
                json.dumps(body).encode(),
                {"Authorization": f"Device {self.key}", "Content-Type": "application/json"},
            )
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                    said = json.loads(answer.read())["answers"]
            except urllib.error.HTTPError as problem:
                assert problem.code >= 500, problem.read()  # noqa: PT017
            except OSError:
                pass
            else:
                assert [one["code"] for one in said] == [""] * len(batch)
                self.answered += [one["event_uuid"] for one in said]
                return
            assert time.monotonic() < give_up
            time.sleep(0.05)


def evening():
    """An activity with its people, and the keys of the phones at its doors."""
    organisation = OrganisationFactory()
    user = member(organisation, "coordinator")
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open")
        places = [RegistrationFactory(activity=activity) for _ in range(IN_A_BATCH)]
        keys = []
        for number in range(PHONES):
            post = Post(f"Door {number}", "Kiran")
            device, _code = make_pairing_code(activity, post, on_duty=user.pk, by=SYSTEM)
            key = device_key(organisation.code, str(number) * 43)
            pair_device(device.code_hash, token_hash(key), by=SYSTEM)
            keys.append(key)
    return organisation, [str(place.pk) for place in places], keys


def batch_of(places, number):
    return [
        {
            "event_uuid": str(uuid.uuid4()),
            "sequence": number * IN_A_BATCH + place,
            "kind": "out" if number % 2 else "in",
            "source": "scan",
            "device_time": now().isoformat(),
            "behind": 0,
            "registration": pk,
        }
        for place, pk in enumerate(places)
    ]


def storm(kills, batches):
    organisation, places, keys = evening()
    connection.close()
    web = Web()
    web.start()
    phones = [Phone(web.port, key, [batch_of(places, n) for n in range(batches)]) for key in keys]
    for phone in phones:
        phone.start()
    struck = 0
    while struck < kills and any(phone.is_alive() for phone in phones):
        before = sum(len(phone.answered) for phone in phones)
        while any(phone.is_alive() for phone in phones):
            time.sleep(0.02)
            if sum(len(phone.answered) for phone in phones) > before:
                break
        web.kill()
        web.start()
        struck += 1
    for phone in phones:
        phone.join(PATIENCE)
    web.kill()
    assert [phone.problem for phone in phones] == [None] * PHONES
    _nothing_is_lost_or_doubled(organisation, phones, batches)
    return struck


def _nothing_is_lost_or_doubled(organisation, phones, batches):
    answered = Counter(event for phone in phones for event in phone.answered)
    with acting_in(organisation.pk):
        kept = Counter(
            str(pk) for pk in PresenceEvidence.objects.values_list("event_uuid", flat=True)
        )
        lines = Entry.objects.filter(action__in=["presence.in", "presence.out"]).count()
    assert len(answered) == PHONES * batches * IN_A_BATCH
    assert kept == answered
    assert lines == len(answered)


def test_a_killed_web_server_loses_and_doubles_nothing_that_it_answered():
    assert storm(3, BATCHES) >= 1


@pytest.mark.nightly
@pytest.mark.xdist_group("installation")
@pytest.mark.parametrize("name", ["worker", "database"])
def test_an_installation_that_is_struck_a_hundred_times_loses_nothing(installation, name):
    installation.start().wait_until_ready()
    evening = installation.asks(begin, PHONES, IN_A_BATCH)
    over = threading.Event()
    phones = [
        Phone(installation.port, key, until(over, evening["places"]), "127.0.0.1")
        for key in evening["keys"]
    ]
    for phone in phones:
        phone.start()

    try:
        for _strike in range(KILLS_AT_NIGHT):
            before = sum(len(phone.answered) for phone in phones)
            assert wait_for(partial(_goes_on, phones, before), PATIENCE), installation.words
            gone = installation.program(name)
            gone.kill()
            assert wait_for(partial(_is_back, installation, name, gone.pid), PATIENCE)
            over.wait(RESTS[name])
    finally:
        over.set()
        for phone in phones:
            phone.join(PATIENCE)

    assert [phone.problem for phone in phones] == [None] * PHONES
    left = installation.asks(count, evening["organisation"])
    answered = Counter(event for phone in phones for event in phone.answered)
    assert left == {"kept": answered, "lines": len(answered)}
    assert installation.command("audit", "verify").returncode == 0


def until(over, places):
    """Batch after batch at the pace of a busy door, until it is over."""
    number = 0
    while not over.wait(PHONES * IN_A_BATCH / SCANS_A_SECOND):
        yield batch_of(places, number)
        number += 1


def _goes_on(phones, before):
    return sum(len(phone.answered) for phone in phones) > before


def _is_back(installation, name, pid):
    try:
        return installation.program(name).pid != pid
    except StopIteration:
        return False


@pytest.mark.nightly
def test_a_hundred_killed_web_servers_lose_nothing():
    assert storm(KILLS_AT_NIGHT, KILLS_AT_NIGHT * 2) >= KILLS_AT_NIGHT // 2
