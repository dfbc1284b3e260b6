"""Personal invitations of one wave to a mail server on this machine, against the framework's mail.

Ours makes the invitation, its journal entry and its letter, then claims, hands over and settles;
the framework's own mail sends the same letters with as many processes, and keeps nothing.
"""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from statistics import median
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.utils.timezone import now

from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from benchmarks.people import activity, clinicians
from symposia.directory.models import Clinician
from symposia.notifications.models import Delivery
from symposia.notifications.tasks import send_delivery
from symposia.outreach.actions.campaigns import WaveFacts, make_campaign, release_wave
from symposia.outreach.models import Recipient
from symposia.outreach.selection import sort_out
from symposia.outreach.tasks import send_wave
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.fakes.mail_server import MailServer

# Ten thousand take a quarter of an hour: `make bench NAME=invite SIZE=10000`.
SIZES = (1_000,)
PROCESSES = 2
_forking = get_context("fork")


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn, after one of each unmeasured."""
    organisation = OrganisationFactory(kind="company")
    settings.MAILBOX_INSIDE = False
    with _sink() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        _ours(organisation, 50)
        for size in sizes:
            rounds = []
            for _ in range(RUNS):
                written, sent, letters = _ours(organisation, size)
                alone = _shared_out(_framework_alone, letters)
                rounds.append((size / (written + sent), size / sent, size / alone))
            yield {
                "size": size,
                "value": round(median(whole for whole, _sent, _bare in rounds), 1),
                "unit": "invitations/s",
                "outbox_alone": round(median(sent for _whole, sent, _bare in rounds), 1),
                "limit": round(median(bare for _whole, _sent, bare in rounds), 1),
                "ratio": round(median(whole / bare for whole, _sent, bare in rounds), 3),
                "rss_mb": peak_mb(),
            }


def _ours(organisation: Any, size: int) -> tuple[float, float, list[tuple[str, ...]]]:
    """The time to write a wave, the time to send it, and the letters that were sent."""
    with acting_in(organisation.pk):
        open_one = activity(None)
        people = clinicians(size)
        for number, person in enumerate(people):
            person.email = f"p{number}.{person.pk}@example.org"
        Clinician.objects.bulk_update(people, ["email"], batch_size=2000)
        campaign = make_campaign(open_one, people=people, by=SYSTEM)
        wave = release_wave(campaign, sort_out(open_one, people), WaveFacts(), by=SYSTEM)
        Recipient.objects.filter(wave=wave).update(due_at=now() - timedelta(seconds=1))
    begun = time.perf_counter()
    send_wave.run(str(organisation.pk), wave_id=str(wave.pk))
    written = time.perf_counter() - begun
    with acting_in(organisation.pk):
        asked = Recipient.objects.filter(wave=wave).values("delivery")
        found = Delivery.objects.filter(pk__in=asked).order_by("pk")
        letters = list(found.values_list("subject", "text", "html", "to_address"))
    assert len(letters) == size
    sent = _shared_out(_send, [str(organisation.pk)] * PROCESSES)
    with acting_in(organisation.pk):
        assert found.filter(state="sent").count() == size
    return written, sent, letters


def _send(organisations: Sequence[str]) -> None:
    """As a worker does it: a job is taken and done, until none waits."""
    for organisation_id in organisations:
        while asked := _taken(organisation_id):
            send_delivery.run(organisation_id, delivery_id=asked[0]["delivery_id"])


def _taken(organisation_id: str) -> list[dict[str, Any]]:
    with acting_in(uuid.UUID(organisation_id)):
        return send_delivery.take_along(most=1)


def _framework_alone(letters: Sequence[tuple[str, ...]]) -> None:
    """A connection for each message, as the outbox has one."""
    for subject, text, html, address in letters:
        message = EmailMultiAlternatives(subject, text, "cme@example.org", [address])
        message.attach_alternative(html, "text/html")
        message.connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
        message.send()


def _shared_out(work: Callable[..., None], things: Sequence[Any]) -> float:
    """How long it takes when so many processes do a part each."""
    connection.close()
    parts = [things[number::PROCESSES] for number in range(PROCESSES)]
    children = [_forking.Process(target=work, args=(part,)) for part in parts]
    begun = time.perf_counter()
    for child in children:
        child.start()
    for child in children:
        child.join()
    took = time.perf_counter() - begun
    assert all(child.exitcode == 0 for child in children)
    return took


@contextmanager
def _sink() -> Iterator[int]:
    """A mail server in a process of its own, which takes everything."""
    here, there = _forking.Pipe()
    connection.close()
    server = _forking.Process(target=_serve, args=(there,))
    server.start()
    try:
        yield here.recv()
    finally:
        here.send("stop")
        server.join()


def _serve(told: Any) -> None:
    with MailServer() as server:
        told.send(server.port)
        told.recv()
